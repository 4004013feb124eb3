import { fromCampaignItem } from '#giving/campaigns/campaign-item.ts';
import { newestGifts } from '#giving/latest-gifts/list-gifts.ts';
import type { Person } from '#kernel/people/person-item.ts';
import { personAt } from '#kernel/people/read-person.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import { hongKongMonth } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import { keys } from '#platform/table/keys.ts';
import { readIntact } from '#platform/table/read-item.ts';
import { readItems } from '#platform/table/table.ts';

/** The name that a donor gave for the page, with what staff need in order to hide or show it. */
export interface NamedGift {
  readonly checkoutId: string;
  readonly paymentId: string;
  readonly name: string;
  readonly state: 'shown' | 'waiting' | 'hidden' | 'hidden-by-donor';
  /** When the gift was paid. */
  readonly at: Date;
}

/** How many of the newest gifts are listed: those on the first pages of supporters. */
const listed = 100;

/**
 * The names of a campaign's newest hundred gifts, newest first; gifts without a name are left out.
 * @throws Problem `not-found`
 */
export async function listNames(
  { slug }: { readonly slug: string; readonly permit: Permit<'words.moderate'> },
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<NamedGift[]> {
  const item = (await readItems(table, [keys.campaign(slug)])).itemAt(keys.campaign(slug));
  if (!item) throw new Problem('not-found', 'There is no such campaign.');
  const first = hongKongMonth(fromCampaignItem(item).opensAt);
  const gifts = await newestGifts(
    { slug, months: { first, last: hongKongMonth(now) }, limit: listed },
    { table },
  );
  const people = await readItems(
    table,
    gifts.map(({ checkoutId }) => keys.person(checkoutId)),
    { consistent: true },
  );
  const named = readIntact(gifts, ({ checkoutId, paymentId, at }): NamedGift | undefined => {
    const person = personAt(people, checkoutId, at);
    if (!person?.displayName) return undefined;
    return { checkoutId, paymentId, name: person.displayName, state: stateOf(person), at };
  });
  return named.filter((gift) => gift !== undefined);
}

function stateOf({ hideName, nameState }: Person): NamedGift['state'] {
  if (hideName) return 'hidden-by-donor';
  return nameState === 'approved' ? 'shown' : nameState === 'refused' ? 'hidden' : 'waiting';
}
