import type { Language } from '#platform/charity.ts';

/** The sentences of the page on which people complain. */
const english = {
  title: 'Complaints',
  lead: 'Something went wrong, or a person was treated badly? Write it here, in any language. You need no account, and no name.',
  readers: (names: string) =>
    `Only ${names} read it. Choose whom it is about: that person never reads it. We keep it for two years.`,
  due: 'We answer within ten working days, if you say how to reach you.',
  text: 'What happened?',
  textHint: (most: number) => `In any language, at most ${most} characters.`,
  contact: 'How can we reach you? (optional)',
  contactHint: 'An e-mail address or a telephone number. Without it we look into it, and cannot answer you.',
  about: 'Whom is it about? (optional)',
  nobody: 'Nobody in particular',
  send: 'Send it',
  empty: 'Please write what happened.',
  tooLong: (most: number) => `Please write at most ${most} characters.`,
  wrongAbout: 'Please choose one of the list.',
  received: 'We have it. Thank you for telling us.',
  writeInstead: 'Please write to us. A person reads it, and answers within ten working days.',
  and: ' and ',
};

type ComplaintWords = typeof english;

const chinese: ComplaintWords = {
  title: '投訴',
  lead: '如有任何不滿，或有人受到不當對待，請在此告訴我們。可使用任何語言，無需帳戶，亦無需填寫姓名。',
  readers: (names) =>
    `只有 ${names} 會閱讀您的投訴。請選擇投訴對象：該人士不會看到您的投訴。內容會保留兩年。`,
  due: '如您留下聯絡方法，我們會在十個工作天內回覆。',
  text: '發生了甚麼事？',
  textHint: (most) => `可使用任何語言，最多 ${most} 字。`,
  contact: '我們可如何聯絡您？（選填）',
  contactHint: '電郵地址或電話號碼。如不填寫，我們仍會跟進，但無法回覆您。',
  about: '投訴對象（選填）',
  nobody: '沒有特定對象',
  send: '送出',
  empty: '請寫下事情經過。',
  tooLong: (most) => `最多 ${most} 字。`,
  wrongAbout: '請從列表中選擇。',
  received: '我們已收到您的投訴，謝謝您告訴我們。',
  writeInstead: '請電郵至我們，我們會在十個工作天內回覆您。',
  and: ' 及 ',
};

export function complaintWordsOf(language: Language): ComplaintWords {
  return language === 'en' ? english : chinese;
}
