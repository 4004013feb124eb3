import type { KeyState } from '#payments/checkout/key-gateway.ts';

/** What is to be done before the first gift, in its order. */
export const ticks = [
  'stripe-consent',
  'desk-key',
  'other-keys',
  'webhook',
  'mail',
  'second-person',
  'opening-balances',
  'privacy',
  'test-gift',
] as const;

export type Tick = (typeof ticks)[number];

/** What a stage without Stripe has no need of. */
const ofStripe: ReadonlySet<Tick> = new Set(['stripe-consent', 'desk-key', 'other-keys', 'webhook']);

/** That a person has seen to something. */
export interface OpeningNote {
  readonly tick: Tick;
  /** The subject of the person's sign-in. */
  readonly by: string;
  /** As the person wrote it under the note. */
  readonly name: string;
  readonly at: Date;
  readonly note: string | undefined;
}

/** What can be seen without a person. */
export interface OpeningFacts {
  /** Undefined on a stage without Stripe. */
  readonly key: KeyState | undefined;
  /** When the newest payment of the last months was made that Stripe reported. */
  readonly stripeReportedAt: Date | undefined;
  readonly mailSentAt: Date | undefined;
  /** How many people of the staff have signed in. */
  readonly people: number;
  readonly hasOpeningBalance: boolean;
  /** When a payment was made that was refunded whole, or where there is no Stripe one that kept a promise. */
  readonly triedAt: Date | undefined;
}

/** One line of the list. */
export interface TickState {
  readonly tick: Tick;
  /** By what can be seen, or by a note. */
  readonly isDone: boolean;
  readonly seen: { readonly isDone: boolean; readonly at: Date | undefined } | undefined;
  readonly note: OpeningNote | undefined;
}

/** The list, as far as it is done. */
export function openingList(facts: OpeningFacts, notes: readonly OpeningNote[]): TickState[] {
  const seen: Readonly<Partial<Record<Tick, TickState['seen']>>> = {
    'desk-key': { isDone: facts.key === 'right', at: undefined },
    webhook: { isDone: facts.stripeReportedAt !== undefined, at: facts.stripeReportedAt },
    mail: { isDone: facts.mailSentAt !== undefined, at: facts.mailSentAt },
    'second-person': { isDone: facts.people >= 2, at: undefined },
    'opening-balances': { isDone: facts.hasOpeningBalance, at: undefined },
    'test-gift': { isDone: facts.triedAt !== undefined, at: facts.triedAt },
  };
  return ticks
    .filter((tick) => facts.key !== undefined || !ofStripe.has(tick))
    .map((tick) => {
      const note = notes.find((each) => each.tick === tick);
      return { tick, isDone: note !== undefined || seen[tick]?.isDone === true, seen: seen[tick], note };
    });
}
