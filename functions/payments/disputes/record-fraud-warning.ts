import { callOnce } from '#kernel/attention/call-person.ts';
import type { Listed } from '#payments/payment/list-other-currency.ts';
import type { Context } from '#platform/context/context.ts';

/** A card issuer's word that a payment was fraud (Stripe's early fraud warning). */
export interface FraudWarning {
  /** Stripe's `issfr_…`. */
  readonly id: string;
  readonly paymentId: string | undefined;
  readonly fraudType: string;
}

/**
 * Lists a card issuer's warning for a person, once: a refund now can avert a dispute and its fee. It moves no money.
 */
export async function recordFraudWarning(
  { id, paymentId, fraudType }: FraudWarning,
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<Listed> {
  const attention = { kind: 'early-fraud-warning', id, paymentId, at: now, reason: fraudType } as const;
  const fields = { warningId: id, paymentId, fraudType };
  const isNew = await callOnce({ need: 'EarlyFraudWarning', attention, fields }, { table });
  return isNew ? 'listed' : 'duplicate';
}
