import Stripe from 'stripe';
import type { BookingContext } from '#payments/gifts/record-gift.ts';
import { count, log } from '#platform/log.ts';
import type { EventOutcome } from './event-outcome.ts';
import { handleEvent, usableEvent } from './events.ts';

/**
 * Takes an event that is known to be Stripe's to its handler, however it came: delivered, or read from Stripe's list.
 * @param body what was delivered or listed, of any shape
 * @param livemode whether this stage takes real money; an event of the other kind is refused, and an alarm rings
 * @throws UnusableEvent before anything is read or written, when the event cannot be taken as it is
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
