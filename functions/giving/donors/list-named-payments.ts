import { personAt } from '#kernel/people/read-person.ts';
import type { StaffPaging } from '#kernel/staff/list-cursor.ts';
import type { StaffPage } from '#kernel/staff/list-newest.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import type { Payment } from '#payments/payment/payment.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import type { Context } from '#platform/context/context.ts';
import type { KeyedHash } from '#platform/ids.ts';
import { keys } from '#platform/table/keys.ts';
import { read, readIntact } from '#platform/table/read-item.ts';
import { type Item, readCollection, readItems } from '#platform/table/table.ts';
import { indexedPayment } from './donor-index-item.ts';
import { hashedWords } from './name-words.ts';

/** More words than this make no search narrower. */
const mostWords = 4;
/** How many payments of a word are looked at for a page. */
const lookedAt = 100;

/**
 * A page of the payments whose donor's name holds all these words, newest first: a request a word, three for the other words at most,
 * and two, however many payments there are. Where every word is common, a page may hold few, or none, and the next one more.
 */
export async function listNamedPayments(
  {
    name,
    paging: { before, limit },
  }: { readonly name: string; readonly paging: StaffPaging; readonly permit: Permit<'person.read'> },
  { table, hash }: Pick<Context, 'table'> & { readonly hash: KeyedHash },
): Promise<StaffPage<Payment>> {
  const words = hashedWords(name, hash).slice(0, mostWords);
  const ofWords = await Promise.all(
    words.map(async (word) => {
      const options = { order: 'newest', limit: lookedAt, ...(before !== undefined && { before }) } as const;
      return { word, items: await readCollection(table, keys.namedPayment(word, '').pk, options) };
    }),
  );
  const [rarest, ...others] = ofWords.sort((a, b) => a.items.length - b.items.length);
  if (!rarest) return { data: [], next: undefined };
  const keysOf = ({ sk }: Item) => others.map(({ word }) => keys.namedPayment(word, sk));
  const found = await readItems(table, rarest.items.flatMap(keysOf));
  const matching = rarest.items.filter((item) => keysOf(item).every((key) => found.itemAt(key)));
  const shown = matching.slice(0, limit);
  const last = matching.length > limit ? shown.at(-1) : rarest.items[lookedAt - 1];
  return {
    data: await readKnown(readIntact(shown, indexedPayment), { table }),
    next: last && read(last).text('listOrder'),
  };
}

/** The payments whose donors were not erased meanwhile. */
async function readKnown(ids: readonly string[], { table }: Pick<Context, 'table'>): Promise<Payment[]> {
  const wanted = ids.map(keys.payment);
  const found = await readItems(table, wanted);
  const items = wanted.flatMap((key) => found.itemAt(key) ?? []);
  const payments = readIntact(items, fromPaymentItem);
  const people = await readItems(
    table,
    payments.map(({ checkoutId }) => keys.person(checkoutId)),
  );
  return payments.filter(({ checkoutId, at }) => personAt(people, checkoutId, at));
}
