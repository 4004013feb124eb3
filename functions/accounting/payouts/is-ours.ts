import { askWhose, type Whose } from '#payments/payment/ask-whose.ts';
import type { Context } from '#platform/context/context.ts';
import { keys } from '#platform/table/keys.ts';
import type { ItemsRead } from '#platform/table/table.ts';
import type { BalanceMovement } from './balance-movement.ts';

/** What belongs to a payment, and when its money moved; with the payment's own metadata, where they were read. */
type OfPayment = Omit<Parameters<typeof askWhose>[0], 'booked'>;

/**
 * Whose a payment is that money belongs to.
 * @param input.read holds the payment, if it is booked
 */
export function whoseIs(
  { of, read }: { readonly of: OfPayment; readonly read: ItemsRead },
  { stripe, now }: Pick<Context, 'stripe' | 'now'>,
): Promise<Whose> {
  const booked = of.paymentId !== undefined && read.itemAt(keys.payment(of.paymentId)) !== undefined;
  return askWhose({ ...of, booked }, { stripe, now });
}

/** Whether a movement is ours, waits for its payment to be booked, or is, so far, unassigned. */
export type Claim = 'ours' | 'waiting' | 'unassigned';

/**
 * Whose a movement of Stripe's balance is. Charges, refunds and disputes belong to their payment; payouts and Stripe's own fees are
 * ours. Everything else is unassigned: staff took it by hand, it belongs to another product of the account, or it is of an unknown
 * kind. Stripe is asked only for those without a payment here.
 */
export async function claimOf(
  { movement, read }: { readonly movement: BalanceMovement; readonly read: ItemsRead },
  { stripe, now }: Pick<Context, 'stripe' | 'now'>,
): Promise<Claim> {
  const { kind, fund, paymentId, at } = movement;
  switch (kind) {
    case 'charge':
    case 'refund':
    case 'refund-failed':
    case 'dispute': {
      if (kind === 'charge' && fund !== undefined) return 'ours';
      // A charge carries its payment's metadata, and they are not ours.
      const of = { paymentId, at, ...(kind === 'charge' && { own: null }) };
      const whose = await whoseIs({ of, read }, { stripe, now });
      return whose === 'another' ? 'unassigned' : whose;
    }
    case 'payout':
    case 'payout-failed':
    case 'fee':
      return 'ours';
    case 'other':
      return 'unassigned';
  }
}
