import type { Language } from '#platform/charity.ts';

import type { AddressFault } from '#platform/mail-address.ts';
import type { AmountFault } from '#platform/read-amount.ts';

/** Why a typed amount was not accepted, and what to type instead. */
const noAmountEnglish: Readonly<Record<AmountFault, string>> = {
  empty: 'Please type an amount, or choose one above.',
  'two-numbers': 'This reads as more than one number. Please type one amount, such as 500 or 1,234.50.',
  comma: 'A comma stands between thousands, and cents follow a point. Please type it so: 1,234.50',
  decimals: 'An amount has at most two digits for cents, such as 500.50.',
  negative: 'Please type an amount above zero, without a minus sign.',
  'other-currency': 'Gifts are taken in Hong Kong dollars. Please type the amount in HK$.',
  'no-number': 'Please type the amount in digits, such as 500 or 1,234.50.',
};

const noAmountChinese: Readonly<Record<AmountFault, string>> = {
  empty: '請輸入金額，或在上方選擇。',
  'two-numbers': '所輸入的看似不只一個數字，請只輸入一個金額，例如 500 或 1,234.50。',
  comma: '逗號只用於分隔千位，小數點後為毫子及仙，請這樣輸入：1,234.50',
  decimals: '金額最多有兩位小數，例如 500.50。',
  negative: '請輸入大於零的金額，不要加負號。',
  'other-currency': '捐款以港元計算，請以 HK$ 輸入金額。',
  'no-number': '請以阿拉伯數字輸入金額，例如 500 或 1,234.50。',
};

const usualAddress = 'Please give an e-mail address such as name@example.org.';
const usualAddressChinese = '請輸入電郵地址，例如 name@example.org。';

/** Why mail cannot reach a typed address. */
const noAddressEnglish: Readonly<Record<AddressFault, string>> = {
  empty: usualAddress,
  'no-at': usualAddress,
  'too-long': 'This e-mail address is too long. Please give another one.',
  'no-dot': 'The end of this e-mail address is missing, such as “.com”. Please complete it.',
  'local-script':
    'Our mail service cannot reach an address with letters other than a to z before the “@”. Please give another one.',
  local:
    'What stands before the “@” holds something that no mail can reach, such as two dots in a row or quotes.',
  domain: 'What stands behind the “@” is no address on the internet. Please check it.',
};

const noAddressChinese: Readonly<Record<AddressFault, string>> = {
  empty: usualAddressChinese,
  'no-at': usualAddressChinese,
  'too-long': '這個電郵地址太長，請輸入另一個。',
  'no-dot': '這個電郵地址欠缺結尾，例如「.com」，請補充。',
  'local-script': '如「@」之前有英文字母以外的文字，我們的電郵服務無法寄達，請輸入另一個地址。',
  local: '「@」之前的部分含有無法寄達的內容，例如連續兩點或引號。',
  domain: '「@」之後的部分並非有效的網域，請檢查。',
};

/**
 * What the form says when a gift could not be started, or was not finished. The compiler checks that both languages have the same
 * sentences.
 */
const english = {
  unpaid: 'Nothing was charged; your choices are still here.',
  perhapsPaid:
    'Your choices are still here. If you have paid already, our mail tells you so in a moment: do not pay again.',
  sameGift: (amount: string) => `You gave ${amount} a few minutes ago. Would you like to give again?`,
  giveAgain: 'Yes, give again',
  coverTitle: 'Towards the card fee',
  noGiftsNow: 'Nothing was charged: this campaign takes no gifts now.',
  unavailable:
    'The card payment service does not answer at the moment. Nothing was charged; your choices are still here. Please press the button again shortly.',
  unavailableAndUnknown:
    'The card payment service does not answer at the moment; your choices are still here. If you have paid already, our mail tells you so in a moment: do not pay again. If not, please press the button again shortly.',
  inProgress: 'Your gift is being prepared. Please press the button again in a few seconds.',
  tooMany: (again: string) =>
    `Too many gifts were started in a short time, perhaps by others who share your network. Nothing was charged; your choices are still here. Please try again at ${again}.`,
  minimumRaised: (smallest: string, again: string) =>
    `Stolen cards are being tried out here, so for a while gifts start at ${smallest}. Nothing was charged. Please give ${smallest} or more, or try again at ${again}.`,
  over: 'This form has been sent many times. Please load the page anew and fill it in once more.',
  tooLarge: 'What was sent is too large. Please shorten it and try again.',
  noAddress: noAddressEnglish,
  didYouMean: (address: string) => `Did you mean ${address}?`,
  takeMeant: (address: string) => `Yes, use ${address}`,
  keepTyped: (address: string) => `No, keep ${address}`,
  noAmount: noAmountEnglish,
  chooseAmount: 'Please choose an amount.',
  amountTooSmall: (smallest: string) => `The smallest gift is ${smallest}. Please give ${smallest} or more.`,
  amountTooLarge: (largest: string) =>
    `A card payment is at most ${largest}, the card fee included. For a larger gift please write to us.`,
  nameTooLong: (most: number) => `Please shorten your name to ${most} characters.`,
  nameUnprintable: 'Your name holds an invisible sign that cannot be shown. Please type it anew.',
  messageEmpty: 'Your comment holds nothing that can be seen. Please write one, or leave the field empty.',
  messageUnprintable: 'Your comment holds an invisible sign that cannot be shown. Please type it anew.',
  other: 'This could not be accepted. Nothing was charged; please check the form.',
};

export type FormWords = typeof english;

const chinese: FormWords = {
  unpaid: '沒有收取任何款項，您先前的選擇已經保留。',
  perhapsPaid: '您先前的選擇已經保留。如您已經付款，我們的電郵稍後便會確認，請勿重複付款。',
  sameGift: (amount) => `您在數分鐘前剛捐出 ${amount}，想再捐一次嗎？`,
  giveAgain: '是，再捐一次',
  coverTitle: '補貼信用卡手續費',
  noGiftsNow: '沒有收取任何款項：這個項目現時不接受捐款。',
  unavailable: '付款服務暫時沒有回應。沒有收取任何款項，您的選擇已經保留，請稍後再按一次按鈕。',
  unavailableAndUnknown:
    '付款服務暫時沒有回應，您的選擇已經保留。如您已經付款，我們的電郵稍後便會確認，請勿重複付款；如尚未付款，請稍後再按一次按鈕。',
  inProgress: '正在準備您的捐款，請數秒後再按一次按鈕。',
  tooMany: (again) =>
    `短時間內有太多捐款要求，可能來自與您共用網絡的其他人。沒有收取任何款項，您的選擇已經保留，請於 ${again} 再試。`,
  minimumRaised: (smallest, again) =>
    `有人正在本網站試用盜取的信用卡，因此捐款額暫時由 ${smallest} 起。沒有收取任何款項。請捐 ${smallest} 或以上，或於 ${again} 再試。`,
  over: '這份表格已經多次提交，請重新載入網頁再填寫一次。',
  tooLarge: '提交的內容太長，請縮短後再試。',
  noAddress: noAddressChinese,
  didYouMean: (address) => `您是否想輸入 ${address}？`,
  takeMeant: (address) => `是，使用 ${address}`,
  keepTyped: (address) => `不是，保留 ${address}`,
  noAmount: noAmountChinese,
  chooseAmount: '請選擇捐款金額。',
  amountTooSmall: (smallest) => `最低捐款額為 ${smallest}，請捐 ${smallest} 或以上。`,
  amountTooLarge: (largest) => `每次以信用卡付款最多 ${largest}（包括手續費）。如欲捐出更多，請與我們聯絡。`,
  nameTooLong: (most) => `請將姓名縮短至 ${most} 字以內。`,
  nameUnprintable: '您的姓名含有無法顯示的隱藏符號，請重新輸入。',
  messageEmpty: '您的留言沒有可見的文字，請重新輸入或留空。',
  messageUnprintable: '您的留言含有無法顯示的隱藏符號，請重新輸入。',
  other: '未能處理這份表格。沒有收取任何款項，請檢查所填的內容。',
};

export function formWordsOf(language: Language): FormWords {
  return language === 'en' ? english : chinese;
}
