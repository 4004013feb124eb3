import Stripe from 'stripe';
import type { RecordGift } from '../gifts/record-gift.ts';
import { count, log } from '../platform/log.ts';
import { handleEvent } from './events.ts';

/** What became of an event: a word of its handler, or `other-mode` when it is not for this stage and was refused. */
export type Taken = string;

/**
 * Takes an event that is known to be Stripe's to its handler, however it came: delivered, or read from Stripe's list.
 * @param livemode whether this stage takes real money; an event of the other kind is refused, and an alarm rings
 */
export async function takeEvent(
  event: Stripe.Event,
  deps: RecordGift & { readonly livemode: boolean },
): Promise<Taken> {
  if (event.livemode !== deps.livemode) {
    count('UnexpectedLivemode', { eventId: event.id, type: event.type });
    return 'other-mode';
  }
  if (event.api_version !== Stripe.API_VERSION) {
    count('UnexpectedApiVersion', { eventId: event.id, version: event.api_version ?? 'none' });
  }
  const outcome = await handleEvent(event, deps);
  log('info', 'stripe-event', { eventId: event.id, type: event.type, outcome });
  return outcome;
}
