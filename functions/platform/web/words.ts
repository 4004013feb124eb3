import type { Language } from '#platform/charity.ts';

/** The sentences of the pages. Both languages have the same ones: the compiler holds them together. */
const english = {
  otherLanguage: '中文',
  skip: 'Skip to the content',
  demonstration: 'Demonstration: no money is taken.',
  raised: 'Raised in all',
  ofBudget: (budget: string, month: string) => `of ${budget} needed for ${month}`,
  ofGoal: (goal: string) => `of ${goal}`,
  thisMonth: 'Raised this month',
  carriedOver: 'Carried over from earlier months',
  monthsCovered: 'Months covered',
  forNextMonths: "Money above this month's budget is kept for the next months' rent.",
  supporters: (count: number) => (count === 1 ? '1 supporter' : `${count} supporters`),
  giveTitle: 'Give',
  amountLegend: 'Choose an amount',
  name: 'Your name',
  email: 'Your e-mail address',
  emailHint: 'We send our thanks there.',
  displayName: 'Name to show on the page (optional)',
  displayNameHint: 'Leave it empty to stand there as Anonymous.',
  hideAmount: 'Hide my amount on this page',
  hideAmountHint:
    'It still counts in the totals: a reader who compares them before and after your gift can work it out.',
  give: 'Give now',
  ask: 'Questions? Write to',
  footer: 'More about us',
  about: 'About us',
  money: 'Where the money went',
  privacy: 'Privacy',
  latest: 'Latest gifts',
  none: 'No gift yet. Yours would be the first.',
  anonymous: 'Anonymous',
  wrongName: 'Please give your name.',
  wrongMessage: 'Please write at most 300 characters.',
  notFoundTitle: 'This page does not exist',
  notFound: 'The address may be mistyped, or the campaign has been taken away.',
  home: 'See all campaigns',
  failedTitle: 'Something went wrong on our side',
  failed:
    'Please try again in a moment. If you have paid, your gift is safe: it is booked from what the bank or the payment service tells us.',
  refusedTitle: 'This could not be taken',
  refused: 'What was sent is not what this page expects. Please go back and try again.',
  foreignForm:
    'The form was sent from another website. Nothing was started and nothing was charged. Please open the page here and fill it in.',
  back: 'Back to the campaign',
};

/** The sentences of the pages in one language. */
export type Words = typeof english;

const chinese: Words = {
  otherLanguage: 'English',
  skip: '跳到主要內容',
  demonstration: '示範網站：不會收取任何款項。',
  raised: '累計籌得',
  ofBudget: (budget, month) => `（${month}所需 ${budget}）`,
  ofGoal: (goal) => `（目標 ${goal}）`,
  thisMonth: '本月籌得',
  carriedOver: '由以往月份結轉',
  monthsCovered: '可支付月數',
  forNextMonths: '超出本月預算的款項，會留作往後月份的租金。',
  supporters: (count) => `${count} 位支持者`,
  giveTitle: '捐款',
  amountLegend: '選擇捐款額',
  name: '您的姓名',
  email: '您的電郵地址',
  emailHint: '感謝電郵會寄到這個地址。',
  displayName: '在網頁上顯示的名稱（選填）',
  displayNameHint: '如留空，將顯示為「無名氏」。',
  hideAmount: '不在本頁顯示我的捐款額',
  hideAmountHint: '捐款仍會計入總額，因此比較您捐款前後的總額，便可推算出金額。',
  give: '立即捐款',
  ask: '如有查詢，請電郵至',
  footer: '更多資料',
  about: '關於我們',
  money: '善款去向',
  privacy: '私隱政策',
  latest: '最新捐款',
  none: '暫時未有捐款，歡迎成為第一位捐款人。',
  anonymous: '無名氏',
  wrongName: '請輸入您的姓名。',
  wrongMessage: '留言最多 300 字。',
  notFoundTitle: '找不到這個網頁',
  notFound: '網址可能有誤，或項目已經移除。',
  home: '查看所有項目',
  failedTitle: '我們的系統暫時出現問題',
  failed: '請稍後再試。如您已經付款，您的捐款不會遺失：我們會按銀行或付款服務的通知入帳。',
  refusedTitle: '未能處理您的要求',
  refused: '提交的內容不正確，請返回再試。',
  foreignForm: '這份表格由其他網站送出，因此未有處理，亦沒有收取任何款項。請在本網站開啟網頁再填寫。',
  back: '返回項目',
};

/** The sentences of the pages in a language. */
export function wordsOf(language: Language): Words {
  return language === 'en' ? english : chinese;
}
