import type { Language } from '#platform/charity.ts';
import type { Role } from './actor.ts';

/** The sentences of the sign-in and of the frame around every page of the desk. The compiler holds both languages together. */
const english = {
  thisLanguage: 'English',
  desk: 'Desk',
  skip: 'Skip to the content',
  navigation: 'Pages of the desk',
  testMode: 'TEST MODE: no money is taken.',
  home: 'To the first page',
  signedIn: (name: string) => `Signed in as ${name}`,
  signOut: 'Sign out',
  signIn: 'Sign in',
  signInAgain: 'Sign in again',
  welcome: (name: string) => `Hello, ${name}`,
  yourRoles: 'Your roles',
  noRoles:
    'You are signed in, and have no role yet. Ask an admin of your charity to give you one, then sign out and in again.',
  roles: {
    admin: 'Admin: everything',
    campaigns: 'Campaigns: write campaigns, approve comments',
    finance: 'Finance: payments, refunds, the books',
    families: 'Families: request and pay out money for families',
    door: 'Door: tickets at the door',
  } satisfies Record<Role, string>,
  whatYouCanDo: 'What you can do here',
  signedOutTitle: 'You are signed out',
  signedOut: 'Nobody can use the desk with this browser until a person signs in again.',
  signingOutTitle: 'You are signed out of the desk',
  signingOut: 'Next, the sign-in service forgets you too.',
  goOn: 'Go on',
  refusedTitle: 'You are not signed in',
  refused:
    'The sign-in took longer than ten minutes, was begun in another window, or this browser keeps no cookies. Please sign in again.',
  unavailableTitle: 'The sign-in service does not answer',
  unavailable: 'Please try again in a moment. Nothing was changed.',
  sessionOverTitle: 'You are not signed in any more',
  sessionOver:
    'You are signed out after 30 minutes without a page, and eight hours after you signed in. What you sent was not taken. Sign in, and fill it in again.',
  foreignFormTitle: 'This was not taken',
  foreignForm:
    'The form does not come from a page of this desk that you opened. Nothing was changed. Open the page again and fill it in there.',
  forbiddenTitle: 'This is for other roles',
  forbidden: 'Your roles do not include this. An admin can change them.',
  notFoundTitle: 'This page does not exist',
  notFound: 'The address may be mistyped, or what stood here is gone.',
  failedTitle: 'Something went wrong here',
  failed: 'Please try again in a moment. If you sent a form, look first whether it was taken.',
  wrongTitle: 'This could not be taken',
};

/** The sentences in one language. */
export type DeskWords = typeof english;

const chinese: DeskWords = {
  thisLanguage: '中文',
  desk: '工作台',
  skip: '跳到主要內容',
  navigation: '工作台各頁',
  testMode: '測試模式：不會收取任何款項。',
  home: '返回首頁',
  signedIn: (name) => `已登入：${name}`,
  signOut: '登出',
  signIn: '登入',
  signInAgain: '重新登入',
  welcome: (name) => `${name}，您好`,
  yourRoles: '您的職責',
  noRoles: '您已登入，但尚未獲分配職責。請向貴機構的管理員申請，然後登出再登入。',
  roles: {
    admin: '管理員：所有工作',
    campaigns: '籌款項目：編寫項目、審批留言',
    finance: '財務：款項、退款、賬目',
    families: '家庭：為家庭申請及發放款項',
    door: '入場：在門口驗票',
  },
  whatYouCanDo: '您可以做的工作',
  signedOutTitle: '您已登出',
  signedOut: '在有人再次登入之前，沒有人可以用這個瀏覽器使用工作台。',
  signingOutTitle: '您已登出工作台',
  signingOut: '接下來，登入服務亦會把您登出。',
  goOn: '繼續',
  refusedTitle: '您尚未登入',
  refused: '登入時間超過十分鐘、登入在另一個視窗開始，或這個瀏覽器不接受 Cookie。請重新登入。',
  unavailableTitle: '登入服務沒有回應',
  unavailable: '請稍後再試。沒有任何資料被更改。',
  sessionOverTitle: '您的登入已結束',
  sessionOver:
    '30 分鐘沒有開啟任何頁面，或登入滿八小時，便會自動登出。您剛才提交的內容未被接收。請登入後重新填寫。',
  foreignFormTitle: '未被接收',
  foreignForm: '這份表格並非由您在工作台開啟的頁面送出。沒有任何資料被更改。請重新開啟頁面再填寫。',
  forbiddenTitle: '此頁屬其他職責',
  forbidden: '您的職責不包括這項工作。管理員可以更改您的職責。',
  notFoundTitle: '找不到這個網頁',
  notFound: '網址可能有誤，或內容已經移除。',
  failedTitle: '我們的系統出現問題',
  failed: '請稍後再試。如您曾提交表格，請先查看是否已被接收。',
  wrongTitle: '未能處理',
};

export function deskWordsOf(language: Language): DeskWords {
  return language === 'en' ? english : chinese;
}
