import { Attempts } from '#kernel/attention/attempt-each.ts';
import type { Person } from '#kernel/people/person-item.ts';
import { personAt } from '#kernel/people/read-person.ts';
import type { Payment } from '#payments/payment/payment.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import { hongKongMonth, monthsBetween } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import type { KeyedHash } from '#platform/ids.ts';
import { isNew } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { readIntact } from '#platform/table/read-item.ts';
import { type Item, readCollection, readItems, type Table } from '#platform/table/table.ts';
import { writeEach } from '#platform/table/write-each.ts';
import { writeOne } from '#platform/table/write-one.ts';
import {
  donorPaymentKey,
  indexedPayment,
  toDonorIndexItems,
  toUnindexedChanges,
} from './donor-index-item.ts';

/** As many as one request reads. */
const largestPage = 100;

interface Indexing extends Pick<Context, 'table' | 'now'> {
  readonly hash: () => Promise<KeyedHash>;
}

/**
 * Brings the payments since a moment into the index of donors and their names, those that are not there yet. It runs beside the way of a
 * gift, which it would make dearer; again it changes nothing.
 *
 * @returns how many were brought in
 * @throws WorkFailed at the end when a page could not be written; the others were
 */
export async function keepDonorIndex({ since }: { readonly since: Date }, ctx: Indexing): Promise<number> {
  const { table, now } = ctx;
  const attempts = new Attempts(ctx);
  let indexed = 0;
  for (const month of monthsBetween(hongKongMonth(since), hongKongMonth(now))) {
    const { pk } = keys.listedPayment(month, '');
    let before: string | undefined;
    do {
      const page = await readCollection(table, pk, {
        order: 'newest',
        limit: largestPage,
        ...(before !== undefined && { before }),
      });
      const wanted = page.filter(({ sk }) => sk >= since.toISOString());
      await attempts.one('donor-index', `${month}/${before ?? 'newest'}`, async () => {
        indexed += await indexPage(wanted, ctx);
      });
      before = wanted.length === largestPage ? page.at(-1)?.sk : undefined;
    } while (before !== undefined);
  }
  attempts.end('pages of payments could not be indexed.');
  return indexed;
}

/** @param listed names the payments, as `indexedPayment` reads them */
async function indexPage(listed: readonly Item[], { table, hash }: Indexing): Promise<number> {
  const ids = readIntact(listed, indexedPayment).map(keys.payment);
  const found = await readItems(table, ids);
  const items = ids.flatMap((key) => found.itemAt(key) ?? []);
  const payments = readIntact(items, fromPaymentItem);
  const there = await readItems(table, payments.map(donorPaymentKey));
  const fresh = payments.filter((payment) => !there.itemAt(donorPaymentKey(payment)));
  if (fresh.length === 0) return 0;
  const people = await readItems(
    table,
    fresh.map(({ checkoutId }) => keys.person(checkoutId)),
  );
  const known = await hash();
  const made = readIntact(fresh, (payment) => {
    const person = personAt(people, payment.checkoutId, payment.at);
    return person && { payment, person, ...toDonorIndexItems(payment, person, known) };
  }).filter((each) => each !== undefined);
  const puts = (put: Item) => ({ put, condition: isNew }) as const;
  // The donor's item says that it was done, so it comes last.
  await writeEach(
    table,
    made.flatMap(({ ofWords }) => ofWords.map(puts)),
  );
  await writeEach(
    table,
    made.map(({ ofDonor }) => puts(ofDonor)),
  );
  await dropErased(made, known, table);
  return made.length;
}

/** A person may have been erased while the words were written. */
async function dropErased(
  made: readonly { readonly payment: Payment; readonly person: Person }[],
  hash: KeyedHash,
  table: Table,
): Promise<void> {
  const wanted = made.map(({ payment }) => keys.person(payment.checkoutId));
  const people = await readItems(table, wanted, { consistent: true });
  for (const { payment, person } of made) {
    if (people.itemAt(keys.person(payment.checkoutId))) continue;
    for (const change of toUnindexedChanges(payment, person, hash)) await writeOne(table, change);
  }
}
