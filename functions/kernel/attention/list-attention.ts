import type { StaffPaging } from '#kernel/staff/list-cursor.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import type { Month } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { lists } from '#platform/table/keys.ts';
import { read, readIntact } from '#platform/table/read-item.ts';
import { type Item, readList } from '#platform/table/table.ts';
import { type AttentionKind, fromAttentionItem, type ListedAttention } from './attention-item.ts';

/** A page of what asks for a person, newest first; `next` is where the following page begins. */
export interface AttentionPage {
  readonly data: readonly ListedAttention[];
  readonly next: string | undefined;
}

const readAtOnce = 100;

/**
 * Reads a page of what asked for a person in a Hong Kong month.
 * @param wanted of one kind only, or of all; and whether what was resolved is listed too
 */
export async function listAttention(
  wanted: {
    readonly month: Month;
    readonly kind: AttentionKind | undefined;
    readonly settled: boolean;
    readonly paging: StaffPaging;
    readonly permit: Permit<'attention.read'>;
  },
  { table }: Pick<Context, 'table'>,
): Promise<AttentionPage> {
  const { before, limit } = wanted.paging;
  const found: { readonly order: string; readonly attention: ListedAttention }[] = [];
  for (let from = before; found.length <= limit; ) {
    const items = await readList(table, lists.attention(wanted.month), {
      order: 'newest',
      limit: readAtOnce,
      ...(from && { before: from }),
    });
    const readOne = (item: Item) => ({ order: orderOf(item), attention: fromAttentionItem(item) });
    for (const { order, attention } of readIntact(items, readOne)) {
      const isWanted = wanted.kind === undefined || attention.kind === wanted.kind;
      if (isWanted && (wanted.settled || !attention.resolved)) found.push({ order, attention });
    }
    from = items.slice(-1).map(orderOf)[0];
    if (items.length < readAtOnce) break;
  }
  const shown = found.slice(0, limit);
  return {
    data: shown.map(({ attention }) => attention),
    next: found.length > limit ? shown.at(-1)?.order : undefined,
  };
}

function orderOf(item: Item): string {
  return read(item).text('listOrder');
}
