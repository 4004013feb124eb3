import { payOut } from '#accounting/disbursements/pay-out.ts';
import { requestDisbursement } from '#accounting/disbursements/request-disbursement.ts';
import { takeStep } from '#accounting/disbursements/transition-disbursement.ts';
import { permit } from '#kernel/staff/rights.ts';
import { hongKongDay } from '#platform/clock.ts';
import { Problem } from '#platform/errors.ts';
import type { History } from './history.ts';

const families = { id: 'sub-families', roles: ['families'] } as const;
const finance = { id: 'sub-finance', roles: ['finance'] } as const;

/** Requests, approves and pays out money of a fund, if it holds enough; after a crash everybody repeats the requests under their keys. */
export async function disburse(history: History, campaign: string, amount: number): Promise<void> {
  const { table } = history;
  const now = history.clock();
  const key = `passed-on-${history.disbursed.length}-${now.getTime()}`;
  const request = {
    campaign,
    amount,
    category: 'food',
    recipient: 'F-0042',
    recipientKind: 'family',
  } as const;
  const disburseOnce = async () => {
    const asked = permit(families, 'passed-on.request');
    const { id } = await requestDisbursement(
      { ...request, idempotencyKey: key, permit: asked },
      { table, now },
    );
    const step = { id, step: 'approve', idempotencyKey: key } as const;
    await takeStep({ ...step, permit: permit(finance, 'passed-on.approve') }, { table, now });
    const form = { day: hongKongDay(now), from: 'bank', voucherNumber: 'V-1' } as const;
    const payment = { id, idempotencyKey: key, ...form, voucherDigest: 'digest' };
    await payOut({ ...payment, permit: permit(families, 'passed-on.hand-over') }, { table, now });
    return id;
  };
  for (;;) {
    try {
      history.disbursed.push({ id: await disburseOnce(), campaign, amount });
      return;
    } catch (error) {
      // The fund holds less.
      if (error instanceof Problem) return;
      if (!history.crashes.hasEnded) throw error;
      history.crashes.begin(undefined);
    }
  }
}
