import type { AttentionKind } from './attention-item.ts';

/** What happened, and what a person does about it, by the kind of what waits. */
export const attentionKindWords: Readonly<
  Record<AttentionKind, { readonly title: string; readonly todo: string }>
> = {
  'booking-mismatch': {
    title: 'Stripe took another sum than was to be paid',
    todo: 'It is in the books as taken. Compare it with what the donor wanted to give, and write to them if the sum is wrong.',
  },
  'parked-with-our-key': {
    title: 'Money came that no form of ours asked for',
    todo: 'It is not in the books. Find the payment at Stripe; do not refund it before you know what it is.',
  },
  'mail-stopped': {
    title: 'A mail was not sent',
    todo: 'It is not tried again by itself. Where an attempt may have arrived, look at Resend first.',
  },
  'mail-problem': {
    title: 'A mail came back',
    todo: 'Most often a typing error in the address. Within an hour the donor can correct it; after that write another way.',
  },
  'mail-account': {
    title: 'The mail service refuses all our mails',
    todo: 'Mails wait, and go by themselves once it takes them again.',
  },
  'person-request': {
    title: 'A person asked about what is kept of them',
    todo: 'The law gives 40 days. Do it, or refuse it with a reason, and write the person what was done.',
  },
  'refund-above-left': {
    title: 'More was refunded than was given',
    todo: 'Look at the payment at Stripe, and find out who made the refund.',
  },
  'refund-failed': {
    title: 'A refund failed',
    todo: 'The money is back with us, and the donor still waits for it. Agree with them on another way.',
  },
  'refund-mismatch': { title: 'A refund does not fit', todo: 'Compare it with Stripe.' },
  'refund-parked': {
    title: 'A refund finds no payment',
    todo: 'Find the payment at Stripe: it is not in the books.',
  },
  'refund-stuck': {
    title: 'A refund has had no answer for a day',
    todo: 'Look at the payment at Stripe. It goes on being tried, and once made it is found.',
  },
  'dispute-opened': {
    title: 'A donor’s bank asks for the money back',
    todo: 'Answer at Stripe before the date, or accept it there. The books follow by themselves.',
  },
  'dispute-due': {
    title: 'An answer to a dispute is due',
    todo: 'No evidence was sent yet. Answer at Stripe today, or accept it there.',
  },
  'dispute-unknown-charge': {
    title: 'A dispute is about a payment that we do not know',
    todo: 'Find the payment at Stripe. It may be of another product.',
  },
  'early-fraud-warning': {
    title: 'A card issuer calls a payment fraud',
    todo: 'Look at the payment. A refund before a dispute comes saves the fee.',
  },
  'refresh-stopped': {
    title: 'Stripe did not say how something stands',
    todo: 'A developer looks at the log of the worker and at the key’s rights.',
  },
  'fulfil-failed': {
    title: 'What was bought could not be delivered',
    todo: 'The buyer waits. It is tried again by itself; if it cannot be mended, refund the payment.',
  },
  'stock-differs': {
    title: 'The count of something sold does not fit',
    todo: 'Close its sale until a developer knows why: it may be sold twice.',
  },
  'unknown-charge': {
    title: 'A payment at Stripe that nobody has claimed',
    todo: 'Find out whose it is, and enter a correction from “unassigned” to that fund.',
  },
  'unknown-movement': {
    title: 'Money moved at Stripe that nobody has claimed',
    todo: 'Find out what it is, and enter a correction from “unassigned”.',
  },
  'other-currency': {
    title: 'Stripe moved money in another currency',
    todo: 'It stands in no account. Look at it at Stripe, and enter what it was in Hong Kong dollars.',
  },
  'payout-differs': {
    title: 'A payout holds something that the books do not',
    todo: 'What the books learn later matches by itself within the hour; else accept the payout with a reason.',
  },
  'payout-by-hand': {
    title: 'A payout was made by hand',
    todo: 'Compare it with the bank’s statement, and accept it with a reason.',
  },
  'payout-failed': {
    title: 'A payout failed',
    todo: 'The money is still at Stripe. Look at the bank account that is entered there.',
  },
  'books-differ': {
    title: 'The books and Stripe differ',
    todo: 'Look at the difference, and accept it with a reason or have it mended. Its month stays open until then.',
  },
  'balance-differs': {
    title: 'The balance at Stripe is another one than in the books',
    todo: 'It was the same difference two nights in a row. Look at Stripe’s balance beside the accounts.',
  },
  'checkout-repaired': {
    title: 'A payment was found only at night',
    todo: 'It is booked and thanked for now. A developer finds out why Stripe’s events got lost.',
  },
  'gift-held': {
    title: 'A payment is under review',
    todo: 'It is large, or came after declined cards. It is in the books, and no page shows it. Ask the donor if in doubt; then release it, or refund it.',
  },
  'work-failed': {
    title: 'A task keeps failing',
    todo: 'The others go on. A developer reads the log, mends the cause and resolves it.',
  },
  'outbox-waits': {
    title: 'Mails or work have waited for a quarter of an hour',
    todo: 'They go by themselves. A developer looks at the log, if it goes on.',
  },
  'stream-behind': {
    title: 'Pages or mails are late',
    todo: 'A developer looks at the log within the day. It resolves itself.',
  },
  'table-throttled': {
    title: 'The database was busier than it takes',
    todo: 'What was written was tried again and nothing is lost. A developer looks at the log, if it goes on. It resolves itself.',
  },
};

/** The sentences of the form by which something is resolved. */
export const attentionWords = {
  resolveTitle: 'Resolve what waits',
  over: 'It is resolved already.',
  note: 'What was found or done',
  hint: 'For others who look at it later. At most 500 characters.',
  resolve: 'It is done',
  waits: (title: string, day: string) => `${title}. It waits since ${day}.`,
};
