import { type LedgerEntry, ledgerEntry } from '#kernel/ledger/ledger-entry.ts';
import type { Month } from '#platform/clock.ts';
import type { Currency } from '#platform/money.ts';
import type { Category } from './categories.ts';

/** The states of a disbursement. */
export const disbursementStates = [
  'requested',
  'approved',
  'handed-over',
  'acknowledged',
  'refused',
  'cancelled',
] as const;

export type DisbursementState = (typeof disbursementStates)[number];

/** What the staff can do with a disbursement: from which states, to which. No step leads back to an earlier state. */
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

export type Step = keyof typeof steps;

/** Who took a step, when. */
export interface StepRecord {
  /** The `sub` of the person's token. */
  readonly by: string;
  readonly at: Date;
  /** Why it was refused or cancelled. It may mention people: no audit entry, log or public answer contains it. */
  readonly reason?: string;
}

/** What the voucher of a payment says; the file itself is not kept. */
export interface PayOut {
  /** The Hong Kong day, `YYYY-MM-DD`. */
  readonly day: string;
  readonly from: 'cash' | 'bank';
  readonly voucherNumber: string;
  /** SHA-256 of the file, 64 hexadecimal digits. */
  readonly voucherDigest: string;
  /** The month of the books in which it counts. */
  readonly month: Month;
}

/** Who is paid. Public sums must not reveal what one family got; a landlord needs no such protection. */
export const recipientKinds = ['family', 'supplier'] as const;

export type RecipientKind = (typeof recipientKinds)[number];

/** A disbursement, from the request to the acknowledgement. */
export interface Disbursement {
  readonly id: string;
  readonly campaign: string;
  /** Minor units, above zero. */
  readonly amount: number;
  readonly currency: Currency;
  readonly category: Category;
  /** The caseworker's own reference: it names nobody. */
  readonly recipient: string;
  /** Whether a family gets the money, or a supplier of the charity: a landlord, a shop. */
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

/** The disbursement after a step. */
export function afterStep(disbursement: Disbursement, step: Step, taken: StepRecord): Disbursement {
  return {
    ...disbursement,
    state: steps[step].to,
    taken: { ...disbursement.taken, [step]: taken },
  };
}

/**
 * The journal entry of paying out: the money counts as disbursed, and cash or bank has less.
 * @param at noon of its Hong Kong day, or the moment of writing when that is earlier
 * @param month the month of the books in which it counts
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
