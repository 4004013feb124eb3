import type { GiftWords } from './components/gift-letter.tsx';
import type { PromiseMade } from './facts.ts';

/** The sentences of "promise made" in one language; both parts of the mail are made of them. */
interface PromiseMadeWords extends GiftWords {
  /** Beneath the amount. */
  readonly by: string;
  readonly howTo: string;
  /** What to look at before paying. */
  readonly check: string;
  readonly end: string;
}

/** Writes the sentences in the language of the facts. Nothing is escaped here: they are text. */
export function promiseMadeWords(facts: PromiseMade): PromiseMadeWords {
  return facts.language === 'zh-HK' ? chinese(facts) : english(facts);
}

function english(facts: PromiseMade): PromiseMadeWords {
  const { name, amount, campaignTitle, way, reference, until, isReminder } = facts;
  return {
    subject: isReminder ? `Still giving to ${campaignTitle}?` : `How to give to ${campaignTitle}`,
    preview: `${amount} by ${way}, and the reference to pay it with.`,
    heading: { before: name === undefined ? 'Thank you' : 'Dear ', after: '' },
    opening: isReminder
      ? 'You let us know a week ago that this was coming. We have not seen it yet; if you have just paid, forget this mail.'
      : 'Thank you for telling us that this is coming:',
    by: reference ? `by ${way}, with the reference ${reference}` : `by ${way}`,
    howTo:
      'Pay it to the payee below, and give your bank the reference as the message, or write it on the back of the cheque. So we know what it is for, and whom to thank.',
    check:
      'Before you pay, check the payee’s name that your bank shows. If it is another one, do not pay, and write to us.',
    end: `If nothing has come by ${until}, we take it that you have changed your mind. Nothing is owed, and we write no more about it.`,
    button: 'See the campaign',
    labels: { receiver: 'Received by', statement: 'On your card statement', reference: 'Reference' },
    noReceipt: 'This mail says how to pay. It is not a receipt.',
    closing: 'With kind regards,',
    question: 'You did not ask for this? Then do nothing, or reply to this mail or write to',
    reason: 'You get this mail because this address was entered for a gift without a card.',
  };
}

function chinese(facts: PromiseMade): PromiseMadeWords {
  const { name, amount, campaignTitle, way, reference, until, isReminder } = facts;
  return {
    subject: isReminder ? `您仍打算捐助「${campaignTitle}」嗎？` : `如何捐助「${campaignTitle}」`,
    preview: `以${way}支付 ${amount}，並附參考編號。`,
    heading: { before: '', after: name === undefined ? '感謝您' : '，您好' },
    opening: isReminder
      ? '您一星期前曾告知我們以下捐款，我們至今仍未收到。如您剛剛付款，請不必理會本電郵。'
      : '感謝您預先告知我們以下捐款：',
    by: reference ? `以${way}支付，參考編號 ${reference}` : `以${way}支付`,
    howTo:
      '請付款給下列收款人，並在付款備註輸入參考編號；如以支票付款，請寫在支票背面。這樣我們便知道款項的用途及向誰致謝。',
    check: '付款前，請核對銀行顯示的收款人名稱。如名稱不符，請勿付款，並與我們聯絡。',
    end: `如在${until}前未收到款項，我們會視作您已改變主意。您無需支付任何款項，我們亦不會再就此來信。`,
    button: '前往項目網頁',
    labels: { receiver: '收款機構', statement: '月結單顯示', reference: '參考編號' },
    noReceipt: '本電郵說明付款方法，並非收據。',
    closing: '謹啟',
    question: '如非您本人提出，請不必理會，或直接回覆本電郵，或電郵至',
    reason: '您收到本電郵，是因為有人為一筆不用信用卡的捐款輸入了這個電郵地址。',
  };
}
