import { paymentMetadata } from '#payments/checkout/gateway.ts';
import { fromMetadata } from '#payments/checkout/metadata.ts';
import type { Context } from '#platform/context/context.ts';
import { keys } from '#platform/table/keys.ts';
import type { ItemsRead } from '#platform/table/table.ts';
import type { BalanceMovement } from './balance-movement.ts';

/**
 * Whether a payment is ours: its gift is booked, or its metadata at Stripe holds our key.
 * @param input.read holds the payment's gift, if there is one
 */
export async function isOurPayment(
  { paymentId, read }: { readonly paymentId: string | undefined; readonly read: ItemsRead },
  { stripe }: Pick<Context, 'stripe'>,
): Promise<boolean> {
  if (paymentId === undefined) return false;
  if (read.itemAt(keys.payment(paymentId))) return true;
  return fromMetadata((await paymentMetadata(paymentId, { stripe })) ?? null) !== undefined;
}

/** Whether a movement is ours or, so far, unassigned. */
export type Claim = 'ours' | 'unassigned';

/**
 * Whose a movement of Stripe's balance is. Charges, refunds and disputes belong to their payment; payouts and Stripe's own fees are
 * ours. Everything else is unassigned: staff took it by hand, it belongs to another product of the account, or it is of an unknown
 * kind. Stripe is asked only for refunds and disputes without a gift here.
 */
export async function claimOf(
  asked: { readonly movement: BalanceMovement; readonly read: ItemsRead },
  ctx: Pick<Context, 'stripe'>,
): Promise<Claim> {
  return (await isOurs(asked, ctx)) ? 'ours' : 'unassigned';
}

async function isOurs(
  { movement, read }: { readonly movement: BalanceMovement; readonly read: ItemsRead },
  ctx: Pick<Context, 'stripe'>,
): Promise<boolean> {
  const { kind, fund, paymentId } = movement;
  switch (kind) {
    case 'charge':
      return (
        fund !== undefined || (paymentId !== undefined && read.itemAt(keys.payment(paymentId)) !== undefined)
      );
    case 'refund':
    case 'refund-failed':
    case 'dispute':
      return isOurPayment({ paymentId, read }, ctx);
    case 'payout':
    case 'payout-failed':
    case 'fee':
      return true;
    case 'other':
      return false;
  }
}
