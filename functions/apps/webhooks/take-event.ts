import Stripe from 'stripe';
import type { BookingContext } from '#payments/payment/record-payment.ts';
import { count, log } from '#platform/log.ts';
import type { EventOutcome } from './event-outcome.ts';
import { handleEvent, usableEvent } from './events.ts';

/**
 * Passes an event that certainly comes from Stripe to its handler: one that was delivered, or one from Stripe's list.
 * @param body the delivered or listed event, of any shape
 * @param livemode whether this stage takes real money; an event of the other mode is refused and raises an alarm
 * @throws UnusableEvent before anything is read or written, when the event can never be taken
 */
export async function takeEvent(
  body: unknown,
  ctx: BookingContext & { readonly livemode: boolean },
): Promise<EventOutcome> {
  const event = usableEvent(body, ctx.now);
  if (event.livemode !== ctx.livemode) {
    count('UnexpectedLivemode', { eventId: event.id, type: event.type });
    return 'other-mode';
  }
  if (event.api_version !== Stripe.API_VERSION) {
    count('UnexpectedApiVersion', { eventId: event.id, version: event.api_version ?? 'none' });
  }
  const outcome = await handleEvent(event, ctx);
  log('info', 'stripe-event', { eventId: event.id, type: event.type, outcome });
  return outcome;
}
