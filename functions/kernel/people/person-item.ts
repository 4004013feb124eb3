import { languages } from '#platform/charity.ts';
import type { Change } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { type Fields, read } from '#platform/table/read-item.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import { isThere, removeTimeToLive, setTimeToLive, timeToLive } from '#platform/table/time-to-live.ts';
import type { SeparateChange } from '#platform/table/write-each.ts';
import type { SingleChange } from '#platform/table/write-one.ts';
import type { Consent } from './consent.ts';
import { nameWaits } from './display-name.ts';

const messageStates = ['waiting', 'approved', 'refused'] as const;

/** The state of a person's comment, or of the name for the page: only approved ones are shown. */
export type MessageState = (typeof messageStates)[number];

/** The personal data of one checkout: the only place where it is kept. */
export interface Person {
  readonly checkoutId: string;
  /** The name that we thank. It never stands in public. */
  readonly name: string;
  /** The name for the campaign's page; without one the gift is anonymous there. */
  readonly displayName: string | undefined;
  /** What was decided about `displayName`; undefined for a new one, which waits if `nameWaits` says so. */
  readonly nameState?: MessageState | undefined;
  readonly email: string;
  /** The name for a receipt, if it is another one. */
  readonly receiptName?: string | undefined;
  /** The hash of an address that is kept once a payment appears; undefined where it is kept already. */
  readonly newAddress?: string | undefined;
  /** Hides `displayName` too. */
  readonly hideName: boolean;
  readonly hideAmount: boolean;
  /** The comment for the campaign's page; shown once it is approved. */
  readonly message: string | undefined;
  /** What was decided about the comment; undefined for a new one, which waits. */
  readonly messageState?: MessageState | undefined;
  /** Consent to appeals by mail, with the wording that was shown (PDPO Cap. 486, part 6A). */
  readonly marketingConsent: Consent | undefined;
  /** The address was corrected after the booking: a second thank-you goes there, and the first is not sent any more. */
  readonly thankedAnew?: boolean;
}

export function toPersonItem(person: Person): Item {
  return toItem(keys.person(person.checkoutId), 'person', 3, {
    checkoutId: person.checkoutId,
    name: person.name,
    ...(person.displayName && {
      displayName: person.displayName,
      nameState: person.nameState ?? (nameWaits(person.displayName) ? 'waiting' : 'approved'),
    }),
    email: person.email,
    ...(person.receiptName && { receiptName: person.receiptName }),
    ...(person.newAddress && { newAddress: person.newAddress }),
    hideName: person.hideName,
    hideAmount: person.hideAmount,
    ...(person.message && { message: person.message, messageState: person.messageState ?? 'waiting' }),
    ...(person.marketingConsent && { marketingConsent: person.marketingConsent }),
    ...(person.thankedAnew && { thankedAnew: true }),
  });
}

/** How long a person's data is kept for a payment to appear, in milliseconds: a Session can be paid for some hours. */
const unpaidLifetime = 30 * 24 * 3_600_000;

/** The item of a person whose checkout begins now: it ends by itself unless a payment appears (`cancelErasure`). */
export function toNewPersonItem(person: Person, now: Date): Item {
  return { ...toPersonItem(person), ...timeToLive('person', new Date(now.getTime() + unpaidLifetime)) };
}

/** What of a person waits to be moderated: the comment, and the name for the page unless it is hidden anyway. */
export function waitsOf(person: Person): ('message' | 'name')[] {
  const name = person.displayName && !person.hideName && person.nameState === 'waiting';
  const message = person.message && person.messageState === 'waiting';
  return [...(message ? (['message'] as const) : []), ...(name ? (['name'] as const) : [])];
}

/** Lets a person's data end at a moment, unless it has ended now. */
export function toScheduledErasureChange(checkoutId: string, at: Date, now: Date): SingleChange {
  const [there, end] = [isThere(now), setTimeToLive('person', at)];
  return {
    update: keys.person(checkoutId),
    set: {
      expression: `SET ${end.expression}`,
      names: { ...end.names, ...there.names },
      values: { ...end.values, ...there.values },
    },
    condition: there.expression,
  };
}

/** Keeps a donor's data, unless it was erased or had ended before the payment. */
export function toCancelledErasureChange(checkoutId: string, paidAt: Date): SeparateChange {
  const { expression, names, values } = isThere(paidAt);
  return {
    update: keys.person(checkoutId),
    set: { ...removeTimeToLive, names: { ...removeTimeToLive.names, ...names }, values },
    condition: expression,
  };
}

/** Reads a person's item. Until v 3 nobody was asked which name to show: those people are anonymous in public. */
export function fromPersonItem(item: Item): Person {
  const fields = read(item);
  return {
    checkoutId: fields.text('checkoutId'),
    name: fields.text('name'),
    displayName: fields.maybeText('displayName'),
    nameState: fields.maybeOneOf('nameState', messageStates),
    email: fields.text('email'),
    receiptName: fields.maybeText('receiptName'),
    newAddress: fields.maybeText('newAddress'),
    hideName: fields.flag('hideName'),
    hideAmount: fields.flag('hideAmount'),
    message: fields.maybeText('message'),
    marketingConsent: consentIn(fields.maybeRecord('marketingConsent')),
    messageState: fields.maybeOneOf('messageState', messageStates),
    thankedAnew: fields.maybeFlag('thankedAnew') ?? false,
  };
}

/** Gives a person another address; nothing happens to one whose data was erased. */
export function toAddressChange(checkoutId: string, email: string, thankedAnew: boolean): Change {
  return {
    update: keys.person(checkoutId),
    set: {
      expression: `SET email = :email${thankedAnew ? ', thankedAnew = :yes' : ''}`,
      values: { ':email': email, ...(thankedAnew && { ':yes': true }) },
    },
    condition: 'attribute_exists(pk)',
  };
}

/** Gives a person another address, unless it was changed or the person's data was erased meanwhile. */
export function toReplacedAddressChange(checkoutId: string, before: string, email: string): Change {
  return {
    update: keys.person(checkoutId),
    set: { expression: 'SET email = :email', values: { ':email': email, ':before': before } },
    condition: 'email = :before',
  };
}

/** Hides a gift's amount from the public or shows it, unless it was so before or the person's data was erased. */
export function toAmountChange(checkoutId: string, hide: boolean): Change {
  return {
    update: keys.person(checkoutId),
    set: { expression: 'SET hideAmount = :hide', values: { ':hide': hide, ':before': !hide } },
    condition: 'hideAmount = :before',
  };
}

/** Until people had v 2, a consent was stored without version and language: there was one wording. */
function consentIn(stored: Fields | undefined): Consent | undefined {
  if (!stored) return undefined;
  const wording = stored.text('wording');
  return {
    version: stored.maybeInt('version') ?? 1,
    language: stored.maybeOneOf('language', languages) ?? (/\p{Script=Han}/u.test(wording) ? 'zh-HK' : 'en'),
    wording,
    at: stored.text('at'),
  };
}
