import type { Language } from '#platform/charity.ts';

/** The sentences of the form by which a trustee is asked. */
export const askWords = {
  title: 'Ask a trustee to approve it',
  about: (sum: string, what: string, fund: string) => `${sum}: ${what}, out of “${fund}”.`,
  trustee: 'Which trustee',
  hint: 'They get a mail with a link that approves this one step. It is good once, for a day.',
  none: 'No trustee is named in the configuration of this desk.',
  over: 'It does not wait for a second person any more.',
  goOn: 'Go on',
  ask: (name: string, sum: string) => `${name} is asked by mail to approve ${sum}.`,
  button: (name: string) => `Ask ${name}`,
};

/** The sentences of the page that a trustee's link opens. The compiler holds both languages together. */
const english = {
  title: (sum: string) => `Approve ${sum}?`,
  greeting: (name: string) => `Dear ${name}`,
  intro:
    'A second person has to approve this, and nobody else of the staff is there. You are asked as a trustee. Approve it only if you know what it is for; if not, do nothing, or ask by telephone.',
  sum: 'Amount',
  fund: 'Out of the fund',
  what: 'For',
  requester: 'Requested by',
  until: 'The link is good until',
  approve: (sum: string) => `Approve ${sum}`,
  next: 'It can then be paid out. Your name stands in the log as who approved it.',
  doneTitle: 'Approved',
  done: (sum: string) =>
    `Thank you. ${sum} can be paid out now. The link is used up, and you can close this page.`,
  overTitle: 'This link is over',
  over: 'It was used, is older than a day, or what it was about is decided already. Nothing was changed. If you are still needed, you will be asked again.',
  unknownTitle: 'This link leads nowhere',
  unknown: 'Perhaps it was cut off on the way. Open it from the mail again. Nothing was changed.',
};

export type DoorWords = typeof english;

const chinese: DoorWords = {
  title: (sum) => `批准 ${sum}？`,
  greeting: (name) => `${name}，您好`,
  intro:
    '此事須由另一位人士批准，而目前沒有其他職員可以處理，因此請您以信託人身分批准。請只在您清楚款項用途時才批准；如有疑問，請不必理會，或致電查詢。',
  sum: '金額',
  fund: '從以下基金支付',
  what: '用途',
  requester: '申請人',
  until: '連結有效至',
  approve: (sum) => `批准 ${sum}`,
  next: '批准後便可付款。操作記錄會寫上您的姓名。',
  doneTitle: '已批准',
  done: (sum) => `謝謝您。現在可以支付 ${sum}。此連結已失效，您可以關閉本頁。`,
  overTitle: '此連結已失效',
  over: '連結已經使用、已超過一日，或事情已有決定。沒有任何資料被更改。如仍需要您批准，我們會再次聯絡您。',
  unknownTitle: '此連結無效',
  unknown: '連結可能不完整。請從電郵重新開啟。沒有任何資料被更改。',
};

export function doorWordsOf(language: Language): DoorWords {
  return language === 'en' ? english : chinese;
}
