import type { GiftRefunded } from './gift-refunded.tsx';

/** The sentences of "gift refunded" in one language; both parts of the mail are made of them. */
interface GiftRefundedWords {
  readonly subject: string;
  readonly preview: string;
  readonly heading: string;
  readonly opening: string;
  /** Whether the whole gift is given back, or how much stays. */
  readonly extent: string;
  /** How much of the gift had been added towards the card fee. */
  readonly cover: string | undefined;
  /** When the money shows. */
  readonly arrival: string;
  readonly button: string;
  readonly closing: string;
  readonly question: string;
  readonly reason: string;
}

/** Writes the sentences in the language of the facts. Nothing is escaped here: they are text. */
export function giftRefundedWords(facts: GiftRefunded): GiftRefundedWords {
  return facts.language === 'zh-HK' ? chinese(facts) : english(facts);
}

function english({
  name,
  amount,
  campaignTitle,
  given,
  cover,
  givenOn,
  left,
}: GiftRefunded): GiftRefundedWords {
  return {
    subject: `Your refund from ${campaignTitle}`,
    preview: `${amount} is on its way back to you.`,
    heading: `Dear ${name}`,
    opening: 'We have sent this amount back to you, the same way you paid:',
    extent: left
      ? `It is a part of your gift of ${given} of ${givenOn}. ${left} of it stays with the campaign; thank you for that.`
      : `With this, your gift of ${given} of ${givenOn} has been given back in full.`,
    cover: cover && `Of the ${given} that you paid, ${cover} was added towards the card fee.`,
    arrival:
      'Banks usually show it within 5 to 10 working days, on a card statement sometimes as a smaller or missing payment. You need not do anything.',
    button: 'See the campaign',
    closing: 'With kind regards,',
    question: 'You did not expect this, or it has not arrived? Reply to this mail or write to',
    reason: 'You get this mail because a gift that was made with this address was refunded.',
  };
}

function chinese({
  name,
  amount,
  campaignTitle,
  given,
  cover,
  givenOn,
  left,
}: GiftRefunded): GiftRefundedWords {
  return {
    subject: `「${campaignTitle}」退款通知`,
    preview: `${amount} 正退回給您。`,
    heading: `${name}，您好`,
    opening: '以下款項已按您原來的付款方式退回：',
    extent: left
      ? `此為您於 ${givenOn} 所捐 ${given} 的一部分，其餘 ${left} 繼續用於此活動，謹此致謝。`
      : `至此，您於 ${givenOn} 所捐的 ${given} 已全數退回。`,
    cover: cover && `您支付的 ${given} 當中，${cover} 用作補貼信用卡手續費。`,
    arrival:
      '銀行一般於 5 至 10 個工作天內入賬；信用卡月結單上有時會顯示為原有付款減少或取消。您毋須辦理任何手續。',
    button: '查看這個項目',
    closing: '謹啟',
    question: '如對此退款有疑問，或逾期仍未收到款項，請直接回覆此電郵，或致函',
    reason: '您收到此電郵，是因為以此電郵地址作出的一筆捐款已辦理退款。',
  };
}
