import type { Gift } from '#payments/gifts/gift.ts';
import type { Context } from '#platform/context/context.ts';
import { writeOne } from '#platform/table/write-one.ts';
import { toCommentItem } from './comment-item.ts';

/**
 * Puts a paid gift's words among those that wait. One that a decision took away at the same moment may come back, and is then
 * left out by who reads the list, because the person says that it was decided.
 */
export async function queueForModeration(gift: Gift, { table }: Pick<Context, 'table'>): Promise<void> {
  await writeOne(table, { put: toCommentItem(gift) });
}
