import type Stripe from 'stripe';
import { paymentMetadata } from '#payments/checkout/gateway.ts';
import { fromMetadata } from '#payments/checkout/metadata.ts';
import { keys } from '#platform/table/keys.ts';
import type { ItemsRead } from '#platform/table/table.ts';
import type { BalanceMovement } from './balance-movement.ts';

/**
 * Whether a payment is of ours: its gift is booked, or Stripe has our key with it.
 * @param read holds the payment's gift, if it is there
 */
export async function isOurPayment(
  paymentId: string | undefined,
  read: ItemsRead,
  stripe: Stripe,
): Promise<boolean> {
  if (paymentId === undefined) return false;
  if (read.itemAt(keys.gift(paymentId))) return true;
  return fromMetadata((await paymentMetadata(paymentId, { stripe })) ?? null) !== undefined;
}

/** What the books know of a movement: it is of ours, or nobody has claimed it (yet). */
export type Claim = 'ours' | 'unassigned';

/**
 * Whose a movement of Stripe's balance is: charges, refunds and disputes are of their payment; payouts and Stripe's own fees are ours.
 * What is left nobody has claimed: it was taken by hand, belongs to another product of the account, or is of a kind that we do not
 * know. Stripe is asked only for what gives money back and has no gift here.
 */
export async function claimOf(movement: BalanceMovement, read: ItemsRead, stripe: Stripe): Promise<Claim> {
  return (await isOurs(movement, read, stripe)) ? 'ours' : 'unassigned';
}

async function isOurs(movement: BalanceMovement, read: ItemsRead, stripe: Stripe): Promise<boolean> {
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
    case 'payout':
    case 'payout-failed':
    case 'fee':
      return true;
    case 'other':
      return false;
  }
}
