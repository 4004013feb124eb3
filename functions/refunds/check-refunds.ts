import { toAttentionItem } from '../gifts/attention-item.ts';
import { fromGiftItem } from '../gifts/gift-item.ts';
import { count } from '../platform/log.ts';
import { commit } from '../table/commit.ts';
import { keys, lists } from '../table/keys.ts';
import { readSwept } from '../table/swept-hours.ts';
import { readItems, type Table } from '../table/table.ts';
import { Attempts } from '../upkeep/attempts.ts';
import {
  fromRefundCheckItem,
  type RefundCheck,
  toCheckedChange,
  toRefundCheckChange,
} from './refund-check-item.ts';

/** Notes what Stripe says was refunded of a payment in all. Events have no order, so the sweep judges it later. */
export async function noteRefundCheck(
  check: Omit<RefundCheck, 'notedAt'>,
  { table, now }: { readonly table: Table; readonly now: Date },
): Promise<'noted' | 'unchanged'> {
  const outcome = await commit(table, () => ({ check: toRefundCheckChange({ ...check, notedAt: now }) }));
  return outcome.committed ? 'noted' : 'unchanged';
}

/** What Stripe says at this moment was refunded of a payment, minor units; undefined when it knows no charge of it. */
export type AmountRefunded = (paymentId: string) => Promise<number | undefined>;

/** Refunds are told within minutes; the hourly sweep of events brings what was not delivered. */
const grace = 75 * 60_000;

/**
 * Compares the sums that Stripe told of with the books, once everything that was told had the time to be booked. Where they
 * differ, Stripe is asked anew, because a refund may have failed since; what differs even so rings an alarm and is listed.
 *
 * @returns how many agreed, differed, and are not to be judged yet
 * @throws WorkFailed at the end when some could not be compared; the others were
 */
export async function checkRefunds(deps: {
  readonly table: Table;
  readonly now: Date;
  readonly amountRefunded: AmountRefunded;
}): Promise<Record<'agreed' | 'differing' | 'early', number>> {
  const judged = { agreed: 0, differing: 0, early: 0 };
  const attempts = new Attempts(deps);
  const waiting = readSwept(deps.table, deps.now, lists.refundChecks);
  await attempts.each(
    'refund-check',
    waiting,
    ({ pk }) => pk,
    async (item) => {
      judged[await judge(fromRefundCheckItem(item), deps)] += 1;
    },
  );
  attempts.end('sums of refunds could not be compared.');
  return judged;
}

async function judge(
  check: RefundCheck,
  { table, now, amountRefunded }: Parameters<typeof checkRefunds>[0],
): Promise<'agreed' | 'differing' | 'early'> {
  if (now.getTime() - check.notedAt.getTime() < grace) return 'early';
  const at = keys.gift(check.paymentId);
  const item = (await readItems(table, [at], { consistent: true })).itemAt(at);
  const gift = item && fromGiftItem(item);
  // A payment without a gift is another product's, or its refund waits where the sweep looks for parked ones.
  const agrees =
    !gift ||
    gift.refunded === check.amountRefunded ||
    gift.refunded === (await amountRefunded(check.paymentId));
  const attention = {
    kind: 'refund-mismatch',
    id: check.paymentId,
    checkoutId: gift?.checkoutId ?? '',
    at: now,
    reason: `Stripe ${check.amountRefunded}, books ${gift?.refunded ?? 0}`,
  } as const;
  const outcome = await commit(table, () => ({
    check: toCheckedChange(check),
    ...(!agrees && { attention: { put: toAttentionItem(attention) } }),
  }));
  if (!outcome.committed) return 'early';
  if (agrees) return 'agreed';
  count('RefundMismatch', { paymentId: check.paymentId });
  return 'differing';
}
