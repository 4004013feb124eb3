import { type LedgerEntry, ledgerEntry } from '#kernel/ledger/ledger-entry.ts';
import type { Month } from '#platform/clock.ts';
import type { Currency } from '#platform/money.ts';
import type { Category } from './categories.ts';

/** Where money on its way to a family stands. */
export const disbursementStates = [
  'requested',
  'approved',
  'handed-over',
  'acknowledged',
  'refused',
  'cancelled',
] as const;

/** One of them. */
export type DisbursementState = (typeof disbursementStates)[number];

/** What can be done with it: from which states, and to which. A state never comes back. */
export const steps = {
  approve: { from: ['requested'], to: 'approved' },
  refuse: { from: ['requested', 'approved'], to: 'refused' },
  cancel: { from: ['requested', 'approved'], to: 'cancelled' },
  'hand-over': { from: ['approved'], to: 'handed-over' },
  acknowledge: { from: ['handed-over'], to: 'acknowledged' },
} as const satisfies Record<
  string,
  { readonly from: readonly DisbursementState[]; readonly to: DisbursementState }
>;

/** The name of a step. */
export type Step = keyof typeof steps;

/** Who took a step, when. */
export interface StepRecord {
  /** The subject of the person's sign-in. */
  readonly by: string;
  readonly at: Date;
  /** Why it was refused or cancelled. It may speak of people: it is in no audit entry, log or public answer. */
  readonly reason?: string;
}

/** What a voucher says of the handing over; the file itself is not kept. */
export interface PayOut {
  /** The Hong Kong day, `YYYY-MM-DD`. */
  readonly day: string;
  readonly from: 'cash' | 'bank';
  readonly voucherNumber: string;
  /** SHA-256 of the file, 64 hexadecimal digits. */
  readonly voucherDigest: string;
  /** The month of the books that it counts in. */
  readonly month: Month;
}

/** Who is paid. What is shown of payments must not tell what a family got; a landlord needs no such care. */
export const recipientKinds = ['family', 'supplier'] as const;

/** The name of such a kind. */
export type RecipientKind = (typeof recipientKinds)[number];

/** Money passed on to a family, from the request to the acknowledgement. */
export interface Disbursement {
  readonly id: string;
  readonly campaign: string;
  /** Minor units, above zero. */
  readonly amount: number;
  readonly currency: Currency;
  readonly category: Category;
  /** Names nobody: the caseworker's own reference. */
  readonly recipient: string;
  /** Whether a family gets it, or somebody who sells to the charity: a landlord, a shop. */
  readonly recipientKind: RecipientKind;
  readonly note: string | undefined;
  readonly state: DisbursementState;
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly taken: { readonly [One in Step]?: StepRecord };
  readonly payOut: PayOut | undefined;
}

/** Whether a step is possible now. */
export function mayTake(step: Step, state: DisbursementState): boolean {
  const from: readonly DisbursementState[] = steps[step].from;
  return from.includes(state);
}

/** The same after a step. */
export function afterStep(disbursement: Disbursement, step: Step, taken: StepRecord): Disbursement {
  return {
    ...disbursement,
    state: steps[step].to,
    taken: { ...disbursement.taken, [step]: taken },
  };
}

/**
 * What the books say of a handing over: it counts as passed on, and cash or the bank has less.
 * @param at noon of its Hong Kong day, or the moment of writing when that is earlier
 * @param month the month of the books it counts in
 */
export function payOutEntry(
  disbursement: Pick<Disbursement, 'id' | 'campaign' | 'amount' | 'currency'>,
  from: PayOut['from'],
  at: Date,
  month: Month,
): LedgerEntry {
  const { id, campaign, amount, currency } = disbursement;
  return ledgerEntry(
    {
      sourceId: id,
      kind: 'hand-over',
      postings: [
        { account: `passed-on:${campaign}`, amount },
        { account: from, amount: -amount },
      ],
      currency,
      at,
    },
    month,
  );
}
