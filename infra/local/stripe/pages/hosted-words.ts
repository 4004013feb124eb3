/** The hosted page's words in one language. */
export interface HostedWords {
  readonly language: string;
  readonly demonstration: string;
  readonly pay: (amount: string) => string;
  readonly to: (name: string) => string;
  readonly email: string;
  readonly method: string;
  readonly card: string;
  readonly delayedSucceeds: string;
  readonly delayedFails: string;
  readonly number: string;
  readonly expiry: string;
  readonly cvc: string;
  readonly name: string;
  readonly back: string;
  readonly testCards: string;
  readonly pays: string;
  readonly declines: string;
  readonly authenticates: string;
  readonly declined: string;
  readonly unknownCard: string;
  readonly badEmail: string;
  readonly badName: string;
  readonly badExpiry: string;
  readonly badCvc: string;
  readonly over: string;
  readonly bankTitle: string;
  readonly bankText: (amount: string) => string;
  readonly bankYes: string;
  readonly bankNo: string;
  readonly bankFailed: string;
}

const english: HostedWords = {
  language: 'en',
  demonstration: 'Demonstration: no real money moves. Type test cards only.',
  pay: (amount) => `Pay ${amount}`,
  to: (name) => `To ${name}`,
  email: 'Email',
  method: 'Way to pay',
  card: 'Card',
  delayedSucceeds: 'Delayed payment that succeeds',
  delayedFails: 'Delayed payment that fails',
  number: 'Card number',
  expiry: 'Expiry (MM / YY)',
  cvc: 'Security code',
  name: 'Name on card',
  back: 'Cancel and go back',
  testCards: 'Test cards',
  pays: 'pays',
  declines: 'is declined',
  authenticates: 'asks for authentication',
  declined: 'Your card was declined. Please try another card.',
  unknownCard: 'This demonstration takes the test cards below only.',
  badEmail: 'Please give a full e-mail address.',
  badName: 'Please give a name of at most 200 characters.',
  badExpiry: 'Please give a month and year that are still ahead, such as 12 / 34.',
  badCvc: 'Please give the 3 or 4 digits of the security code.',
  over: 'This checkout is no longer open.',
  bankTitle: 'Your bank asks',
  bankText: (amount) => `Do you confirm the payment of ${amount}?`,
  bankYes: 'Confirm the payment',
  bankNo: 'Refuse',
  bankFailed: 'Your bank could not confirm that it was you. Please try again or use another card.',
};

const chinese: HostedWords = {
  language: 'zh-HK',
  demonstration: '示範頁面：不會收取任何款項，請只輸入測試卡號。',
  pay: (amount) => `支付 ${amount}`,
  to: (name) => `收款方：${name}`,
  email: '電郵地址',
  method: '付款方式',
  card: '信用卡',
  delayedSucceeds: '延遲付款（稍後成功）',
  delayedFails: '延遲付款（稍後失敗）',
  number: '卡號',
  expiry: '到期日（月 / 年）',
  cvc: '安全碼',
  name: '持卡人姓名',
  back: '取消並返回',
  testCards: '測試卡',
  pays: '付款成功',
  declines: '付款被拒',
  authenticates: '需要驗證身分',
  declined: '您的卡被拒絕，請使用另一張卡。',
  unknownCard: '此示範只接受以下測試卡。',
  badEmail: '請輸入完整的電郵地址。',
  badName: '請輸入姓名，最多 200 字。',
  badExpiry: '請輸入尚未到期的月份及年份，例如 12 / 34。',
  badCvc: '請輸入 3 或 4 位數字的安全碼。',
  over: '此付款頁面已經關閉。',
  bankTitle: '銀行驗證',
  bankText: (amount) => `您是否確認支付 ${amount}？`,
  bankYes: '確認付款',
  bankNo: '拒絕',
  bankFailed: '銀行未能確認您的身分，請再試一次，或使用另一張卡。',
};

/** The Session's language; where it has none, the browser's. Every language but Chinese reads English. */
export function wordsFor(locale: string | null, acceptLanguage: string): HostedWords {
  const wanted = locale === null || locale === 'auto' ? acceptLanguage : locale;
  return wanted.toLowerCase().startsWith('zh') ? chinese : english;
}

/** An amount of cents as the page shows it: `HK$1,234.50`, or with the currency's code in front. */
export function showAmount(cents: number, currency: string): string {
  const value = (cents / 100).toLocaleString('en-HK', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return currency === 'hkd' ? `HK$${value}` : `${currency.toUpperCase()} ${value}`;
}
