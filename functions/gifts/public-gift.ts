import type { Person } from '../checkouts/person-item.ts';
import type { Gift } from './gift.ts';
import type { PublicGift } from './latest-gifts-item.ts';

/**
 * The allow-listed projection of a gift: what the whole world may see. Hidden fields are null; a person whose data was
 * erased shows neither name nor amount; words are not shown before somebody has approved them.
 */
export function toPublicGift(gift: Gift, person: Person | undefined): PublicGift {
  return {
    name: person && !person.hideName ? person.name : null,
    amount: person && !person.hideAmount ? gift.amount : null,
    message: null,
    frequency: gift.frequency,
    at: gift.at.toISOString(),
  };
}
