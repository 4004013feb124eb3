import { createHash } from 'node:crypto';
import { afterStep, type Disbursement } from '#accounting/disbursements/disbursement.ts';
import { fromDisbursementItem, toDisbursementItem } from '#accounting/disbursements/disbursement-item.ts';
import { payOut } from '#accounting/disbursements/pay-out.ts';
import { stepTaken } from '#accounting/disbursements/transition-disbursement.ts';
import { type Operation, type Permit, permit } from '#kernel/staff/rights.ts';
import { hongKongDay } from '#platform/clock.ts';
import { keys } from '#platform/table/keys.ts';
import { type Item, readItems, type Table } from '#platform/table/table.ts';
import type { DemoPayment } from './money.ts';
import { demoStaff, type Happening } from './past.ts';

const day = 86_400_000;
const { families, finance } = demoStaff;

/**
 * Disbursements that were requested and approved. Like their acknowledgement this moves no money, so the items are written as they
 * end: playing each step would take as long as all the rest.
 */
export function approvedItems(payments: readonly DemoPayment[]): Item[] {
  return payments.map((payment) => {
    const { campaign, amount, category, to, noon } = payment;
    const requested: Disbursement = {
      id: idOf(payment),
      campaign,
      amount,
      currency: 'hkd',
      category,
      recipient: to === 'family' ? `F-${digestOf(payment).slice(0, 4)}` : 'Landlord',
      recipientKind: to,
      note: undefined,
      state: 'requested',
      requestedBy: families.id,
      requestedAt: new Date(noon.getTime() - 2 * day),
      taken: {},
      payOut: undefined,
    };
    const mayApprove = permit(finance, 'passed-on.approve');
    return toDisbursementItem(after(requested, 'approve', mayApprove, new Date(noon.getTime() - day)));
  });
}

/** Approved disbursements are paid out, from the bank. */
export function payOuts(payments: readonly DemoPayment[]): Happening[] {
  return payments.map((payment) => ({
    at: payment.noon,
    play: async ({ table }, now) => {
      const voucherDigest = digestOf(payment);
      const voucher = { voucherNumber: `V-${voucherDigest.slice(4, 9)}`, voucherDigest };
      const names = { id: idOf(payment), idempotencyKey: payment.name };
      const request = { ...names, ...voucher, day: hongKongDay(now), from: 'bank' } as const;
      await payOut({ ...request, permit: permit(families, 'passed-on.hand-over') }, { table, now });
    },
  }));
}

/** What was paid out is acknowledged a day later. */
export async function acknowledgedItems(table: Table, payments: readonly DemoPayment[]): Promise<Item[]> {
  const read = await readItems(
    table,
    payments.map((payment) => keys.disbursement(idOf(payment))),
    { consistent: true },
  );
  const mayAcknowledge = permit(families, 'passed-on.acknowledge');
  return payments.map((payment) => {
    const item = read.itemAt(keys.disbursement(idOf(payment)));
    if (!item) throw new Error(`Demonstration payment ${payment.name}: it is not there.`);
    const at = new Date(payment.noon.getTime() + day);
    return toDisbursementItem(after(fromDisbursementItem(item), 'acknowledge', mayAcknowledge, at));
  });
}

function after(
  before: Disbursement,
  step: 'approve' | 'acknowledge',
  allowed: Permit<Operation>,
  at: Date,
): Disbursement {
  return afterStep(before, step, stepTaken(allowed, at));
}

/** The same in every run, so that a later step finds what an earlier one wrote. */
function idOf(payment: DemoPayment): string {
  return `dsb_${digestOf(payment).slice(0, 32)}`;
}

function digestOf({ name }: DemoPayment): string {
  return createHash('sha256').update(name).digest('hex');
}
