import type { GiftReceived } from './gift-received.tsx';

/** The sentences of "gift received" in one language; both parts of the mail are made of them. */
interface GiftReceivedWords {
  readonly subject: string;
  readonly preview: string;
  readonly heading: string;
  readonly opening: string;
  /** What was added towards the card fee. */
  readonly cover: string | undefined;
  readonly month: string | undefined;
  readonly share: string;
  readonly button: string;
  readonly closing: string;
  readonly question: string;
  readonly reason: string;
}

/** Writes the sentences in the language of the facts. Nothing is escaped here: they are text. */
export function giftReceivedWords(facts: GiftReceived): GiftReceivedWords {
  return facts.language === 'zh-HK' ? chinese(facts) : english(facts);
}

function english({ name, amount, cover, campaignTitle, month }: GiftReceived): GiftReceivedWords {
  return {
    subject: `Thank you for your gift to ${campaignTitle}`,
    preview: `Your ${amount} has arrived safely.`,
    heading: `Thank you, ${name}`,
    opening: `Your gift has arrived safely. You chose to stand beside people who need it, and we do not take that lightly.`,
    cover: cover && `and ${cover.amount} towards the card fee, ${cover.paid} in all`,
    month:
      month && `So far, ${month.raised} has been raised for ${month.label}. The month needs ${month.budget}.`,
    share:
      'Do you know someone who would care about this too? Please pass this on: the button leads to the campaign.',
    button: 'See the campaign',
    closing: 'With gratitude,',
    question: 'A question, or something that is not right? Reply to this mail or write to',
    reason: 'You get this mail because a gift was made with this address.',
  };
}

function chinese({ name, amount, cover, campaignTitle, month }: GiftReceived): GiftReceivedWords {
  return {
    subject: `感謝您支持「${campaignTitle}」`,
    preview: `您捐助的 ${amount} 已經收到。`,
    heading: `${name}，衷心感謝您`,
    opening: '您的捐款已順利收到。您選擇與有需要的人同行，我們銘記於心。',
    cover: cover && `另加 ${cover.amount} 補貼信用卡手續費，合共 ${cover.paid}`,
    month: month && `${month.label}至今合共籌得 ${month.raised}，當月所需為 ${month.budget}。`,
    share: '如您身邊亦有關心此事的親友，歡迎轉告他們：以下按鈕通往項目網頁。',
    button: '查看這個項目',
    closing: '謹此再次致謝',
    question: '如有查詢或發現任何錯誤，請直接回覆此電郵，或致函',
    reason: '您收到此電郵，是因為有人以此電郵地址捐款。',
  };
}
