import type { Person } from '#kernel/people/person-item.ts';
import { publicNameOf } from '#kernel/people/public-name.ts';
import { personAt } from '#kernel/people/read-person.ts';
import type { Actor } from '#kernel/staff/actor.ts';
import { mayDo } from '#kernel/staff/rights.ts';
import type { Payment } from '#payments/payment/payment.ts';
import { type Proceeds, proceedsAt } from '#payments/payment/proceeds-item.ts';
import type { Context } from '#platform/context/context.ts';
import { keys } from '#platform/table/keys.ts';
import { readIntact } from '#platform/table/read-item.ts';
import { readItems } from '#platform/table/table.ts';

/** A payment in a list, with as much of its donor as who looks may know. */
export interface ListedPayment {
  readonly payment: Payment;
  readonly shown: ShownPerson;
  /** What Stripe left of it; undefined while Stripe has not said it, and for money that came otherwise. */
  readonly proceeds: Proceeds | undefined;
}

/** What a person gave for the page, with what was decided about it. */
export type OnPage = Pick<
  Person,
  'displayName' | 'nameState' | 'hideName' | 'hideAmount' | 'message' | 'messageState'
>;

interface Shown {
  readonly comment: string | undefined;
  /** Undefined for who may neither read about people nor decide on it. */
  readonly onPage: OnPage | undefined;
}

/** What of a donor may be known: all, the name for the page, or nothing because it was erased. */
export type ShownPerson =
  | (Shown & { readonly kind: 'known'; readonly person: Person })
  | (Shown & { readonly kind: 'public'; readonly name: string | undefined })
  | { readonly kind: 'erased' };

/** What of a person the staff may know by their rights. Comments are read by who moderates them too. */
function shownPerson(person: Person | undefined, actor: Actor): ShownPerson {
  if (!person) return { kind: 'erased' };
  const mayKnow = mayDo(actor, 'person.read');
  const onPage = mayKnow || mayDo(actor, 'words.moderate') ? person : undefined;
  const comment = person.messageState === 'approved' || onPage ? person.message : undefined;
  if (mayKnow) return { kind: 'known', person, comment, onPage };
  return { kind: 'public', name: publicNameOf(person), comment, onPage };
}

/** Reads the donors of payments and what arrived of them, in one request for fifty. */
export async function readListed(
  payments: readonly Payment[],
  { table, actor }: Pick<Context, 'table'> & { readonly actor: Actor },
): Promise<ListedPayment[]> {
  const found = await readItems(table, [
    ...payments.map(({ checkoutId }) => keys.person(checkoutId)),
    ...payments.map(({ paymentId }) => keys.proceeds(paymentId)),
  ]);
  return readIntact(payments, (payment) => ({
    payment,
    shown: shownPerson(personAt(found, payment.checkoutId, payment.at), actor),
    proceeds: proceedsAt(found, payment.paymentId),
  }));
}
