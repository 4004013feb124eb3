/** The sentences of the pages of money that came outside Stripe. */
export const enteredWords = {
  label: { en: 'Money outside Stripe', 'zh-HK': 'Stripe 以外款項' },
  title: 'Money that came outside Stripe',
  intro:
    'By FPS, bank transfer, PayMe, cheque or in cash. What you enter waits ten minutes: until then you can undo it. Then it counts in the books and on the page, and the donor is thanked if you say so.',
  enter: 'Enter money',
  waiting: 'Not booked yet',
  none: 'Nothing waits to be booked.',
  undo: 'Undo',
  of: (amount: string, name: string) => `${amount} of ${name}`,
  nobody: 'Anonymous',
  line: (fund: string, means: string, day: string, reference: string) =>
    `${fund} · ${means}, received on ${day}, reference ${reference}`,
  until: (time: string) => `To be booked at ${time}, or some minutes later`,
  enterTitle: 'Enter money that came outside Stripe',
  fund: 'For which fund',
  means: 'How it came',
  meansNames: {
    fps: 'FPS',
    'bank-transfer': 'Bank transfer',
    payme: 'PayMe',
    cheque: 'Cheque',
    cash: 'Cash',
  },
  day: 'Day on which it was received',
  amount: 'Amount in HK$',
  amountAgain: 'The amount once more',
  amountAgainHint: 'From HK$10,000 on, so that no digit is wrong.',
  reference: 'Reference',
  referenceHint:
    'As the statement, the cheque or the cash slip has it. No name. It tells two equal amounts of one day apart.',
  name: 'Name of the donor',
  nameHint: 'For the thanks. Leave it empty if nobody knows.',
  receiptName: 'Name on a receipt, if it is another one',
  email: 'E-mail address',
  language: 'Language of the mail',
  languages: { en: 'English', 'zh-HK': 'Chinese' },
  mayShow: 'Asked: the name may be shown on the page. Without this it stands there as Anonymous.',
  thank: 'Thank the donor by mail',
  goOn: 'Go on',
  sentence: (entry: {
    readonly amount: string;
    readonly name: string;
    readonly fund: string;
    readonly means: string;
    readonly day: string;
    readonly reference: string;
  }) =>
    `${entry.amount} of ${entry.name} for ${entry.fund}: ${entry.means}, received on ${entry.day}, reference ${entry.reference}.`,
  thanked: 'The donor is thanked by mail.',
  notThanked: 'Nobody is thanked by mail.',
  shown: 'The name stands on the page.',
  nameWaits:
    'The name stands on the page once a person has approved it: it holds a link, an address or a number, or marks that cannot be seen. Until then it is Anonymous.',
  anonymous: 'On the page it is Anonymous.',
  closed: (own: string, counts: string) =>
    `The books of ${own} are closed: it keeps its day, and counts in the books of ${counts}.`,
  button: (amount: string, name: string) => `Enter ${amount} of ${name}`,
  undoTitle: 'Undo an entry',
  done: {
    entered: 'Entered. It waits ten minutes before it is booked: until then you can undo it here.',
    undone: 'Undone. Nothing of it is left.',
  } as Readonly<Record<string, string>>,
};
