import type { Language } from '#platform/charity.ts';
import { amidChinese } from '#platform/receiver-words.ts';

/** The sentences of the money page. The compiler checks that both languages have the same ones. */
const english = {
  title: (campaign: string) => `The money of “${campaign}”`,
  lead: 'Received, passed on and held, month by month, from the books.',
  provenTitle: '100% passed on',
  proven: (all: string, passedOn: string, held: string) =>
    `${all} came in, less what went back to donors. Of it ${passedOn} was passed on, and ${held} is held for the same purpose; the books find it at Stripe, in the bank and in the cash box.`,
  provenBroughtIn: (amount: string) => `${amount} of it came from earlier books or other campaigns.`,
  fee: (fees: string, bearer: string) =>
    `The card company took ${fees}; ${bearer} bore it, and none of it came out of the gifts.`,
  feeCovered: (cover: string) => `Donors added ${cover} of their own for it.`,
  byMonth: 'By month',
  inDollars: 'Amounts in Hong Kong dollars.',
  feesBorne: (bearer: string) => `The card fees were borne by ${bearer}.`,
  month: 'Month',
  received: 'Received',
  passedOn: 'Passed on',
  held: 'Held at the end',
  all: 'All months',
  later: 'shown later',
  none: 'Nothing has come in yet.',
  chartTitle: 'Received and passed on, by month',
  chart: (months: number) =>
    `Bars of what was received and passed on in the last ${months} months. The table below holds the same figures.`,
  purposes: 'What it was passed on for',
  noPurposes: 'The first purposes are shown once a month has ended and enough payments were made.',
  purpose: 'Purpose',
  amount: 'Amount',
  more: 'Fees, returns and transfers',
  fees: 'Card fees',
  cover: 'Added for fees',
  refunded: 'Went back to donors',
  disputed: 'Taken by disputes',
  opening: 'From earlier books',
  transferredIn: 'From other campaigns',
  transferredOut: 'To other campaigns',
  corrected: 'Corrections',
  feesBorneBy: 'Fees borne by',
  fund: 'the campaign itself',
  why: 'A month’s payments are shown about a week after its end. Payments for one purpose that are fewer than five, or went to fewer than five families, are shown together as other help, and if those are still too few, in a later month. Until then they count as held. Days, recipients and vouchers are never shown.',
  csv: 'Download as a table (CSV)',
  back: 'Back to the campaign',
};

export type MoneyWords = typeof english;

const chinese: MoneyWords = {
  title: (campaign) => `「${campaign}」的善款去向`,
  lead: '按月列出收到及轉交的款項，以及月底結餘，資料全部來自帳目。',
  provenTitle: '善款 100% 轉交',
  proven: (all, passedOn, held) =>
    `扣除已退還捐款人的款項，合共收到 ${all}。當中 ${passedOn} 已經轉交，${held} 尚待轉交，會用於同一用途；按帳目，這筆款項存於 Stripe、銀行及現金箱。`,
  provenBroughtIn: (amount) => `其中 ${amount} 由以往帳目或其他項目轉入。`,
  fee: (fees, bearer) => `信用卡公司收取了 ${fees} 手續費，由${amidChinese(bearer)}承擔，沒有從善款扣除。`,
  feeCovered: (cover) => `捐款人另外為此補貼了 ${cover}。`,
  byMonth: '每月帳目',
  inDollars: '金額以港元計算。',
  feesBorne: (bearer) => `信用卡手續費由${amidChinese(bearer)}承擔。`,
  month: '月份',
  received: '收到',
  passedOn: '轉交',
  held: '月底結餘',
  all: '合計',
  later: '稍後公布',
  none: '暫時未有收入。',
  chartTitle: '每月收到及轉交的款項',
  chart: (months) => `棒形圖：最近 ${months} 個月收到及轉交的款項。下表列出相同數字。`,
  purposes: '善款用途',
  noPurposes: '月份完結後，付款宗數足夠時便會公布首批用途。',
  purpose: '用途',
  amount: '金額',
  more: '手續費、退款及調撥',
  fees: '信用卡手續費',
  cover: '捐款人補貼手續費',
  refunded: '退還捐款人',
  disputed: '因付款爭議遭取回',
  opening: '由以往帳目轉入',
  transferredIn: '由其他項目轉入',
  transferredOut: '轉往其他項目',
  corrected: '帳目更正',
  feesBorneBy: '手續費承擔者',
  fund: '本項目',
  why: '每月的付款會在月底約一星期後公布。同一用途的付款如少於五宗，或受助家庭少於五個，會併入「其他援助」；如合併後仍然太少，則留待往後月份公布。公布前，有關款項會計入月底結餘。日期、受助人及單據一概不會公開。',
  csv: '下載表格（CSV）',
  back: '返回項目',
};

export function moneyWordsOf(language: Language): MoneyWords {
  return language === 'en' ? english : chinese;
}
