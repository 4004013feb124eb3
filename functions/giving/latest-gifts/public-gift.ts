import type { Person } from '#kernel/people/person-item.ts';
import { publicNameOf } from '#kernel/people/public-name.ts';
import { netGift, type Payment } from '#payments/payment/payment.ts';
import type { PublicGift } from './latest-gifts-item.ts';

/**
 * The allow-listed projection of a gift: what everybody may see. Hidden fields are null; a person whose data was erased shows neither
 * name nor amount; a partly refunded gift shows its net amount; a comment appears only once staff approved it. A gift that is fully
 * reversed or under review is in no list (`isListed`).
 */
export function toPublicGift(gift: Payment, person: Person | undefined): PublicGift {
  return {
    name: (person && publicNameOf(person)) ?? null,
    amount: person && !person.hideAmount ? netGift(gift) : null,
    message: person?.messageState === 'approved' ? (person.message ?? null) : null,
    frequency: gift.frequency,
    at: gift.at.toISOString(),
  };
}
