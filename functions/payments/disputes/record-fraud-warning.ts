import { toAttentionItem } from '#kernel/attention/attention-item.ts';
import type { Listed } from '#payments/payment/list-other-currency.ts';
import type { Context } from '#platform/context/context.ts';
import { count } from '#platform/log.ts';
import { putNew } from '#platform/table/write-one.ts';

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
  const kind = 'early-fraud-warning' as const;
  if (await putNew(table, toAttentionItem({ kind, id, paymentId, at: now, reason: fraudType }))) {
    return 'duplicate';
  }
  count('EarlyFraudWarning', { warningId: id, paymentId, fraudType });
  return 'listed';
}
