import { charity, type Language } from '#platform/charity.ts';
import { settings } from '#platform/settings.ts';
import type { PromiseWay } from './promise.ts';

/** The sentences about ways to give without Stripe. */
const english = {
  title: 'Other ways to give',
  titleAlone: 'How to give',
  lead: (receiver: string) => `Send money straight to ${receiver}: no card, no card fee.`,
  check:
    'Before you pay, check the payee’s name that your bank shows. If it is another one, do not pay, and write to us.',
  ways: { fps: 'FPS', payMe: 'PayMe', bank: 'Bank transfer', cheque: 'Cheque' },
  fpsId: 'FPS identifier',
  payee: 'Payee',
  payMeLink: 'Open PayMe',
  bankName: 'Bank',
  account: 'Account',
  postTo: 'Post it to',
  none: 'Nothing can be given here this way at present. Please write to us.',
  promiseTitle: 'Tell us that it is coming',
  promiseLead:
    'You get a reference of eight digits. Give it to your bank as the message: so we know what the money is for, and whom to thank.',
  campaign: 'For',
  amount: 'Amount in HK$',
  way: 'How will you pay?',
  amountEmpty: 'Please type an amount.',
  amountTooLarge: (largest: string) =>
    `At most ${largest} can be promised here. For more please write to us.`,
  emailHint: 'We send the reference there.',
  send: 'Give me a reference',
  countsNothing: 'This takes no money and counts nothing before we see yours.',
  madeTitle: (way: string, amount: string) => `Please pay ${amount} by ${way}`,
  madeLead: (campaign: string) => `For ${campaign}. Thank you.`,
  reference: 'Reference',
  giveReference: 'Give this reference to your bank as the message, or write it on the back of the cheque.',
  amountLabel: 'Amount',
  until: (day: string) =>
    `If nothing has come by ${day}, we take it that you have changed your mind; nothing is owed.`,
  keep: 'Keep this page: its address is yours alone.',
  received: 'Your money has come. Thank you!',
  lapsed:
    'This reference is not waited for any more. If you have paid, or still want to, please write to us.',
  linkHere: (ways: string) => `Without a card: ${ways}`,
  goOn: 'How to pay',
  separator: ', ',
};

type PromiseWords = typeof english;

const chinese: PromiseWords = {
  title: '其他捐款方式',
  titleAlone: '捐款方式',
  lead: (receiver) => `款項直接存入${receiver}，無需信用卡，亦沒有信用卡手續費。`,
  check: '付款前，請核對銀行顯示的收款人名稱。如名稱不符，請勿付款，並與我們聯絡。',
  ways: { fps: '轉數快', payMe: 'PayMe', bank: '銀行轉帳', cheque: '支票' },
  fpsId: '轉數快識別碼',
  payee: '收款人',
  payMeLink: '開啟 PayMe',
  bankName: '銀行',
  account: '戶口號碼',
  postTo: '郵寄地址',
  none: '本網站暫時未能以此方式接受捐款，請與我們聯絡。',
  promiseTitle: '預先告知我們',
  promiseLead: '您會得到一個八位數字的參考編號。付款時請在備註輸入此編號，讓我們知道款項的用途及向誰致謝。',
  campaign: '捐助項目',
  amount: '金額（HK$）',
  way: '付款方式',
  amountEmpty: '請輸入金額。',
  amountTooLarge: (largest) => `在此最多可承諾 ${largest}。如欲捐出更多，請與我們聯絡。`,
  emailHint: '參考編號會寄到這個地址。',
  send: '取得參考編號',
  countsNothing: '這一步不會收取任何款項；在收到款項之前，金額不會計入籌款額。',
  madeTitle: (way, amount) => `請以${way}支付 ${amount}`,
  madeLead: (campaign) => `捐助項目：${campaign}。謝謝您。`,
  reference: '參考編號',
  giveReference: '付款時請在備註輸入此編號；如以支票付款，請寫在支票背面。',
  amountLabel: '金額',
  until: (day) => `如在${day}前未收到款項，我們會視作您已改變主意，您無需支付任何款項。`,
  keep: '請保存本頁：此網址只屬於您。',
  received: '我們已收到您的款項，謝謝您！',
  lapsed: '此參考編號已失效。如您已經付款，或仍想捐款，請與我們聯絡。',
  linkHere: (ways) => `不用信用卡：${ways}`,
  goOn: '查看付款方法',
  separator: '、',
};

export function promiseWordsOf(language: Language): PromiseWords {
  return language === 'en' ? english : chinese;
}

/** What a payer's bank asks for by one way: what it is called, and what to enter. */
export function meansOf(way: PromiseWay, language: Language): readonly (readonly [string, string])[] {
  const words = promiseWordsOf(language);
  const { fps, payMe, bank, cheque } = settings().otherWays ?? {};
  const means: Readonly<Record<PromiseWay, readonly (readonly [string, string | undefined])[]>> = {
    fps: [
      [words.fpsId, fps?.id],
      [words.payee, fps?.payee],
    ],
    payMe: [[words.payee, payMe?.payee]],
    bank: [
      [words.bankName, bank?.name],
      [words.account, bank?.account],
      [words.payee, bank?.payee],
    ],
    cheque: [
      [words.payee, cheque?.payee],
      [words.postTo, charity.address?.[language]],
    ],
  };
  return means[way].flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}
