import type Stripe from 'stripe';
import { paymentMetadata } from '#payments/checkout/gateway.ts';
import { fromMetadata } from '#payments/checkout/metadata.ts';
import { keys } from '#platform/table/keys.ts';
import type { ItemsRead } from '#platform/table/table.ts';
import type { BalanceMovement } from './balance-movement.ts';

/**
 * Whether a payment is of ours: its gift is booked, or Stripe has our key with it. Every other belongs to another product of the
 * account.
 * @param read holds the payment's gift, if it is there
 */
export async function isOurPayment(
  paymentId: string | undefined,
  read: ItemsRead,
  stripe: Stripe,
): Promise<boolean> {
  if (paymentId === undefined) return false;
  if (read.itemAt(keys.gift(paymentId))) return true;
  return fromMetadata((await paymentMetadata(stripe, paymentId)) ?? null) !== undefined;
}

/**
 * Whether a movement of Stripe's balance is of ours: charges, refunds and disputes by their payment; payouts, Stripe's own fees and
 * what we do not know are the account's. Stripe is asked only for what gives money back and has no gift here.
 */
export async function isOurs(movement: BalanceMovement, read: ItemsRead, stripe: Stripe): Promise<boolean> {
  const { kind, campaign, paymentId } = movement;
  switch (kind) {
    case 'charge':
      return (
        campaign !== undefined || (paymentId !== undefined && read.itemAt(keys.gift(paymentId)) !== undefined)
      );
    case 'refund':
    case 'refund-failed':
    case 'dispute':
      return isOurPayment(paymentId, read, stripe);
    default:
      return true;
  }
}
