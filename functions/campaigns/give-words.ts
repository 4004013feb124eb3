import type { Language } from '../platform/charity.ts';

/** The sentences of the form to give and of the notices around it. */
const english = {
  checkTitle: 'Please check these points',
  errorPrefix: 'Error: ',
  amountOfYours: 'your amount',
  other: 'Another amount',
  otherLabel: 'Another amount in HK$',
  otherHint: (smallest: string) => `${smallest} at least. If you type an amount here, it counts.`,
  noMonthly:
    'Giving every month is not possible here yet. We have chosen a gift once for you; we are grateful for it.',
  // Around what is added, with `coverAll` behind it.
  coverBefore: 'Also add ',
  coverAfter: ', so that the card fee is usually covered too',
  coverAll: (all: string) => ` (${all} in all)`,
  coverTo: (amount: string) => `to ${amount}: `,
  coverOther: (fee: string) => `about ${fee} of all you pay`,
  coverHint: (fee: string) =>
    `Reckoned for a Hong Kong card: ${fee} of all you pay. Other cards may cost more or less. It does not count as raised; the payment page shows it as a line of its own before you pay.`,
  aboutYou: 'About you',
  forThePage: 'On the page of supporters',
  wordsLabel: 'Some words for the page (optional)',
  wordsHint: 'At most 300 characters. Shown once one of us has read them.',
  stayInTouch: 'Stay in touch',
  consentHint: 'Optional. Without it we write only about this gift.',
  next: 'Next you pay on a page of Stripe, our payment service. You can still turn back there.',
  goodToKnow: 'Good to know before you give',
  who: (asks: string, receives: string, about: string) =>
    `${asks} asks for this gift. ${receives}, ${about}, receives the money.`,
  whoAlone: (receives: string) => `${receives} asks for this gift and receives the money.`,
  feeByReceiver: (fee: string, receiver: string) =>
    `The card fee (${fee} of a gift by a Hong Kong card) is borne by ${receiver}: your whole gift counts.`,
  feeByFund: (fee: string) => `The card fee (${fee} of a gift by a Hong Kong card) is taken from the gift.`,
  statement: (text: string) => `Your card statement will show “${text}”.`,
  question: 'A question? Ask a person:',
  whatsApp: 'WhatsApp',
  noticeTitle: 'Your personal data',
  noticeShort: (who: string) =>
    `${who} use your name and e-mail address to take this gift, to thank you and to keep the books. This page shows your amount, unless you hide it, and beside it the name that you enter for that, if any.`,
  noticeMore: 'The whole notice',
  notice: (who: string, receiver: string, mail: string) => [
    `Who: ${who} collect these data through this form.`,
    'What for: to take your gift, to thank you by e-mail, to answer you, to keep the books, and to show on this page your amount, unless you hide it, and the name and words that you enter for that. Appeals are sent only if you tick the box for them, and you can stop them at any time, free of charge.',
    'Name and e-mail address are needed to take a gift; all else is optional. We never see your card number: you enter it at Stripe.',
    'Who works with the data for us: Amazon Web Services (storage, in Hong Kong), Stripe (payment), Resend (e-mail). We pass them to nobody else, unless the law demands it.',
    `How long: the books of ${receiver} are kept for seven years. Names, words and addresses are erased earlier if you ask us to.`,
    `Your rights under the Personal Data (Privacy) Ordinance (Cap. 486): you may see your data, have them corrected, and ask us to erase them. Write to ${mail}.`,
  ],
};

/** The sentences of the form in one language. */
type GiveWords = typeof english;

const chinese: GiveWords = {
  checkTitle: '請檢查以下各項',
  errorPrefix: '有錯誤：',
  amountOfYours: '您選的金額',
  other: '其他金額',
  otherLabel: '其他金額（HK$）',
  otherHint: (smallest) => `最少 ${smallest}。如在此輸入金額，將以此為準。`,
  noMonthly: '這裡暫時未能接受每月捐款。我們已為您選擇單次捐款，同樣衷心感謝。',
  coverBefore: '另加 ',
  coverAfter: '，通常足以支付信用卡手續費',
  coverAll: (all) => `（合共 ${all}）`,
  coverTo: (amount) => `捐 ${amount}：`,
  coverOther: (fee) => `付款總額的約 ${fee}`,
  coverHint: (fee) =>
    `按香港信用卡計算：付款總額的 ${fee}。其他信用卡的手續費或會不同。此款項不計入籌得的善款；付款前，付款網頁會另列一項顯示。`,
  aboutYou: '您的資料',
  forThePage: '在支持者名單上',
  wordsLabel: '留言（可選填）',
  wordsHint: '最多 300 字。經我們的同事閱讀後才會顯示。',
  stayInTouch: '保持聯絡',
  consentHint: '可選填。如不勾選，我們只會就這次捐款聯絡您。',
  next: '下一步將前往付款服務商 Stripe 的網頁付款，在那裡仍可返回。',
  goodToKnow: '捐款前須知',
  who: (asks, receives, about) => `這次籌款由${asks}發起，款項由 ${receives} 收取，${about}。`,
  whoAlone: (receives) => `這次籌款由${receives}發起，款項亦由其收取。`,
  feeByReceiver: (fee, receiver) =>
    `信用卡手續費（香港信用卡為 ${fee}）由 ${receiver} 承擔，您的捐款會全數計算。`,
  feeByFund: (fee) => `信用卡手續費（香港信用卡為 ${fee}）會從捐款中扣除。`,
  statement: (text) => `您的信用卡月結單會顯示「${text}」。`,
  question: '如有疑問，歡迎聯絡我們：',
  whatsApp: 'WhatsApp',
  noticeTitle: '您的個人資料',
  noticeShort: (who) =>
    `${who} 會使用您的姓名及電郵地址處理這次捐款、向您致謝及記帳。除非您選擇隱藏，您的捐款額會在本頁顯示；您的姓名不會公開，只會顯示您另行填寫的名字（如有）。`,
  noticeMore: '個人資料收集聲明全文',
  notice: (who, receiver, mail) => [
    `收集者：${who} 透過本表格收集這些資料。`,
    '用途：處理您的捐款、以電郵向您致謝、回覆您的查詢及記帳；亦會在本頁顯示您的捐款額（除非您選擇隱藏），以及您為此填寫的名字及留言。只有在您勾選有關方格後，我們才會向您發出籌款邀請，您可隨時免費要求停止。',
    '捐款必須提供姓名及電郵地址，其餘均可選填。信用卡號碼由您在 Stripe 的網頁輸入，我們不會得知。',
    '代我們處理資料的機構：Amazon Web Services（在香港儲存）、Stripe（付款）、Resend（電郵）。除非法律要求，我們不會把資料轉交其他人。',
    `保存期限：${receiver} 的帳目保存七年。如您提出要求，姓名、留言及地址可提早刪除。`,
    `根據《個人資料（私隱）條例》（第 486 章），您有權查閱及更正您的資料，亦可要求我們刪除。請電郵至 ${mail}。`,
  ],
};

/** The sentences of the form in a language. */
export function giveWordsOf(language: Language): GiveWords {
  return language === 'en' ? english : chinese;
}
