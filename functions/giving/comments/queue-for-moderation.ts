import type { Payment } from '#payments/payment/payment.ts';
import type { Context } from '#platform/context/context.ts';
import { writeOne } from '#platform/table/write-one.ts';
import { toCommentItem } from './comment-item.ts';

/**
 * Puts a paid gift's comment or name into the waiting list. This may restore an item that a decision removed at the same moment; the
 * list then leaves it out, because the person holds the decision.
 */
export async function queueForModeration(gift: Payment, { table }: Pick<Context, 'table'>): Promise<void> {
  await writeOne(table, { put: toCommentItem(gift) });
}
