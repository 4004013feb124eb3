import { auditChange } from '#kernel/audit-log/audit-change.ts';
import type { Operation, Permit } from '#kernel/staff/rights.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import { isDisbursementId } from '#platform/id-shapes.ts';
import { type Change, commit } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { type Effect, once } from '#platform/table/once.ts';
import { readItems } from '#platform/table/table.ts';
import { afterStep, type Disbursement, mayTake, type Step, type StepRecord } from './disbursement.ts';
import { fromDisbursementItem, toDisbursementItem } from './disbursement-item.ts';

export interface StepRequest {
  readonly id: string;
  readonly step: Step;
  readonly idempotencyKey: string;
}

/** The right that each step needs: refusing needs the right to approve, cancelling the right to request. */
export const rightOf = {
  approve: 'passed-on.approve',
  refuse: 'passed-on.approve',
  cancel: 'passed-on.request',
  'hand-over': 'passed-on.hand-over',
  acknowledge: 'passed-on.acknowledge',
} as const satisfies Record<Step, Operation>;

/**
 * Takes a step that moves no money (approve, refuse, cancel, acknowledge), with its audit entry in one transaction, and only if the
 * state did not change since it was read.
 *
 * @param request.reason why, for refusing and cancelling
 * @param request.also is written with it, or neither
 * @throws Problem `not-found`, `second-person` when the requester approves, `passed-on-state` when the step is not possible now
 */
export async function takeStep<Name extends Exclude<Step, 'hand-over'>>(
  {
    permit,
    reason,
    also,
    ...request
  }: StepRequest & {
    readonly step: Name;
    readonly permit: Permit<(typeof rightOf)[Name]>;
    readonly reason?: string;
    readonly also?: Change;
  },
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<Disbursement> {
  const attempt: Effect<Disbursement>['attempt'] = async (record) => {
    const before = await readDisbursement(request.id, { table });
    requireStep(before, request.step);
    if (request.step === 'approve' && before.requestedBy === permit.actor.id) {
      throw new Problem(
        'second-person',
        'The person who requested it cannot approve it: another person has to.',
      );
    }
    const taken = { ...stepTaken(permit, now), ...(reason !== undefined && { reason }) };
    const after = afterStep(before, request.step, taken);
    const outcome = await commit(table, () => ({
      once: record(request.id),
      disbursement: toStepChange(before, after),
      audit: auditStep(permit, before, after, now),
      ...(also && { also }),
    }));
    // Otherwise another person took a step at the same moment: the new state is read again.
    return outcome.committed ? after : undefined;
  };
  return onceAStep({ ...request, said: reason, permit, attempt }, { table, now });
}

/** Takes a step once under its request's key. */
export function onceAStep(
  {
    id,
    step,
    idempotencyKey,
    said,
    permit,
    attempt,
  }: StepRequest & {
    readonly said: unknown;
    readonly permit: Permit<Operation>;
    readonly attempt: Effect<Disbursement>['attempt'];
  },
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<Disbursement> {
  const caller = permit.actor.id;
  const keyed = { caller, route: `passed-on/${id}/${step}`, key: idempotencyKey, body: said ?? null };
  return once({ table, now }, keyed, { attempt, answer: () => readDisbursement(id, { table }) });
}

/** @throws Problem `not-found` */
export async function readDisbursement(id: string, { table }: Pick<Context, 'table'>): Promise<Disbursement> {
  const key = keys.disbursement(id);
  const item = isDisbursementId(id)
    ? (await readItems(table, [key], { consistent: true })).itemAt(key)
    : undefined;
  if (!item) throw new Problem('not-found', 'There is no such request.');
  return fromDisbursementItem(item);
}

/** @throws Problem `passed-on-state` with the present state, when the step is not possible now */
export function requireStep({ state }: Disbursement, step: Step): void {
  if (mayTake(step, state)) return;
  throw new Problem('passed-on-state', `It is ${state}: the step "${step}" is not possible now.`);
}

export function stepTaken(permit: Permit<Operation>, now: Date): StepRecord {
  return { by: permit.actor.id, at: now };
}

/** Writes the state after a step, only if nobody took another step meanwhile. */
export function toStepChange(before: Disbursement, after: Disbursement): Change {
  return {
    put: toDisbursementItem(after),
    condition: {
      expression: '#state = :before',
      names: { '#state': 'state' },
      values: { ':before': before.state },
    },
  };
}

/** The audit entry of a step: states, never the recipient, the note or the reason. */
export function auditStep(
  permit: Permit<Operation>,
  before: Disbursement,
  after: Disbursement,
  now: Date,
): Change {
  const { campaign, amount, currency, category, payOut } = after;
  return auditChange(
    permit,
    {
      object: { kind: 'passed-on', id: after.id },
      before: { state: before.state },
      after: {
        state: after.state,
        ...(payOut &&
          !before.payOut && {
            campaign,
            amount,
            currency,
            category,
            voucherDigest: payOut.voucherDigest,
            at: payOut.day,
          }),
      },
    },
    now,
  );
}
