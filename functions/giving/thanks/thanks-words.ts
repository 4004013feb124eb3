import type { Language } from '#platform/charity.ts';

/** The sentences of the page after paying. The compiler checks that both languages have the same ones. */
const english = {
  thanks: 'Thank you!',
  thanksTo: (name: string) => `Thank you, ${name}!`,
  confirmingTitle: 'We are confirming your payment',
  confirming: 'If you have paid, you need not do anything: this page looks again by itself.',
  confirmingLong:
    'The confirmation takes longer than usual. If you have paid, you need not wait and need not pay again: as soon as your gift is confirmed, a mail comes to you. This page no longer looks by itself.',
  processing:
    'Your bank or wallet is still working on the payment, which can take some days. You need not pay again: as soon as your gift has arrived, a mail comes to you.',
  lookAgain: 'Look again now',
  done: (amount: string) => `Your gift of ${amount} has arrived safely.`,
  doneWithCover: (amount: string, cover: string) =>
    `Your gift of ${amount} has arrived safely, and ${cover} towards the card fee. Thank you for both.`,
  givenTo: 'You gave to',
  does: 'What your gift does',
  receiver: 'Received by',
  statement: 'On your card statement',
  reference: 'Reference',
  noReceipt: 'This page is not a receipt.',
  mailTo: (address: string) => `A thank-you mail is on its way to ${address}. It comes within minutes.`,
  mailAgainTo: (address: string) => `The address is corrected: a thank-you mail is on its way to ${address}.`,
  mailWillGoTo: (address: string) => `Our mail will go to ${address}.`,
  mailSent: 'We thanked you by mail, at the address that you gave.',
  mailMissing:
    'Nothing there? Look among the unwanted mail, then here again: this page tells when a mail comes back.',
  mailCameBackTitle: 'Our mail did not reach you',
  mailCameBack: (address: string) =>
    `The mail to ${address} could not be delivered. Your gift is safe. Please give the right address, and we send our thanks again.`,
  mailCameBackTwice: 'Also the mail to the corrected address could not be delivered. Your gift is safe.',
  mailCameBackLate: 'Our mail to you could not be delivered. Your gift is safe.',
  mailDelayed:
    'Our thank-you mail is late: our mail service has trouble. Your gift is safe, and the mail comes by itself as soon as that is over.',
  mailStoppedTitle: 'Our thank-you mail has not gone out as it should',
  mailStopped: 'Your gift is safe. One of us looks into it.',
  writeToUs: 'To have your address changed, write to',
  wrongAddress: 'A typing error in your address?',
  correctHint: 'It can be corrected once, within an hour of your gift.',
  email: 'Your e-mail address',
  correct: 'Correct the address',
  notAnAddress: 'Please give an e-mail address such as name@example.org.',
  tooLateTitle: 'The address can no longer be changed here',
  tooLate: 'It can be corrected within an hour of a gift, and that hour is over.',
  usedTitle: 'The address was corrected before',
  used: 'An address can be corrected once. The corrected address stands.',
  shareTitle: 'Would you tell a friend?',
  share: 'Many donors come because a friend sent them the link.',
  shareText: (title: string) => `I have just supported “${title}”. Perhaps you would like to as well:`,
  whatsApp: 'Share on WhatsApp',
  facebook: 'Share on Facebook',
  link: 'Or copy this link:',
  back: 'Back to the campaign',
  notPaidTitle: 'This gift was not completed',
  expired: 'No money was taken. Your choices are kept for a day, should you like to try again.',
  failed:
    'Your bank or wallet did not make the payment, and no money was taken. You can try again, perhaps another way.',
  tryAgain: 'Back to the form',
  refundedTitle: 'This gift was refunded',
  refunded: (amount: string) =>
    `Your ${amount} was refunded. Depending on your bank, it takes five to ten days until it is back on your statement.`,
  partlyRefunded: (amount: string, paid: string) =>
    `${amount} of the ${paid} that you paid was refunded; the rest stands as your gift. Depending on your bank, it takes five to ten days until the refund is on your statement.`,
};

export type ThanksWords = typeof english;

const chinese: ThanksWords = {
  thanks: '感謝您！',
  thanksTo: (name) => `${name}，感謝您！`,
  confirmingTitle: '我們正在確認您的付款',
  confirming: '如您已經付款，無須任何操作，本頁會自動更新。',
  confirmingLong:
    '確認時間較平常為長。如您已經付款，無須等候，亦請勿重複付款：一經確認，我們便會以電郵通知您。本頁不再自動更新。',
  processing:
    '您的銀行或電子錢包仍在處理這筆款項，可能需時數日。請勿重複付款：款項一到，我們便會以電郵通知您。',
  lookAgain: '重新查看',
  done: (amount) => `我們已收到您的捐款 ${amount}。`,
  doneWithCover: (amount, cover) =>
    `我們已收到您的捐款 ${amount}，以及您補貼信用卡手續費的 ${cover}，衷心感謝。`,
  givenTo: '您支持的項目',
  does: '捐款用途',
  receiver: '收款機構',
  statement: '月結單顯示',
  reference: '參考編號',
  noReceipt: '本頁並非收據。',
  mailTo: (address) => `感謝電郵正寄往 ${address}，數分鐘內便會送達。`,
  mailAgainTo: (address) => `電郵地址已更正，感謝電郵正寄往 ${address}。`,
  mailWillGoTo: (address) => `我們的電郵將寄往 ${address}。`,
  mailSent: '感謝電郵已寄往您提供的電郵地址。',
  mailMissing: '收不到電郵？請先查看垃圾郵件匣，再回到本頁：如電郵遭退回，本頁會顯示通知。',
  mailCameBackTitle: '我們的電郵未能送達',
  mailCameBack: (address) =>
    `寄往 ${address} 的電郵無法送達。您的捐款已妥善收到。請提供正確的電郵地址，我們會再次致謝。`,
  mailCameBackTwice: '寄往更正後地址的電郵同樣無法送達。您的捐款已妥善收到。',
  mailCameBackLate: '我們寄給您的電郵無法送達。您的捐款已妥善收到。',
  mailDelayed:
    '由於電郵服務暫時出現問題，感謝電郵會遲一些送達。您的捐款已妥善收到，服務恢復後電郵便會自動寄出。',
  mailStoppedTitle: '感謝電郵未能如常寄出',
  mailStopped: '您的捐款已妥善收到。我們的同事已獲通知，正在跟進。',
  writeToUs: '如需更改電郵地址，請電郵至',
  wrongAddress: '電郵地址有誤？',
  correctHint: '您可於捐款後一小時內更正一次。',
  email: '您的電郵地址',
  correct: '更正電郵地址',
  notAnAddress: '請輸入電郵地址，例如 name@example.org。',
  tooLateTitle: '此處已不能更改電郵地址',
  tooLate: '電郵地址只可於捐款後一小時內更正，時限已過。',
  usedTitle: '電郵地址早前已經更正',
  used: '電郵地址只可更正一次，現以更正後的地址為準。',
  shareTitle: '與朋友分享',
  share: '許多捐款人都是經朋友分享，才得知這個項目的。',
  shareText: (title) => `我剛支持了「${title}」，或許您也願意支持：`,
  whatsApp: '分享至 WhatsApp',
  facebook: '分享至 Facebook',
  link: '或複製此連結：',
  back: '返回項目頁',
  notPaidTitle: '這筆捐款尚未完成',
  expired: '沒有收取任何款項。您填寫的內容會保留一日，歡迎再試。',
  failed: '您的銀行或電子錢包未能完成付款，沒有收取任何款項。您可以再試一次，或改用其他付款方式。',
  tryAgain: '返回捐款表格',
  refundedTitle: '這筆捐款已經退還',
  refunded: (amount) => `我們已退還 ${amount}。視乎您的銀行，退款約需五至十日才會在月結單上顯示。`,
  partlyRefunded: (amount, paid) =>
    `您支付的 ${paid} 當中，${amount} 已經退款，餘額仍是您的捐款。視乎您的銀行，退款約需五至十日才會在月結單上顯示。`,
};

export function thanksWordsOf(language: Language): ThanksWords {
  return language === 'en' ? english : chinese;
}
