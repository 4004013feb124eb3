import { waitingCommentKey } from '#giving/comments/comment-item.ts';
import { auditChange } from '#kernel/audit-log/audit-change.ts';
import { donorIn, emailHash } from '#kernel/people/donor-item.ts';
import type { Person } from '#kernel/people/person-item.ts';
import { type Permit, permit as permitFor } from '#kernel/staff/rights.ts';
import { receiptDataOf, toReceiptDataItem } from '#payments/payment/receipt-data-item.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import type { KeyedHash } from '#platform/ids.ts';
import { type Change, type Changes, commit } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { once } from '#platform/table/once.ts';
import { readCollection, readItems } from '#platform/table/table.ts';
import { toUnindexedChanges } from './donor-index-item.ts';
import type { DonorPayment } from './read-donor.ts';
import { readErasure } from './read-erasure.ts';

/** What an erasure did. */
export interface Erased {
  /** At how many payments there is nobody any more. */
  readonly payments: number;
}

interface Erasing extends Pick<Context, 'table' | 'now'> {
  readonly hash: KeyedHash;
}

/**
 * Erases what is kept of a payment's donor at all payments: names, addresses, comments, mails, consents, and the words by which they are
 * found. Sums and dates stay, and for seven years what a receipt holds where a name for one was given. Each payment is one transaction,
 * whose change makes the projector rebuild the newest gifts; the last one removes the addresses and writes the audit entry, so that the
 * same request finishes what a crash left.
 *
 * @throws Problem `not-found`, `person-erased`, `erasure-stopped` while something is under way, and then nothing is erased;
 * `idempotency-key-reused`
 */
export async function eraseDonor(
  {
    paymentId,
    idempotencyKey,
    permit,
  }: {
    readonly paymentId: string;
    readonly idempotencyKey: string;
    readonly permit: Permit<'person.write'>;
  },
  ctx: Pick<Context, 'table' | 'now'> & { readonly hash: () => Promise<KeyedHash> },
): Promise<Erased> {
  const { table, now } = ctx;
  const keyed = { caller: permit.actor.id, route: `erasure/${paymentId}`, key: idempotencyKey, body: {} };
  return once<Erased>(ctx, keyed, {
    attempt: async (record) => {
      const { asked, others, stops } = await readErasure(
        { paymentId, permit: permitFor(permit.actor, 'person.read') },
        { table, now },
      );
      if (stops.length > 0) throw new Problem('erasure-stopped', `Under way: ${stops.join(', ')}.`);
      const known = [...others, asked].filter(isKnown);
      if (known.length === 0) throw new Problem('person-erased', 'Nothing is kept of this donor any more.');
      const erasing = { table, now, hash: await ctx.hash() };
      // The payment that was asked about comes last: until then the same request finds what is left.
      for (const each of known.filter(({ payment }) => payment.paymentId !== paymentId)) {
        await erasePayment(each, {}, erasing);
      }
      const { donor } = asked.payment;
      const end = {
        once: record(String(known.length)),
        ...(donor !== undefined && (await addressRemovals(donor, known, erasing))),
        audit: auditChange(
          permit,
          { object: { kind: 'person', id: paymentId }, after: { state: 'erased', payments: known.length } },
          now,
        ),
      };
      const last = known.find(({ payment }) => payment.paymentId === paymentId);
      const isDone = last
        ? await erasePayment(last, end, erasing)
        : (await commit(table, () => end)).committed;
      return isDone ? { payments: known.length } : undefined;
    },
    answer: async (count) => ({ payments: Number(count) }),
  });
}

type Known = DonorPayment & { readonly person: Person };

function isKnown(each: DonorPayment): each is Known {
  return each.person !== undefined;
}

/** A person was sent few mails, and a checkout of a plan has few payments. */
const mostBeside = 50;

/** @param more is written with it */
async function erasePayment(
  { payment, person }: Known,
  more: Changes<string>,
  { table, now, hash }: Erasing,
): Promise<boolean> {
  const { checkoutId, paymentId, at } = payment;
  const beside = await readCollection(table, keys.person(checkoutId).pk, {
    order: 'oldest',
    limit: mostBeside,
  });
  const gone = beside.filter(({ entity }) => entity === 'mail' || entity === 'person');
  const receipt = receiptDataOf(payment, person, now);
  const outcome = await commit(table, () => ({
    ...named(
      'beside',
      gone.map(({ pk, sk }) => ({ remove: { pk, sk } })),
    ),
    ...named('index', toUnindexedChanges(payment, person, hash)),
    words: { remove: waitingCommentKey({ checkoutId, at }) },
    ...(receipt && { receipt: { put: toReceiptDataItem(receipt) } }),
    payment: {
      update: keys.payment(paymentId),
      set: { expression: 'SET erasedAt = :now', values: { ':now': now.toISOString() } },
      condition: 'attribute_exists(pk)',
    },
    ...more,
  }));
  return outcome.committed;
}

function named(name: string, changes: readonly Change[]): Record<string, Change> {
  return Object.fromEntries(changes.map((change, index) => [`${name}${index}`, change]));
}

/** What lets the addresses of a donor lead to nobody. */
async function addressRemovals(
  donor: string,
  known: readonly Known[],
  { table, now, hash }: Erasing,
): Promise<Record<string, Change>> {
  const addresses = known.flatMap(({ person: { email, newAddress } }) => [
    ...(email === '' ? [] : [emailHash(hash, email)]),
    ...(newAddress === undefined ? [] : [newAddress]),
  ]);
  const wanted = [...new Set(addresses)].slice(0, mostBeside).map(keys.email);
  const read = await readItems(table, wanted, { consistent: true });
  const own = wanted.filter((key) => donorIn(read.itemAt(key), now) === donor);
  return named(
    'address',
    own.map((remove) => ({
      remove,
      condition: { expression: 'donor = :donor', values: { ':donor': donor } },
    })),
  );
}
