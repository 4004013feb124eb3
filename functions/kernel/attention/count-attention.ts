import { lastMonths } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { lists } from '#platform/table/keys.ts';
import { readIntact } from '#platform/table/read-item.ts';
import { readList } from '#platform/table/table.ts';
import { attentionKinds, fromAttentionItem, type WaitingCount } from './attention-item.ts';

const monthsBack = 12;
/** Of each month. */
const most = 200;

/** How much asks for a person, by its kind, of the last twelve months: a request for each. */
export async function countAttention({
  table,
  now,
}: Pick<Context, 'table' | 'now'>): Promise<WaitingCount[]> {
  const pages = await Promise.all(
    lastMonths(now, monthsBack).map((month) =>
      readList(table, lists.attention(month), { order: 'newest', limit: most }),
    ),
  );
  const open = readIntact(pages.flat(), fromAttentionItem).filter(({ resolved }) => !resolved);
  return attentionKinds.flatMap((what) => {
    const some = open.filter(({ kind }) => kind === what);
    const due = some.flatMap(({ dueBy }) => dueBy ?? []).sort((a, b) => a.getTime() - b.getTime());
    return some.length === 0 ? [] : [{ what, count: some.length, dueBy: due[0] }];
  });
}
