import type { CheckoutStatus } from '../checkouts/checkout.ts';
import { fromCheckoutItem } from '../checkouts/checkout-item.ts';
import { fromPersonItem, type Person } from '../checkouts/person-item.ts';
import type { LedgerEntry } from '../ledger/ledger-entry.ts';
import { fromLedgerEntryItem } from '../ledger/ledger-entry-item.ts';
import { Problem } from '../platform/errors.ts';
import type { Permit } from '../staff/rights.ts';
import { keys } from '../table/keys.ts';
import { readCollection, readItems, type Table } from '../table/table.ts';
import type { Gift } from './gift.ts';
import { fromGiftItem } from './gift-item.ts';

/** A gift with what belongs to it. */
export interface GiftFile {
  readonly gift: Gift;
  /** All entries of its payment, by kind. */
  readonly entries: readonly LedgerEntry[];
  /** Where its checkout stands; undefined when it is not there any more. */
  readonly checkoutStatus: CheckoutStatus | undefined;
  /** Undefined without the right to read it, and when it was erased. */
  readonly person: Person | undefined;
}

/** More entries than a payment can have: each kind of entry stands once, and refunds are few. */
const mostEntries = 200;

/**
 * Reads a gift with its ledger entries, its checkout's status and, with that permit too, the giver.
 * @throws Problem `not-found`
 */
export async function readGift(
  table: Table,
  paymentId: string,
  _permit: Permit<'gift.read'>,
  personPermit: Permit<'person.read'> | undefined,
): Promise<GiftFile> {
  const item = isPaymentId(paymentId)
    ? (await readItems(table, [keys.gift(paymentId)], { consistent: true })).itemAt(keys.gift(paymentId))
    : undefined;
  if (!item) throw new Problem('not-found', 'There is no such gift.');
  const gift = fromGiftItem(item);
  const [checkoutKey, personKey] = [keys.checkout(gift.checkoutId), keys.person(gift.checkoutId)];
  const [entries, read] = await Promise.all([
    readCollection(table, keys.ledgerEntry(paymentId, '').pk, { order: 'oldest', limit: mostEntries }),
    readItems(table, personPermit ? [checkoutKey, personKey] : [checkoutKey], { consistent: true }),
  ]);
  const [checkout, person] = [read.itemAt(checkoutKey), read.itemAt(personKey)];
  return {
    gift,
    entries: entries.map(fromLedgerEntryItem),
    checkoutStatus: checkout && fromCheckoutItem(checkout).status,
    person: person && fromPersonItem(person),
  };
}

/** Whether a text can be a payment's id: it becomes part of a key. */
export function isPaymentId(text: string): boolean {
  return /^\w{1,100}$/.test(text);
}
