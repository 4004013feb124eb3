import type { GiftWords } from './components/gift-letter.tsx';
import type { GiftReceived } from './facts.ts';

/** The sentences of "gift received" in one language; both parts of the mail are made of them. */
interface GiftReceivedWords extends GiftWords {
  /** What was added towards the card fee. */
  readonly cover: string | undefined;
  /** Labels what a level does. */
  readonly does: (amount: string) => string;
  readonly progress: string | undefined;
  readonly refunded: string | undefined;
  readonly share: string;
}

/** Writes the sentences in the language of the facts. Nothing is escaped here: they are text. */
export function giftReceivedWords(facts: GiftReceived): GiftReceivedWords {
  return facts.language === 'zh-HK' ? chinese(facts) : english(facts);
}

function english({
  name,
  amount,
  cover,
  campaignTitle,
  progress,
  refunded,
}: GiftReceived): GiftReceivedWords {
  return {
    subject: `Thank you for your gift to ${campaignTitle}`,
    preview: `Your ${amount} has arrived safely.`,
    heading: { before: name === undefined ? 'Thank you' : 'Thank you, ', after: '' },
    opening: `Your gift has arrived safely. You chose to stand beside people who need it, and we do not take that lightly.`,
    cover: cover && `and ${cover.amount} towards the card fee, ${cover.paid} in all`,
    does: (level) => `What ${level} does`,
    progress: progress && englishProgress(progress),
    refunded: refunded && `${refunded} of it has since been refunded, the same way you paid.`,
    share:
      'Do you know someone who would care about this too? Please pass this on: the button leads to the campaign.',
    button: 'See the campaign',
    labels: { receiver: 'Received by', statement: 'On your card statement', reference: 'Reference' },
    noReceipt: 'This mail confirms your payment. It is not a receipt.',
    closing: 'With gratitude,',
    question: 'A question, or something that is not right? Reply to this mail or write to',
    reason: 'You get this mail because a gift was made with this address.',
  };
}

function englishProgress({ month, reached, aim, before, after }: NonNullable<GiftReceived['progress']>) {
  const stands = month
    ? `With your gift, ${month} stands at ${reached} of the ${aim} that it needs`
    : `With your gift, ${reached} of ${aim} has been raised`;
  if (before >= after) return `${stands}: ${after}%.`;
  return `${stands}. Your gift moved the bar from ${before}% to ${after}%.`;
}

function chinese({
  name,
  amount,
  cover,
  campaignTitle,
  progress,
  refunded,
}: GiftReceived): GiftReceivedWords {
  return {
    subject: `感謝您支持「${campaignTitle}」`,
    preview: `我們已收到您捐出的 ${amount}。`,
    heading: { before: '', after: name === undefined ? '衷心感謝您' : '，衷心感謝您' },
    opening: '我們已收到您的捐款。您願意與有需要的人同行，我們銘記於心。',
    cover: cover && `另捐 ${cover.amount} 補貼信用卡手續費，合共 ${cover.paid}`,
    does: (level) => `${level} 的用途`,
    progress: progress && chineseProgress(progress),
    refunded: refunded && `其中 ${refunded} 其後已按您原來的付款方式退回。`,
    share: '如身邊有親友同樣關心此事，歡迎把這個項目告訴他們，按以下按鈕即可前往項目網頁。',
    button: '前往項目網頁',
    labels: { receiver: '收款機構', statement: '月結單顯示', reference: '參考編號' },
    noReceipt: '本電郵確認您的付款，並非收據。',
    closing: '謹此致謝',
    question: '如有查詢，或發現資料有誤，請直接回覆本電郵，或電郵至',
    reason: '您收到本電郵，是因為有人以這個電郵地址捐款。',
  };
}

function chineseProgress({ month, reached, aim, before, after }: NonNullable<GiftReceived['progress']>) {
  const stands = month
    ? `連同您的捐款，${month}已籌得 ${reached}，當月所需為 ${aim}`
    : `連同您的捐款，這個項目已籌得 ${reached}，目標為 ${aim}`;
  if (before >= after) return `${stands}，進度為 ${after}%。`;
  return `${stands}。您的捐款令進度由 ${before}% 升至 ${after}%。`;
}
