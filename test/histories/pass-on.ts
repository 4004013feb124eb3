import { payOut } from '#accounting/disbursements/pay-out.ts';
import { requestDisbursement } from '#accounting/disbursements/request-disbursement.ts';
import { takeStep } from '#accounting/disbursements/transition-disbursement.ts';
import { permit } from '#kernel/staff/rights.ts';
import { hongKongDay } from '#platform/clock.ts';
import { Problem } from '#platform/errors.ts';
import type { World } from './world.ts';

const families = { id: 'sub-families', roles: ['families'] } as const;
const finance = { id: 'sub-finance', roles: ['finance'] } as const;

/** Asks, approves and hands over money of a fund, if it holds so much; after a crash everybody asks again under their keys. */
export async function passOn(world: World, campaign: string, amount: number): Promise<void> {
  const { table } = world;
  const now = world.clock();
  const key = `passed-on-${world.passedOn.length}-${now.getTime()}`;
  const request = {
    campaign,
    amount,
    category: 'food',
    recipient: 'F-0042',
    recipientKind: 'family',
  } as const;
  const hand = async () => {
    const asked = permit(families, 'passed-on.request');
    const { id } = await requestDisbursement(
      { ...request, idempotencyKey: key, permit: asked },
      { table, now },
    );
    const step = { id, step: 'approve', idempotencyKey: key } as const;
    await takeStep({ ...step, permit: permit(finance, 'passed-on.approve') }, { table, now });
    const form = { day: hongKongDay(now), from: 'bank', voucherNumber: 'V-1' } as const;
    const handed = { id, idempotencyKey: key, ...form, voucherDigest: 'digest' };
    await payOut({ ...handed, permit: permit(families, 'passed-on.hand-over') }, { table, now });
    return id;
  };
  for (;;) {
    try {
      world.passedOn.push({ id: await hand(), campaign, amount });
      return;
    } catch (error) {
      // The fund holds less.
      if (error instanceof Problem) return;
      if (!world.crashes.hasEnded) throw error;
      world.crashes.begin(undefined);
    }
  }
}
