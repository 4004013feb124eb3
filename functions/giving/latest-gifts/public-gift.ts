import type { Person } from '#kernel/people/person-item.ts';
import { publicNameOf } from '#kernel/people/public-name.ts';
import { type Gift, netAmount } from '#payments/gifts/gift.ts';
import type { PublicGift } from './latest-gifts-item.ts';

/**
 * The allow-listed projection of a gift: what the whole world may see. Hidden fields are null; a person whose data was
 * erased shows neither name nor amount; of a gift that was given back in part the rest is shown; words are not shown before
 * somebody has approved them. A gift of which nothing is left, or that is held, is in no list (`isListed`).
 */
export function toPublicGift(gift: Gift, person: Person | undefined): PublicGift {
  return {
    name: (person && publicNameOf(person)) ?? null,
    amount: person && !person.hideAmount ? netAmount(gift) : null,
    message: person?.messageState === 'approved' ? (person.message ?? null) : null,
    frequency: gift.frequency,
    at: gift.at.toISOString(),
  };
}
