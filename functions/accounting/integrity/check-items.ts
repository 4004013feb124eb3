import type { EntryKind, LedgerEntry } from '#kernel/ledger/ledger-entry.ts';
import { fromLedgerEntryItem } from '#kernel/ledger/ledger-entry-item.ts';
import {
  firstKeyOf,
  followedKey,
  fulfilKey,
  giftReceivedAgainKey,
  giftReceivedKey,
  giftRefundedKey,
  promiseDueKey,
  promiseMadeKey,
  promiseOf,
  refundOf,
} from '#kernel/outbox/outbox.ts';
import { fromOutboxItem, isSwept, type StoredMessage } from '#kernel/outbox/outbox-item.ts';
import { fromCheckoutItem, paymentOf } from '#payments/checkout/checkout-item.ts';
import { type BookedMovement, fromDisputeItem } from '#payments/disputes/dispute-item.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import { wholeOf } from '#payments/received/parts.ts';
import { fromRefundItem } from '#payments/refunds/refund-item.ts';
import { fromHoldItem, fromSliceItem, toHoldItem } from '#payments/stock/stock-item.ts';
import { sum } from '#platform/money.ts';
import { type Key, keys } from '#platform/table/keys.ts';
import type { Item, ItemsRead } from '#platform/table/table.ts';
import type { CheckName, Findings } from './findings.ts';

/** Which other items an item must agree with, and how. */
export interface ItemCheck {
  /** The check under which an unreadable item is recorded. */
  readonly name: CheckName;
  /** Reads every field of the item. */
  read(item: Item): unknown;
  /** The name of a corrupt item in a finding, where its key is a secret. */
  subjectOf?(item: Item): string;
  wanted(item: Item): readonly Key[];
  hold(item: Item, read: ItemsRead, findings: Findings): void;
}

const statusesOfPaid: ReadonlySet<unknown> = new Set(['paid', 'refunded']);

const paymentCheck: ItemCheck = {
  name: '2 payments',
  read: fromPaymentItem,
  wanted: (item) => {
    const { paymentId } = fromPaymentItem(item);
    const messages = [giftReceivedKey(paymentId), fulfilKey(paymentId)].map(keys.outbox);
    return [keys.ledgerEntry(paymentId, 'payment'), ...messages];
  },
  hold: (item, read, findings) => {
    const payment = fromPaymentItem(item);
    const subject = `payment ${payment.paymentId}`;
    findings.look('2 payments');
    findings.look('5 messages');
    const { parts, fund, source } = payment;
    const due = [
      { account: source, amount: wholeOf(parts) },
      { account: `raised:${fund}`, amount: -parts.gift },
      { account: `sales:${fund}`, amount: -parts.sales },
      { account: 'cover', amount: -parts.cover },
    ];
    const say = (text: string) => findings.add('2 payments', subject, text);
    const key = keys.ledgerEntry(payment.paymentId, 'payment');
    for (const each of read.itemAt(key) ? due : due.slice(0, 1)) holdEntry(read, { key, ...each, say });
    if (source !== 'stripe') return;
    const message = parts.sales > 0 ? fulfilKey(payment.paymentId) : giftReceivedKey(payment.paymentId);
    if (!read.itemAt(keys.outbox(message))) {
      const what = parts.sales > 0 ? 'that fulfils it' : 'of thanks';
      findings.add('5 messages', subject, `has no message ${what}, sent or waiting`);
    }
  },
};

const entryCheck: ItemCheck = {
  name: '2 entries',
  read: fromLedgerEntryItem,
  wanted: (item) => sourceOf(fromLedgerEntryItem(item)) ?? [],
  hold: (item, read, findings) => {
    const entry = fromLedgerEntryItem(item);
    const subject = `entry ${entry.kind} ${entry.sourceId}`;
    findings.look('2 entries');
    const amounts = entry.postings.map(({ amount }) => amount);
    if (amounts.length < 2) findings.add('2 entries', subject, 'has fewer than two postings');
    if (sum(amounts) !== 0)
      findings.add('2 entries', subject, `its postings sum to ${sum(amounts)}, not to zero`);
    for (const key of sourceOf(entry) ?? []) {
      if (!read.itemAt(key)) findings.add('2 entries', subject, `there is no ${key.sk} that it refers to`);
    }
  },
};

/** The item of the fact that an entry books; undefined where the entry itself is the fact. */
function sourceOf({ kind, sourceId }: LedgerEntry): readonly Key[] | undefined {
  if (kind === 'payment') return [keys.payment(sourceId)];
  return kind === 'refund' || kind === 'refund-failed' ? [keys.refund(sourceId)] : undefined;
}

const refundCheck: ItemCheck = {
  name: '2 refunds',
  read: fromRefundItem,
  wanted: (item) => {
    const { refundId, paymentId } = fromRefundItem(item);
    return [
      keys.ledgerEntry(refundId, 'refund'),
      keys.ledgerEntry(refundId, 'refund-failed'),
      keys.payment(paymentId),
      keys.outbox(giftRefundedKey(refundId)),
    ];
  },
  hold: (item, read, findings) => {
    const { refundId, paymentId, amount, status } = fromRefundItem(item);
    const subject = `refund ${refundId}`;
    findings.look('2 refunds');
    findings.look('5 messages');
    const say = (text: string) => findings.add('2 refunds', subject, text);
    const account = 'stripe';
    holdEntry(read, { key: keys.ledgerEntry(refundId, 'refund'), account, amount: -amount, say });
    const back = keys.ledgerEntry(refundId, 'refund-failed');
    if (status === 'failed') holdEntry(read, { key: back, account, amount, say });
    else if (read.itemAt(back)) say('has not failed, and the books hold its counter-entry');
    if (!read.itemAt(keys.payment(paymentId))) say(`its payment ${paymentId} is not there`);
    if (!read.itemAt(keys.outbox(giftRefundedKey(refundId)))) {
      findings.add('5 messages', subject, 'has no message, sent or waiting');
    }
  },
};

const disputeCheck: ItemCheck = {
  name: '2 disputes',
  read: fromDisputeItem,
  wanted: (item) => fromDisputeItem(item).booked.map(movementKey),
  hold: (item, read, findings) => {
    const { id, booked } = fromDisputeItem(item);
    findings.look('2 disputes');
    for (const movement of booked) {
      holdEntry(read, {
        key: movementKey(movement),
        account: 'stripe',
        amount: movement.amount - movement.fee,
        say: (text) => findings.add('2 disputes', `dispute ${id}, ${movement.id}`, text),
      });
    }
  },
};

function movementKey({ id, amount, fee }: BookedMovement): Key {
  const kind: EntryKind = amount - fee > 0 ? 'dispute-reinstated' : 'dispute-withdrawn';
  return keys.ledgerEntry(id, kind);
}

const checkoutCheck: ItemCheck = {
  name: '2 checkouts',
  read: fromCheckoutItem,
  subjectOf: ({ paymentId }) => `checkout of ${String(paymentId ?? 'no payment')}`,
  wanted: (item) => {
    const paymentId = paymentOf(item);
    return statusesOfPaid.has(item.status) && paymentId ? [keys.payment(paymentId)] : [];
  },
  hold: (item, read, findings) => {
    findings.look('2 checkouts');
    if (!statusesOfPaid.has(item.status)) return;
    // A checkout's id is a secret, so the finding names the payment.
    const paymentId = paymentOf(item);
    const subject = `checkout of ${paymentId ?? 'no payment'}`;
    const payment = paymentId && read.itemAt(keys.payment(paymentId));
    if (!payment) findings.add('2 checkouts', subject, `is ${String(item.status)} and has no payment`);
    else if (payment.checkoutId !== item.id)
      findings.add('2 checkouts', subject, 'its payment is of another checkout');
  },
};

const messageCheck: ItemCheck = {
  name: '5 messages',
  read: fromOutboxItem,
  wanted: (item) => wantedOf(fromOutboxItem(item)),
  hold: (item, read, findings) => {
    const subject = `message ${item.key}`;
    if (!isSwept(item)) findings.add('5 messages', subject, 'waits in a list in which no sweep looks');
    const message = fromOutboxItem(item);
    if (message.kind !== 'mail') return;
    findings.look('5 messages');
    const { paymentId } = message;
    const key = firstKeyOf(message.key);
    const isKnown = keysOf(message).includes(key);
    const [fact, checkout] = factsOf(message).map((wanted) => read.itemAt(wanted));
    if (!isKnown) findings.add('5 messages', subject, 'is one too many: its fact has another message');
    else if (!fact) findings.add('5 messages', subject, 'refers to something that is not there');
    else if (followedBy(message).some((at) => read.itemAt(at)?.sentAgainAs !== message.key)) {
      findings.add('5 messages', subject, 'is one too many: nobody sent the one before again');
    } else if (key === giftReceivedAgainKey(paymentId) && checkout?.addressCorrectedAt === undefined) {
      findings.add('5 messages', subject, 'is one too many: no address was corrected');
    }
  },
};

function wantedOf(message: StoredMessage): Key[] {
  return message.kind === 'mail' ? [...factsOf(message), ...followedBy(message)] : [];
}

/** The message before this one, when a person sent a mail again. */
function followedBy({ key }: StoredMessage<'mail'>): Key[] {
  const followed = followedKey(key);
  return followed === undefined ? [] : [keys.outbox(followed)];
}

/** The keys of the first messages that the fact of a mail has. */
function keysOf(message: StoredMessage<'mail'>): readonly string[] {
  switch (message.template) {
    case 'gift-received':
      return [giftReceivedKey(message.paymentId), giftReceivedAgainKey(message.paymentId)];
    case 'gift-refunded':
      return [giftRefundedKey(refundOf(message))];
    case 'promise-made':
      return [promiseMadeKey(promiseOf(message)), promiseDueKey(promiseOf(message))];
  }
}

function factsOf(message: StoredMessage<'mail'>): readonly [Key, Key] {
  return [factOf(message), keys.checkout(message.checkoutId)];
}

function factOf(message: StoredMessage<'mail'>): Key {
  switch (message.template) {
    case 'gift-received':
      return keys.payment(message.paymentId);
    case 'gift-refunded':
      return keys.refund(refundOf(message));
    case 'promise-made':
      return keys.promise(promiseOf(message));
  }
}

function holdEntry(
  read: ItemsRead,
  {
    key,
    account,
    amount,
    say,
  }: {
    readonly key: Key;
    readonly account: string;
    readonly amount: number;
    readonly say: (text: string) => void;
  },
): void {
  const item = read.itemAt(key);
  if (!item) {
    say(`has no ledger entry "${key.sk}"`);
    return;
  }
  const { postings } = fromLedgerEntryItem(item);
  const booked = sum(
    postings.filter((posting) => posting.account === account).map((posting) => posting.amount),
  );
  if (booked - amount !== 0) say(`its entry "${key.sk}" has ${booked} in ${account}, not ${amount}`);
}

const sliceCheck: ItemCheck = {
  name: '4 stock',
  read: fromSliceItem,
  wanted: () => [],
  hold: (item, _read, findings) => {
    const { subject, bucket, number, free } = fromSliceItem(item);
    if (number === 0 || free >= 0) return;
    findings.add('4 stock', `stock of ${subject}/${bucket}`, `its slice ${number} is below zero: ${free}`);
  },
};

const holdCheck: ItemCheck = {
  name: '4 stock',
  read: fromHoldItem,
  // A hold has the id of its checkout, which is a secret.
  subjectOf: ({ subject }) => `hold of ${String(subject)}`,
  wanted: () => [],
  hold: (item, _read, findings) => {
    const hold = fromHoldItem(item);
    const { list, listOrder } = toHoldItem(hold);
    if (item.list === list && item.listOrder === listOrder) return;
    findings.add('4 stock', `hold of ${hold.subject}`, 'stands where no sweep and no count looks');
  },
};

/** The check of each kind of item, by its entity. */
export const itemChecks: Readonly<Record<string, ItemCheck>> = {
  payment: paymentCheck,
  'ledger-entry': entryCheck,
  outbox: messageCheck,
  refund: refundCheck,
  dispute: disputeCheck,
  checkout: checkoutCheck,
  stock: sliceCheck,
  hold: holdCheck,
};
