import { ourMetadata } from '#payments/checkout/gateway.ts';
import type { Context } from '#platform/context/context.ts';

/**
 * Whose a payment is: `ours`; `waiting` – the month of a plan of ours, which is booked a moment later, when its invoice is read again;
 * `another` – staff took it by hand, or another product of the account did.
 */
export type Whose = 'ours' | 'waiting' | 'another';

/** A month of a plan that is not booked for so long is a difference. Milliseconds. */
const patience = 24 * 3_600_000;

/**
 * Asks whose a payment is. Stripe is asked only for one that is not booked.
 *
 * @param asked.booked whether its payment is booked here
 * @param asked.at when its money moved
 * @param asked.own its own metadata, where the caller has it
 */
export async function askWhose(
  {
    paymentId,
    booked,
    at,
    ...asked
  }: {
    readonly paymentId: string | undefined;
    readonly booked: boolean;
    readonly at: Date;
    readonly own?: Record<string, string> | null;
  },
  { stripe, now }: Pick<Context, 'stripe' | 'now'>,
): Promise<Whose> {
  if (paymentId === undefined) return 'another';
  if (booked) return 'ours';
  const ours = await ourMetadata({ paymentId, ...asked }, { stripe });
  if (!ours) return 'another';
  return ours.throughInvoice && now.getTime() - at.getTime() < patience ? 'waiting' : 'ours';
}
