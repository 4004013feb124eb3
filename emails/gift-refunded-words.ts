import type { GiftWords } from './components/gift-letter.tsx';
import type { GiftRefunded } from './facts.ts';

/** The sentences of "gift refunded" in one language; both parts of the mail are made of them. */
interface GiftRefundedWords extends GiftWords {
  /** Whether the gift is fully reversed, or how much of it stays. */
  readonly extent: string;
  /** How much of the gift had been added towards the card fee. */
  readonly cover: string | undefined;
  /** When the money shows. */
  readonly arrival: string;
}

/** Writes the sentences in the language of the facts. Nothing is escaped here: they are text. */
export function giftRefundedWords(facts: GiftRefunded): GiftRefundedWords {
  return facts.language === 'zh-HK' ? chinese(facts) : english(facts);
}

function english(facts: GiftRefunded): GiftRefundedWords {
  const { name, amount, campaignTitle, given, cover, givenOn, left } = facts;
  return {
    subject: `Your refund from ${campaignTitle}`,
    preview: `${amount} is on its way back to you.`,
    heading: { before: name === undefined ? 'Your refund' : 'Dear ', after: '' },
    opening: 'We have sent this amount back to you, the same way you paid:',
    extent: left
      ? `It is a part of your gift of ${given} of ${givenOn}. ${left} of it stays with the campaign; thank you for that.`
      : `With this, your gift of ${given} of ${givenOn} has been refunded in full.`,
    cover: cover && `Of the ${given} that you paid, ${cover} was added towards the card fee.`,
    arrival:
      'Banks usually show it within 5 to 10 working days, on a card statement sometimes as a smaller or missing payment. You need not do anything.',
    button: 'See the campaign',
    labels: { receiver: 'Paid back by', statement: 'On your card statement', reference: 'Reference' },
    noReceipt: 'This mail confirms your refund. It is not a receipt.',
    closing: 'With kind regards,',
    question: 'You did not expect this, or it has not arrived? Reply to this mail or write to',
    reason: 'You get this mail because a gift that was made with this address was refunded.',
  };
}

function chinese(facts: GiftRefunded): GiftRefundedWords {
  const { name, amount, campaignTitle, given, cover, givenOn, left } = facts;
  return {
    subject: `「${campaignTitle}」退款通知`,
    preview: `${amount} 正退回給您。`,
    heading: { before: '', after: name === undefined ? '您的退款' : '，您好' },
    opening: '以下款項已按您原來的付款方式退回：',
    extent: left
      ? `這是您於${givenOn}所捐 ${given} 的一部分，其餘 ${left} 會繼續用於這個項目，謹此致謝。`
      : `您於${givenOn}所捐的 ${given} 至此已全數退回。`,
    cover: cover && `您當時支付的 ${given} 之中，${cover} 用作補貼信用卡手續費。`,
    arrival:
      '款項一般會在 5 至 10 個工作天內退回；信用卡月結單上，有時會顯示為原有付款減少或取消。您無須辦理任何手續。',
    button: '前往項目網頁',
    labels: { receiver: '退款機構', statement: '月結單顯示', reference: '參考編號' },
    noReceipt: '本電郵確認您的退款，並非收據。',
    closing: '謹啟',
    question: '如對這筆退款有疑問，或逾期仍未收到款項，請直接回覆本電郵，或電郵至',
    reason: '您收到本電郵，是因為以這個電郵地址作出的一筆捐款已辦理退款。',
  };
}
