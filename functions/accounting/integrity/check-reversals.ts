import { fromDisputeItem } from '#payments/disputes/dispute-item.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import { fromRefundItem } from '#payments/refunds/refund-item.ts';
import type { Context } from '#platform/context/context.ts';
import { sum } from '#platform/money.ts';
import { type Key, keys, lists } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { readTogether } from '#platform/table/scan-table.ts';
import { type Item, type ItemsRead, readItems, readWholeList, type Table } from '#platform/table/table.ts';
import type { Findings } from './findings.ts';

/** The most items that DynamoDB reads in one transaction. */
const mostTogether = 100;

/**
 * Which payments have refunds or disputes, collected while the table is read. Memory grows with the number of reversals, far below that
 * of gifts.
 */
export class Reversals {
  readonly refunded = new Set<string>();
  /** The ids of the disputes of each payment. */
  readonly disputes = new Map<string, Set<string>>();

  /** Records what a readable item says of a payment. */
  note(item: Item): void {
    const fields = read(item);
    const paymentId = fields.maybeText('paymentId');
    if (paymentId === undefined) return;
    if (item.entity === 'refund') this.refunded.add(paymentId);
    if (item.entity === 'dispute') this.#disputesOf(paymentId).add(fields.text('disputeId'));
    if (item.entity === 'payment') {
      if (item.refunded) this.refunded.add(paymentId);
      if (item.disputed) this.#disputesOf(paymentId);
    }
  }

  #disputesOf(paymentId: string): Set<string> {
    const known = this.disputes.get(paymentId) ?? new Set<string>();
    this.disputes.set(paymentId, known);
    return known;
  }
}

/** Compares the refunded and disputed amounts of each gift with its refunds and disputes, as of one moment. */
export async function checkReversals(
  { reversals, findings }: { readonly reversals: Reversals; readonly findings: Findings },
  { table }: Pick<Context, 'table'>,
): Promise<void> {
  for (const paymentId of reversals.refunded) await checkRefunded(table, paymentId, findings);
  for (const [paymentId, ids] of reversals.disputes) {
    const wanted = [...ids].map((id) => keys.dispute(id));
    const found = await readAtOnce(table, [keys.payment(paymentId), ...wanted]);
    const item = found.itemAt(keys.payment(paymentId));
    if (!item) continue;
    const disputes = wanted.flatMap((key) => found.itemAt(key) ?? []);
    findings.ofIntact('2 disputes', () => {
      const booked = disputes.flatMap((dispute) => fromDisputeItem(dispute).booked);
      const taken = 0 - sum(booked.map(({ amount }) => amount));
      const { disputed } = fromPaymentItem(item);
      const says = `says ${disputed} is disputed, its disputes took ${taken}`;
      if (disputed !== taken) findings.add('2 disputes', `payment ${paymentId}`, says);
    });
  }
}

async function checkRefunded(table: Table, paymentId: string, findings: Findings): Promise<void> {
  const wanted: Key[] = [];
  for await (const page of readWholeList(table, lists.refunds(paymentId))) {
    wanted.push(...page.filter(({ entity }) => entity === 'refund').map(({ pk, sk }) => ({ pk, sk })));
  }
  const found = await readAtOnce(table, [keys.payment(paymentId), ...wanted]);
  const item = found.itemAt(keys.payment(paymentId));
  if (!item) return;
  const items = wanted.flatMap((key) => found.itemAt(key) ?? []);
  findings.ofIntact('2 refunds', () => {
    const refunds = items.map(fromRefundItem).filter(({ status }) => status !== 'failed');
    const sumOfRefunds = sum(refunds.map(({ amount }) => amount));
    const { refunded } = fromPaymentItem(item);
    const says = `says ${refunded} is refunded, its refunds sum to ${sumOfRefunds}`;
    if (refunded !== sumOfRefunds) findings.add('2 refunds', `payment ${paymentId}`, says);
  });
}

function readAtOnce(table: Table, wanted: readonly Key[]): Promise<ItemsRead> {
  return wanted.length > mostTogether
    ? readItems(table, wanted, { consistent: true })
    : readTogether(table, wanted);
}
