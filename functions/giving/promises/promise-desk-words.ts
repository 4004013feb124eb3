/** The sentences of the desk's pages about promised gifts. */
export const promiseDeskWords = {
  label: { en: 'Promises', 'zh-HK': '待收款項' },
  title: 'Promises that wait for their money',
  intro:
    'Donors who give without a card get a reference and give it to their bank. Look for it in the statement, and match the money when it has come: after ten minutes, in which it can be undone, it counts, and the donor is thanked. After four weeks a promise lapses by itself; money that comes later can still be matched.',
  none: 'Nobody has promised anything that has not come.',
  find: 'Match a reference',
  of: (amount: string, name: string) => `${amount} of ${name}`,
  nobody: 'a donor whose name is gone',
  line: (fund: string, way: string, day: string, reference: string) =>
    `${fund} · ${way}, promised on ${day}, reference ${reference}`,
  match: 'It has come',
  matched: (time: string) => `Matched. To be booked at ${time}, or some minutes later.`,
  toEntries: 'Look at it, or undo it',
  matchTitle: 'Match money with its promise',
  promised: (of: string, fund: string) => `Promised: ${of} for ${fund}.`,
  over: 'The money of this promise has come already. Enter what else came under “Money outside Stripe”.',
  amount: 'Amount that came, in HK$',
  day: 'Day on which it came',
  account: 'Where it came in',
  accounts: { bank: 'Bank account', cash: 'Cash box' },
  goOn: 'Go on',
  sentence: (amount: string, of: string, day: string, account: string) =>
    `${amount} came on ${day} (${account}), for the promise of ${of}. It waits ten minutes, in which it can be undone; then it counts, and the donor is thanked by mail.`,
  another: 'The sum is another one than was promised.',
  button: (amount: string) => `Match ${amount}`,
  done: {
    matched:
      'Matched. It is booked in ten minutes, and the donor thanked; until then you can undo it under “Money outside Stripe”.',
  } as Readonly<Record<string, string>>,
};
