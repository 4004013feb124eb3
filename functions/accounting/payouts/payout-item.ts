import { hongKongMonth, type Month } from '#platform/clock.ts';
import type { Change } from '#platform/table/commit.ts';
import { keys, lists } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import type { Item } from '#platform/table/table.ts';
import { type Difference, differencesOfPayouts } from './payout.ts';

/**
 * The state of a payout: `expected` – Stripe has not said yet what is in it; `matched` – to the cent; `differs` – a person has to look
 * at the named differences; `by-hand` – Stripe does not say what is in it; `failed` – its money came back; `accepted` – a person
 * accepted it with a reason.
 */
const payoutStates = ['expected', 'matched', 'differs', 'by-hand', 'failed', 'accepted'] as const;

export type PayoutState = (typeof payoutStates)[number];

/** What a Stripe event says reliably of a payout; everything else is read again. */
export interface PayoutReport {
  readonly payoutId: string;
  /** Minor units. */
  readonly amount: number;
  readonly createdAt: Date;
  readonly arrivesAt: Date;
  /** The id of the Stripe event that reported it. */
  readonly due: string;
}

/** A payout as the books know it. */
export interface StoredPayout extends PayoutReport {
  readonly state: PayoutState;
  /** The Stripe event that reported it last and is not handled yet; empty when there is none. */
  readonly due: string;
  /** At most a hundred, by name. */
  readonly differences: readonly Difference[];
  readonly reason: string | undefined;
}

/** Records in one write that Stripe reported a payout; the order of the events does not matter. */
export function toDuePayout(report: PayoutReport): Extract<Change, { update: unknown }> {
  return {
    update: keys.payout(report.payoutId),
    set: {
      expression:
        'SET entity = :entity, v = :v, payoutId = :id, amount = :amount, createdAt = :createdAt,' +
        ' arrivesAt = :arrivesAt, #due = :due, #state = if_not_exists(#state, :expected),' +
        ' #list = :list, listOrder = :createdAt',
      names: { '#due': 'due', '#state': 'state', '#list': 'list' },
      values: {
        ':entity': 'payout',
        ':v': 1,
        ':id': report.payoutId,
        ':amount': report.amount,
        ':createdAt': report.createdAt.toISOString(),
        ':arrivesAt': report.arrivesAt.toISOString(),
        ':due': report.due,
        ':expected': 'expected',
        ':list': lists.payouts(monthOfPayout(report)),
      },
    },
  };
}

/**
 * Writes the result of a comparison; a report that came during the comparison stays due. A payout that a person accepted stays
 * accepted.
 */
export function toMatchedPayout(
  payout: StoredPayout,
  state: PayoutState,
  differences: readonly Difference[],
): Extract<Change, { update: unknown }> {
  return {
    update: keys.payout(payout.payoutId),
    set: {
      expression: 'SET #state = :state, differences = :differences, #due = :nothing',
      names: { '#due': 'due', '#state': 'state' },
      values: {
        ':state': state,
        ':differences': differences,
        ':nothing': '',
        ':due': payout.due,
        ':before': payout.state,
      },
    },
    condition: '#due = :due AND #state = :before',
  };
}

/** Removes a payout that does not belong to the books. */
export function toDroppedPayout({ payoutId }: StoredPayout): Change {
  return { remove: keys.payout(payoutId) };
}

/** Writes that a person accepted a payout, and why. */
export function toAcceptedPayout(payout: StoredPayout, reason: string): Change {
  return {
    update: keys.payout(payout.payoutId),
    set: {
      expression: 'SET #state = :accepted, reason = :reason',
      names: { '#state': 'state' },
      values: { ':accepted': 'accepted', ':reason': reason, ':before': payout.state },
    },
    condition: '#state = :before',
  };
}

export function fromPayoutItem(item: Item): StoredPayout {
  const fields = read(item);
  return {
    payoutId: fields.text('payoutId'),
    amount: fields.int('amount'),
    createdAt: fields.date('createdAt'),
    arrivesAt: fields.date('arrivesAt'),
    due: fields.text('due'),
    state: fields.oneOf('state', payoutStates),
    differences: (fields.maybeList('differences') ?? []).map((difference) => ({
      kind: difference.oneOf('kind', differencesOfPayouts),
      id: difference.text('id'),
      amount: difference.int('amount'),
    })),
    reason: fields.maybeText('reason'),
  };
}

/** The Hong Kong month in which Stripe made it. */
export function monthOfPayout({ createdAt }: Pick<PayoutReport, 'createdAt'>): Month {
  return hongKongMonth(createdAt);
}
