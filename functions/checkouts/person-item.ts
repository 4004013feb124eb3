import { keys } from '../table/keys.ts';
import type { Item } from '../table/table.ts';

/** The personal data of one checkout: the only place where it is kept. */
export interface Person {
  readonly checkoutId: string;
  readonly name: string;
  readonly email: string;
  readonly hideName: boolean;
  readonly hideAmount: boolean;
  /** Words for the campaign's page; shown once a person has approved them. */
  readonly message: string | undefined;
  /** Consent to appeals by mail, with the wording that was shown (PDPO Cap. 486, part 6A). */
  readonly marketingConsent: { readonly wording: string; readonly at: string } | undefined;
}

/** The item of a person. */
export function toPersonItem(person: Person): Item {
  return {
    ...keys.person(person.checkoutId),
    entity: 'person',
    v: 1,
    checkoutId: person.checkoutId,
    name: person.name,
    email: person.email,
    hideName: person.hideName,
    hideAmount: person.hideAmount,
    ...(person.message && { message: person.message, messageState: 'waiting' }),
    ...(person.marketingConsent && { marketingConsent: person.marketingConsent }),
  };
}

/** Reads a person's item. */
export function fromPersonItem(item: Item): Person {
  return {
    checkoutId: item.checkoutId as string,
    name: item.name as string,
    email: item.email as string,
    hideName: item.hideName as boolean,
    hideAmount: item.hideAmount as boolean,
    message: item.message as string | undefined,
    marketingConsent: item.marketingConsent as Person['marketingConsent'],
  };
}
