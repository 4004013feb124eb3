import { moneyAccounts } from '#accounting/accounts/account.ts';
import { moneyChanges } from '#accounting/accounts/plan-money-changes.ts';
import { readFund } from '#accounting/accounts/read-held.ts';
import { inOpenMonth } from '#kernel/ledger/in-open-month.ts';
import { toLedgerEntryItem } from '#kernel/ledger/ledger-entry-item.ts';
import { toGuardedSumChange } from '#kernel/ledger/running-sum-item.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import { hongKongDay, type Month } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import { formatMoney } from '#platform/money.ts';
import { isNew } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import type { Effect } from '#platform/table/once.ts';
import { afterStep, type Disbursement, payOutEntry } from './disbursement.ts';
import type { PayOutForm } from './disbursement-request.ts';
import { toGivenOutChange } from './fund-balance-item.ts';
import {
  auditStep,
  onceAStep,
  readDisbursement,
  requireStep,
  type StepRequest,
  stepTaken,
  toStepChange,
} from './transition-disbursement.ts';

/**
 * Pays out approved money: writes the state, the journal entry, the lower balance of the fund and of cash or bank, and the audit entry
 * in one transaction. When another payment or a transfer changed the fund or the account meanwhile, it reads again and decides anew.
 *
 * @param request with the voucher's digest
 * @throws Problem `not-found`, `passed-on-state`, `invalid` for a day before the approval or in the future, `not-in-fund`,
 * `not-in-account`
 */
export async function payOut(
  {
    id,
    idempotencyKey,
    permit,
    ...said
  }: PayOutForm & { readonly voucherDigest: string } & Omit<StepRequest, 'step'> & {
      readonly permit: Permit<'passed-on.hand-over'>;
    },
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<Disbursement> {
  const step = { id, idempotencyKey, step: 'hand-over', said } as const;
  const attempt: Effect<Disbursement>['attempt'] = async (record) => {
    const before = await readDisbursement(id, { table });
    requireStep(before, 'hand-over');
    requireDay(before, said.day, now);
    const { held, runningSum } = await readFund(before.campaign, { table });
    if (before.amount > held) {
      throw new Problem(
        'not-in-fund',
        `The fund holds ${formatMoney(held, before.currency)}: less than ${formatMoney(before.amount, before.currency)}.`,
      );
    }
    const taken = [{ account: said.from, amount: -before.amount }];
    const money = await moneyChanges({ postings: taken, pointer: () => '/from' }, { table });
    const at = momentOf(said.day, now);
    let after = afterStep(before, 'hand-over', stepTaken(permit, now));
    const changesIn = (month: Month) => {
      after = { ...after, payOut: { ...said, month } };
      return {
        once: record(id),
        disbursement: toStepChange(before, after),
        fund: toGuardedSumChange(keys.fundSum(before.campaign), -before.amount, runningSum),
        givenOut: toGivenOutChange(before.campaign, before.amount),
        ...money,
        entry: { put: toLedgerEntryItem(payOutEntry(before, said.from, at, month)), condition: isNew },
        audit: auditStep(permit, before, after, now),
      };
    };
    const outcome = await inOpenMonth(table, { at, now }, changesIn);
    if (outcome.committed) return after;
    if (!lookedAt.some((name) => outcome.failed.has(name))) {
      throw new Error(`Disbursement ${id}: the books hold its payment, and its state does not say so.`);
    }
    return undefined;
  };
  return onceAStep({ ...step, permit, attempt }, { table, now });
}

/** What may have changed since it was read; then everything is read again. */
const lookedAt = ['once', 'disbursement', 'fund', ...moneyAccounts] as const;

function requireDay({ taken }: Disbursement, day: string, now: Date): void {
  const first = taken.approve ? hongKongDay(taken.approve.at) : day;
  if (day >= first && day <= hongKongDay(now)) return;
  const detail = `The day is from ${first}, when it was approved, until today.`;
  throw new Problem('invalid', detail, { errors: [{ pointer: '/day', detail }] });
}

function momentOf(day: string, now: Date): Date {
  const noon = new Date(`${day}T12:00:00+08:00`);
  return noon < now ? noon : now;
}
