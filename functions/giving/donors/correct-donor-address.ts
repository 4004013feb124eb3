import { auditChange } from '#kernel/audit-log/audit-change.ts';
import { emailHash, toMovedAddressChanges } from '#kernel/people/donor-item.ts';
import { type Person, toReplacedAddressChange } from '#kernel/people/person-item.ts';
import { type Permit, permit as permitFor } from '#kernel/staff/rights.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import type { KeyedHash } from '#platform/ids.ts';
import { commit } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { once } from '#platform/table/once.ts';
import { readItems } from '#platform/table/table.ts';
import { type Donor, readDonor } from './read-donor.ts';

/** What a correction wrote: at how many payments the address is another one now. */
export interface AddressCorrected {
  readonly payments: number;
}

/** One transaction takes a hundred changes. */
const mostPayments = 90;

/**
 * Corrects a donor's address for the staff, at this payment and at every other one where the donor has the same. The audit entry says
 * that it was done, and holds no address. From then on the new address leads to the donor, and the old one to nobody; an address that
 * leads to another donor already goes on doing so.
 *
 * @throws Problem `not-found`, `person-erased`, `idempotency-key-reused`
 */
export async function correctDonorAddress(
  {
    paymentId,
    email,
    idempotencyKey,
    permit,
  }: {
    readonly paymentId: string;
    readonly email: string;
    readonly idempotencyKey: string;
    readonly permit: Permit<'person.write'>;
  },
  ctx: Pick<Context, 'table' | 'now'> & { readonly hash: () => Promise<KeyedHash> },
): Promise<AddressCorrected> {
  const { table, now } = ctx;
  const hash = await ctx.hash();
  const keyed = { caller: permit.actor.id, route: `address/${paymentId}`, key: idempotencyKey };
  const body = { email: emailHash(hash, email) };
  return once<AddressCorrected>(
    ctx,
    { ...keyed, body },
    {
      attempt: async (record) => {
        const { asked, others } = await readDonor(
          { paymentId, permit: permitFor(permit.actor, 'person.read') },
          { table },
        );
        const { payment, person } = asked;
        if (!person) throw new Problem('person-erased', 'The name and address of this donor were erased.');
        if (person.email === email) return { payments: 0 };
        const corrected = sameAddress({ asked, others }, person);
        const moved = await moveAddress(
          payment.donor,
          { from: person.email, to: email, hash },
          { table, now },
        );
        const outcome = await commit(table, () => ({
          once: record(String(corrected.length)),
          ...Object.fromEntries(
            corrected.map((id) => [id, toReplacedAddressChange(id, person.email, email)]),
          ),
          ...moved,
          audit: auditChange(
            permit,
            {
              object: { kind: 'person', id: paymentId },
              after: { state: 'address-corrected', payments: corrected.length },
            },
            now,
          ),
        }));
        return outcome.committed ? { payments: corrected.length } : undefined;
      },
      answer: async (count) => ({ payments: Number(count) }),
    },
  );
}

/** The checkouts of a donor whose person has the same address. */
function sameAddress({ asked, others }: Donor, { email }: Person): string[] {
  const same = [asked, ...others].filter(({ person }) => person?.email === email);
  return [...new Set(same.map(({ payment }) => payment.checkoutId))].slice(0, mostPayments);
}

async function moveAddress(
  donor: string | undefined,
  { hash, from, to }: { readonly hash: KeyedHash; readonly from: string; readonly to: string },
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<ReturnType<typeof toMovedAddressChanges>> {
  if (donor === undefined) return {};
  const hashed = { from: emailHash(hash, from), to: emailHash(hash, to) };
  if (hashed.from === hashed.to) return {};
  const wanted = [keys.email(hashed.from), keys.email(hashed.to)];
  return toMovedAddressChanges(
    { donor, now, ...hashed },
    await readItems(table, wanted, { consistent: true }),
  );
}
