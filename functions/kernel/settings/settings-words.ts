/** The sentences of the pages of settings. */
export const settingsWords = {
  label: { en: 'Settings', 'zh-HK': '設定' },
  title: 'Settings',
  intro:
    'How people reach you, and where they send money without a card. Donors see a change within seconds.',
  asConfigured: 'Nobody has changed them yet: they are as the configuration has them.',
  change: 'Change them',
  changeTitle: 'Change the settings',
  save: 'Look at it once more',
  saveConfirmed: 'Save and show it to donors',
  none: 'none',
  names: {
    replyTo: 'Address for answers',
    telephone: 'Telephone',
    whatsApp: 'WhatsApp number',
    fps: 'FPS',
    payMe: 'PayMe for Business',
    bank: 'Bank account',
    cheque: 'Cheques',
    feesBorneBy: 'Who bears the card fee',
    digestTo: 'Daily digest to',
  },
  fields: {
    'otherWays/fps/id': 'FPS identifier',
    'otherWays/fps/payee': 'FPS: the payee’s name as the bank shows it',
    'otherWays/payMe/link': 'PayMe for Business: the link',
    'otherWays/payMe/payee': 'PayMe: the payee’s name as it is shown',
    'otherWays/bank/name': 'Bank: its name',
    'otherWays/bank/account': 'Bank: the account number',
    'otherWays/bank/payee': 'Bank: the payee’s name as the bank shows it',
    'otherWays/cheque/payee': 'Cheques: the payee’s name',
  },
  hints: {
    replyTo: 'It stands at the foot of every page, and answers to mails go there.',
    whatsApp: 'Digits alone, such as 852 6123 4567; or a link that begins with https://wa.me/.',
    fps: '7 or 9 digits, a Hong Kong mobile number or an e-mail address. Always the charity’s own, never a person’s.',
    digestTo:
      'Once a day, when something waits: how many things of each kind, and no names. At most five addresses with commas between them; empty for none.',
    way: 'Leave both empty where it is not offered.',
  },
  bearers: { receiver: 'The receiver, so that the whole gift counts', fund: 'The fund that the gift is for' },
  confirm: (ways: string) =>
    ways === ''
      ? 'Donors will find no other way to give than by card.'
      : `Donors will read that they can pay here: ${ways}. Compare each letter and digit with the bank’s papers.`,
  way: (name: string, details: string) => `${name} ${details}`,
  between: '; ',
  changedTitle: 'Another person saved them after you began',
  changed:
    'This is how they stand now. Your own text is still in the form: save it if it is to replace this.',
  done: { saved: 'Saved. Donors see it within seconds.' } as Readonly<Record<string, string>>,
};
