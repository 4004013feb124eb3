import { requireInBooks } from '#accounting/accounts/require-in-books.ts';
import { auditChange } from '#kernel/audit-log/audit-change.ts';
import { emailHash } from '#kernel/people/donor-item.ts';
import { keepDonor } from '#kernel/people/keep-donor.ts';
import { type Person, toNewPersonItem } from '#kernel/people/person-item.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import { enteredPaymentIds, type KeyedHash } from '#platform/ids.ts';
import { commit, isNew } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { once } from '#platform/table/once.ts';
import { readItems } from '#platform/table/table.ts';
import type { EnteredPayment } from './entered-payment.ts';
import { fromEnteredPaymentItem, toEnteredPaymentItem } from './entered-payment-item.ts';
import { type EnteredPaymentRequest, requireSense } from './entered-payment-request.ts';

/**
 * Enters money that came outside Stripe. It waits ten minutes, in which it can be undone; then the sweep books it. The same money, by
 * fund, day, amount and reference, is entered once.
 *
 * @returns the entry, also when the same request made it before
 * @throws Problem `invalid`, `already-entered`, `idempotency-key-reused`
 */
export async function enterPayment(
  {
    request,
    idempotencyKey,
    permit,
  }: {
    readonly request: EnteredPaymentRequest;
    readonly idempotencyKey: string;
    readonly permit: Permit<'payment.enter'>;
  },
  ctx: Pick<Context, 'table' | 'now'> & { readonly hash: () => Promise<KeyedHash> },
): Promise<{ readonly id: string; readonly entered: EnteredPayment | undefined }> {
  const { table, now, hash } = ctx;
  requireSense(request, now);
  await requireInBooks(request, { table, now });
  const { fund, day, amount, reference, email } = request;
  const { id, checkoutId } = enteredPaymentIds([fund, day, amount, reference.trim().toLowerCase()]);
  const keyed = { caller: permit.actor.id, route: 'payments', key: idempotencyKey, body: request };
  const at = keys.enteredPayment(id);
  return once(ctx, keyed, {
    attempt: async (record) => {
      const wanted = [keys.campaign(fund), keys.payment(id), at];
      const read = await readItems(table, wanted, { consistent: true });
      if (!read.itemAt(keys.campaign(fund))) throw noFund();
      if (read.itemAt(keys.payment(id)) || read.itemAt(at)) throw enteredBefore();
      const address = email === undefined ? undefined : emailHash(await hash(), email);
      const donor = address === undefined ? undefined : await keepDonor(address, { table, now });
      const entered: EnteredPayment = {
        ...{ id, checkoutId, fund, amount, day, reference, donor },
        ...{ means: request.means, language: request.language, thank: request.thank },
        ...{ by: permit.actor.id, enteredAt: now },
      };
      const person = personOf(request, checkoutId, address);
      const outcome = await commit(table, () => ({
        once: record(id),
        entered: { put: toEnteredPaymentItem(entered), condition: isNew },
        ...(person && { person: { put: toNewPersonItem(person, now) } }),
        audit: auditChange(
          permit,
          { object: { kind: 'gift', id }, after: { state: 'entered', amount, currency: 'hkd' } },
          now,
        ),
      }));
      return outcome.committed ? { id, entered } : undefined;
    },
    answer: async () => {
      const item = (await readItems(table, [at], { consistent: true })).itemAt(at);
      return { id, entered: item && fromEnteredPaymentItem(item) };
    },
  });
}

/** Who gave it; undefined where nobody is known. Unless they were asked, they are anonymous in public. */
function personOf(
  { name, email, receiptName, mayShow }: EnteredPaymentRequest,
  checkoutId: string,
  address: string | undefined,
): Person | undefined {
  if (name === undefined) return undefined;
  return {
    ...{ checkoutId, name, email: email ?? '' },
    displayName: mayShow ? name : undefined,
    ...(receiptName !== undefined && { receiptName: receiptName.trim() }),
    ...(address !== undefined && { newAddress: address }),
    hideName: !mayShow,
    hideAmount: false,
    message: undefined,
    marketingConsent: undefined,
  };
}

function noFund(): Problem {
  const detail = 'There is no such fund.';
  return new Problem('invalid', detail, { errors: [{ pointer: '/fund', detail }] });
}

function enteredBefore(): Problem {
  return new Problem(
    'already-entered',
    'This money was entered before: the same fund, day, amount and reference. If it came twice, the second has a reference of its own.',
  );
}
