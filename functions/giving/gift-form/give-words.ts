import type { Language } from '#platform/charity.ts';
import { amidChinese } from '#platform/receiver-words.ts';

/** The sentences of the form to give and of the notices around it. */
const english = {
  checkTitle: 'Please check these points',
  errorPrefix: 'Error: ',
  amountOfYours: 'your amount',
  other: 'Another amount',
  otherLabel: 'Another amount in HK$',
  otherHint: (smallest: string) => `${smallest} at least.`,
  typedWill: 'What you type counts.',
  typedDoes: 'This amount counts. Empty the field to choose one above.',
  noMonthly:
    'Giving every month is not possible here yet. We have chosen a gift once for you; we are grateful for it.',
  // The two parts around the cover's amount; `coverAll` follows them.
  coverBefore: 'Add',
  coverAfter: ', which usually covers the card fee',
  coverAll: (all: string) => ` (${all} in all)`,
  coverTo: (amount: string) => ` to ${amount}:`,
  coverOther: (fee: string) => ` about ${fee} of all you pay`,
  giveSum: 'Give',
  optional: 'Name on the page, comment, news (optional)',
  forThePage: 'On the page of supporters',
  wordsLabel: 'Comment for the page (optional)',
  wordsHint: 'At most 300 characters. Shown once one of us has read them.',
  receiptName: 'Name on a receipt, if it is another one (optional)',
  consentHint: 'Optional. Without it we write only about this gift.',
  next: 'You pay on the next page, at Stripe. You can still turn back there.',
  who: (asks: string, receives: string, about: string) =>
    `${asks} asks for this gift. ${receives}, ${about}, receives the money.`,
  whoAlone: (receives: string) => `${receives} asks for this gift and receives the money.`,
  feeByReceiver: (fee: string, receiver: string) =>
    `Your whole gift counts either way: ${receiver} bears the card fee, ${fee} by a Hong Kong card. What you add helps it with that, and does not count as raised.`,
  feeByFund: (fee: string) =>
    `The card fee, ${fee} by a Hong Kong card, is taken from the gift. What you add makes up for it, and does not count as raised.`,
  statement: (text: string) => `Your card statement will show “${text}”.`,
  question: 'A question?',
  whatsApp: 'WhatsApp',
  noticeShort: (who: string) =>
    `${who} use your name and e-mail address to take this gift, to thank you and to keep the books. This page shows your amount, unless you hide it, and beside it the name that you enter for that, if any.`,
  noticeMore: 'The whole privacy notice',
  secure: 'Secure payment by Stripe.',
  refunds: 'We never see your card number. To have a gift refunded, write to',
  addressOf: (name: string, address: string) => `${name}: ${address}`,
};

type GiveWords = typeof english;

const chinese: GiveWords = {
  checkTitle: '請檢查以下各項',
  errorPrefix: '有錯誤：',
  amountOfYours: '您選擇的金額',
  other: '其他金額',
  otherLabel: '其他金額（HK$）',
  otherHint: (smallest) => `最少 ${smallest}。`,
  typedWill: '如填寫此欄，將以此金額為準。',
  typedDoes: '現以此金額為準。如欲選擇上方的金額，請先清空此欄。',
  noMonthly: '本網站暫時未能接受每月捐款，我們已為您選擇單次捐款，衷心感謝您的支持。',
  coverBefore: '另加',
  coverAfter: '，通常足以支付信用卡手續費',
  coverAll: (all) => `（合共 ${all}）`,
  coverTo: (amount) => `捐 ${amount}：`,
  coverOther: (fee) => `約 ${fee}（按付款總額計算）`,
  giveSum: '捐款',
  optional: '公開名稱、留言及接收消息（選填）',
  forThePage: '支持者名單',
  wordsLabel: '留言（選填）',
  wordsHint: '最多 300 字。由我們的同事審閱後才會顯示。',
  receiptName: '收據上的姓名（如有不同，選填）',
  consentHint: '選填。如不勾選，我們只會就這次捐款與您聯絡。',
  next: '下一步將在 Stripe 的網頁付款，屆時仍可返回。',
  who: (asks, receives, about) =>
    `這次籌款由${amidChinese(asks)}發起，款項由${amidChinese(receives)}收取，${about}。`,
  whoAlone: (receives) => `這次籌款由${amidChinese(receives)}發起，款項亦由其收取。`,
  feeByReceiver: (fee, receiver) =>
    `無論是否補貼，您的捐款都會全數計入籌款額：信用卡手續費（香港信用卡為 ${fee}）由${amidChinese(receiver)}承擔。您的補貼可減輕其負擔，但不計入籌款額。`,
  feeByFund: (fee) =>
    `信用卡手續費（香港信用卡為 ${fee}）會從捐款中扣除。您的補貼可抵銷這筆費用，但不計入籌款額。`,
  statement: (text) => `您的信用卡月結單會顯示「${text}」。`,
  question: '查詢：',
  whatsApp: 'WhatsApp',
  noticeShort: (who) =>
    `${amidChinese(who).trimStart()}會使用您的姓名及電郵地址處理這次捐款、向您致謝及記帳。除非您選擇隱藏，您的捐款額會在本頁顯示；您的姓名不會公開，只會顯示您另行填寫的名稱（如有）。`,
  noticeMore: '個人資料收集聲明',
  secure: '付款由 Stripe 安全處理。',
  refunds: '我們不會得知您的信用卡號碼。如需退款，請電郵至',
  addressOf: (name, address) => `${name}：${address}`,
};

export function giveWordsOf(language: Language): GiveWords {
  return language === 'en' ? english : chinese;
}
