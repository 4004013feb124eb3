import type { Month } from '#platform/clock.ts';

/** The primary key of an item. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** Over how many items a campaign's totals are split: each gets a sixteenth, and takes about 500 bookings a second. */
export const totalsShards = 16;
/** Over how many lists the unsent outbox of an hour is split: each gets a quarter. */
export const outboxShards = 4;
/** Over how many lists the ledger of a month is split: each gets a sixteenth. */
export const ledgerShards = 16;
/** Over how many lists a campaign's gifts of a month are split: each gets a quarter. */
export const paymentShards = 4;
/** Over how many items the counts of card testing are split: each takes a quarter of the declined payments. */
export const guardShards = 4;

/** Every key shape of the table. */
export const keys = {
  /** The slugs of all campaigns, in the order of the list page. */
  campaignList: (): Key => ({ pk: 'campaigns', sk: 'campaigns' }),
  campaign: (slug: string): Key => ({ pk: `campaign#${slug}`, sk: 'campaign' }),
  /** A page that the staff write: about us, what is needed. */
  plainPage: (name: string): Key => ({ pk: `plain-page#${name}`, sk: 'plain-page' }),
  /** The photo that is uploaded for a campaign; the last one counts. */
  photo: (slug: string): Key => ({ pk: `photo#${slug}`, sk: 'photo' }),
  rollUp: (slug: string): Key => ({ pk: `campaign#${slug}`, sk: 'roll-up' }),
  /** The approved comments of the newest gifts. */
  latestWords: (slug: string): Key => ({ pk: `campaign#${slug}`, sk: 'latest-words' }),
  latestGifts: (slug: string): Key => ({ pk: `campaign#${slug}`, sk: 'latest-gifts' }),
  totals: (slug: string, shard: number): Key => ({ pk: `totals#${slug}#${pad(shard)}`, sk: 'totals' }),
  /** Every shard of a campaign's totals, in order. */
  allTotals: (slug: string): Key[] =>
    Array.from({ length: totalsShards }, (_, shard) => keys.totals(slug, shard)),
  /** A complaint, with what its writer wrote: read by its readers alone, and gone at its end. */
  complaint: (id: string): Key => ({ pk: `complaint#${id}`, sk: 'complaint' }),
  /** What an admin set at the desk over the charity's configuration. */
  settings: (): Key => ({ pk: 'settings', sk: 'settings' }),
  /** What a person confirmed before the first gift; all notes stand together. */
  openingNote: (tick: string): Key => ({ pk: 'opening', sk: `note#${tick}` }),
  /** That the list of what is to be done before the first gift is done with. */
  openingClosed: (): Key => ({ pk: 'opening', sk: 'closed' }),
  /** Who of the staff has ever signed in, by subject. */
  staffSeen: (): Key => ({ pk: 'staff-seen', sk: 'staff-seen' }),
  checkout: (id: string): Key => ({ pk: `checkout#${id}`, sk: 'checkout' }),
  person: (checkoutId: string): Key => ({ pk: `person#${checkoutId}`, sk: 'person' }),
  /** A mail that a person was sent, with all that its body was made of; erased with the person. */
  personMail: (checkoutId: string, name: string): Key => ({
    pk: `person#${checkoutId}`,
    sk: `mail#${name}`,
  }),
  /** What a person asked for about what is kept of them. */
  personRequest: (id: string): Key => ({ pk: `person-request#${id}`, sk: 'person-request' }),
  /** What a receipt's law keeps of a person whose data was erased, by the payment. */
  receiptData: (checkoutId: string, paymentId: string): Key => ({
    pk: `person#${checkoutId}`,
    sk: `receipt#${paymentId}`,
  }),
  /** A payment of a donor; without an address the checkout stands for the donor. All of one stand together. */
  donorPayment: (donor: string, paymentId: string): Key => ({
    pk: `donor#${donor}`,
    sk: `payment#${paymentId}`,
  }),
  /** A payment whose donor's name holds a word (a keyed hash); those of a word stand together, by time. */
  namedPayment: (word: string, order: string): Key => ({ pk: `name#${word}`, sk: order }),
  /** A payment is the marker of its own uniqueness: the key is the payment. */
  payment: (paymentId: string): Key => ({ pk: `payment#${paymentId}`, sk: 'payment' }),
  /** What Stripe left of a payment, beside it: the fee that it took, and the payout. */
  proceeds: (paymentId: string): Key => ({ pk: `payment#${paymentId}`, sk: 'proceeds' }),
  /** A promise to pay otherwise than through Stripe, by the reference that the payer gives to the bank. */
  promise: (reference: string): Key => ({ pk: `promise#${reference}`, sk: 'promise' }),
  /** A payment in the list of its Hong Kong month, of all funds together; those of a month stand together, by time. */
  listedPayment: (month: Month, order: string): Key => ({ pk: `payments#${month}`, sk: order }),
  /** Leads from an e-mail address (a keyed hash) to its donor. */
  email: (hash: string): Key => ({ pk: `email#${hash}`, sk: 'email' }),
  /** The payments of a donor to a fund that are not fully reversed. */
  supporter: (fund: string, donor: string): Key => ({ pk: `supporter#${fund}#${donor}`, sk: 'supporter' }),
  ledgerEntry: (sourceId: string, kind: string): Key => ({ pk: `ledger#${sourceId}`, sk: kind }),
  /** The first month of the books. */
  beginning: (): Key => ({ pk: 'books', sk: 'beginning' }),
  /** A month of the books that takes no entry any more. */
  closedMonth: (month: Month): Key => ({ pk: `closed-month#${month}`, sk: 'closed-month' }),
  /** What the sweep sends through the table's stream, to see whether its readers keep up. */
  pulse: (): Key => ({ pk: 'pulse', sk: 'pulse' }),
  /** The last pulse that a reader saw. */
  pulseSeen: (reader: string): Key => ({ pk: `pulse-seen#${reader}`, sk: 'pulse-seen' }),
  /** When the table last throttled a request of ours. */
  throttled: (): Key => ({ pk: 'throttled', sk: 'throttled' }),
  /** A past month that took an entry: its sums are computed again. */
  touchedMonth: (month: Month): Key => ({ pk: `touched-month#${month}`, sk: 'touched-month' }),
  /** What a month changed in each account. */
  accountMonth: (month: Month): Key => ({ pk: `account-month#${month}`, sk: 'account-month' }),
  /** What came in and went out in a month of the books, by day. */
  daySums: (month: Month): Key => ({ pk: `day-sums#${month}`, sk: 'day-sums' }),
  /** Whether what is at Stripe, in the bank and in cash covers what all funds hold. */
  coverage: (): Key => ({ pk: 'coverage', sk: 'coverage' }),
  /** Money of a fund that was moved by other entries than gifts, refunds and disputes. */
  fundSum: (slug: string): Key => ({ pk: `fund-moves#${slug}`, sk: 'moves' }),
  moneySum: (account: 'cash' | 'bank'): Key => ({ pk: `${account}-moves`, sk: 'moves' }),
  /** A request that had its effect, by who sent it and a digest of its route and Idempotency-Key. */
  once: (caller: string, request: string): Key => ({ pk: `once#${caller}#${request}`, sk: 'once' }),
  payout: (payoutId: string): Key => ({ pk: `payout#${payoutId}`, sk: 'payout' }),
  /** A difference between Stripe and the books; the id names its kind and Stripe's object. */
  difference: (id: string): Key => ({ pk: `difference#${id}`, sk: 'difference' }),
  /** How far a task has read. */
  cursor: (task: string): Key => ({ pk: `cursor#${task}`, sk: 'cursor' }),
  /** What failed in a run of a task. */
  failure: (kind: string, id: string): Key => ({ pk: `failure#${kind}#${id}`, sk: 'failure' }),
  outbox: (key: string): Key => ({ pk: `outbox#${key}`, sk: 'outbox' }),
  /** Money that came outside Stripe and waits to be booked. */
  enteredPayment: (id: string): Key => ({ pk: `entered-payment#${id}`, sk: 'entered-payment' }),
  parked: (paymentId: string): Key => ({ pk: `parked#${paymentId}`, sk: 'parked' }),
  /** A refund is the marker of its own uniqueness: the key is Stripe's id of it. */
  refund: (refundId: string): Key => ({ pk: `refund#${refundId}`, sk: 'refund' }),
  /** A refund that the staff asked for; the id is also the call's idempotency key at Stripe. */
  refundRequest: (id: string): Key => ({ pk: `refund-request#${id}`, sk: 'refund-request' }),
  /** A refund, or its failure, whose gift is not there (yet). */
  parkedRefund: (refundId: string, what: 'refund' | 'failure'): Key => ({
    pk: `parked-refund#${refundId}`,
    sk: what,
  }),
  /** Something that a person has to look at. */
  attention: (kind: string, id: string): Key => ({ pk: `attention#${kind}#${id}`, sk: 'attention' }),
  /** Checkouts that an e-mail address (a keyed hash) started in a window: counted, and kept to ask about the same gift. */
  emailStarts: (hash: string, window: string): Key => ({ pk: `starts#${hash}#${window}`, sk: 'starts' }),
  /** One shard of the counts of card testing at a campaign in a window. */
  guard: (slug: string, window: string, shard: number): Key => ({
    pk: `guard#${slug}#${window}#${shard}`,
    sk: 'guard',
  }),
  /** How many checkouts a campaign started in a minute, while its breaker is open. */
  pace: (slug: string, minute: string): Key => ({ pk: `pace#${slug}#${minute}`, sk: 'pace' }),
  /** A comment that waits to be moderated, of a gift that was paid in a month and at a time (ISO 8601). It holds ids only. */
  words: (month: Month, at: string, checkoutId: string): Key => ({
    pk: `words#${month}`,
    sk: `${at}#${checkoutId}`,
  }),
  /** Audit entries stand together with their object, by time. */
  auditEntry: (kind: string, id: string, order: string): Key => ({ pk: `audit#${kind}#${id}`, sk: order }),
  /** Where the audit entries of what one person did stand; those of a person stand together, by time. */
  auditOf: (actor: string, order: string): Key => ({ pk: `audit-of#${actor}`, sk: order }),
  dispute: (id: string): Key => ({ pk: `dispute#${id}`, sk: 'dispute' }),
  /** Money on its way to a family. */
  disbursement: (id: string): Key => ({ pk: `disbursement#${id}`, sk: 'disbursement' }),
  /** A person of the staff who is signed in at the desk; the id follows from the cookie's secret. */
  session: (id: string): Key => ({ pk: `session#${id}`, sk: 'session' }),
  /** What a trustee was asked to approve, by a digest of the secret in the address that they were sent. */
  trusteeLink: (digest: string): Key => ({ pk: `trustee-link#${digest}`, sk: 'trustee-link' }),
  /** A file of gifts or of the ledger that the staff asked for. */
  export: (id: string): Key => ({ pk: `export#${id}`, sk: 'export' }),
  /** A month of a fund's money; all of a fund stand together, by month. */
  fundMonth: (slug: string, month: Month): Key => ({ pk: `fund-month#${slug}`, sk: month }),
  /** What was shown of a month, for ever; it stands beside the month. */
  shownMonth: (slug: string, month: Month): Key => ({ pk: `fund-month#${slug}`, sk: `${month}#shown` }),
  /** What a fund has paid out so far, beside its months: each disbursement adds to it. */
  fundBalance: (slug: string): Key => ({ pk: `fund-month#${slug}`, sk: 'balance' }),
  /** Slices of a bucket of stock; all of a subject stand together, so that one request reads what is free. */
  stockSlice: (subject: string, bucket: string, slice: number): Key => ({
    pk: `stock#${subject}`,
    sk: `${bucket}#${slice}`,
  }),
  /** The subjects that have stock. */
  stockSubjects: (): Key => ({ pk: 'stock-subjects', sk: 'subjects' }),
  /** The stock that a checkout holds or was sold. */
  hold: (checkoutId: string): Key => ({ pk: `hold#${checkoutId}`, sk: 'hold' }),
  /** What a network did in a window; its name holds both. */
  limit: (network: string): Key => ({ pk: `limit#${network}`, sk: 'limit' }),
  /** The sure place of a network while a campaign's breaker is open. */
  place: (hash: string): Key => ({ pk: `limit#${hash}`, sk: 'place' }),
} as const;

/** The name of the table's one index: work lists and lists of gifts. */
export const listsIndex = 'lists';

/** Every list of the index `lists`. None has a constant name: an index that throttles stops the base table. */
export const lists = {
  payments: (slug: string, month: Month, shard: number): string => `payments#${slug}#${month}#${shard}`,
  ledger: (month: Month, shard: number): string => `ledger#${month}#${pad(shard)}`,
  payouts: (month: Month): string => `payouts#${month}`,
  /** Differences from Stripe, by the month in which the money moved. */
  differences: (month: Month): string => `differences#${month}`,
  outbox: (utcHour: string, shard: number): string => `outbox#${utcHour}#${pad(shard)}`,
  /** What the staff entered in an hour and is not booked yet. */
  enteredPayments: (utcHour: string): string => `entered-payment#${utcHour}`,
  parked: (utcHour: string): string => `parked#${utcHour}`,
  /** A payment's refunds, and the requests for them that are resolved. */
  refunds: (paymentId: string): string => `refunds#${paymentId}`,
  /** Requests for refunds of which Stripe's answer is not known yet. */
  openRefundRequests: (month: Month): string => `refund-requests#${month}`,
  parkedRefunds: (utcHour: string): string => `parked-refund#${utcHour}`,
  attention: (month: Month): string => `attention#${month}`,
  passedOn: (month: Month): string => `passed-on#${month}`,
  /** What is held of a subject's stock, by its end, and what is sold. */
  holds: (subject: string): string => `holds#${subject}`,
  /** Promises that wait for their money, by the month in which they were made. */
  promises: (month: Month): string => `promises#${month}`,
  /** What people asked for, by the month in which it was received. */
  personRequests: (month: Month): string => `person-requests#${month}`,
  /** Complaints by the month in which they came. */
  complaints: (month: Month): string => `complaints#${month}`,
  /** Exports by the month in which they were asked for. */
  exports: (month: Month): string => `exports#${month}`,
  audit: (month: Month): string => `audit#${month}`,
  /** Sessions by the hour in which they began. */
  sessions: (utcHour: string): string => `sessions#${utcHour}`,
  /** Disputes by the month in which the payer's bank opened them. */
  disputes: (month: Month): string => `disputes#${month}`,
} as const;

/** Every list of a campaign's gifts of a month. */
export function paymentLists(slug: string, month: Month): string[] {
  return Array.from({ length: paymentShards }, (_, shard) => lists.payments(slug, month, shard));
}

/** Every list of the outbox messages of an hour that wait. */
export function outboxLists(utcHour: string): string[] {
  return Array.from({ length: outboxShards }, (_, shard) => lists.outbox(utcHour, shard));
}

/** Every list of a month's entries of the ledger; those of most gifts are found by the gifts' lists. */
export function ledgerLists(month: Month): string[] {
  return Array.from({ length: ledgerShards }, (_, shard) => lists.ledger(month, shard));
}

function pad(shard: number): string {
  return String(shard).padStart(2, '0');
}
