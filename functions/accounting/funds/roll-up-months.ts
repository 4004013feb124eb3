import { fundSlugs } from '#accounting/accounts/fund-item.ts';
import { Attempts } from '#kernel/attention/attempt-each.ts';
import { fromRollUpItem, toRollUpItem } from '#kernel/totals/roll-up-item.ts';
import { fromTotalsItem, monthAttribute } from '#kernel/totals/totals-item.ts';
import { hongKongMonth } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { type Change, commit, isNew } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems, type Table } from '#platform/table/table.ts';

/**
 * Moves the finished months of every campaign out of the shards of its totals into its roll-up, so that shards stay small for ever. One
 * transaction a campaign, which fails if a gift was booked meanwhile; the next run takes that campaign.
 *
 * @param now the months before its Hong Kong month are finished
 * @returns the slugs of the campaigns whose months were moved
 */
export async function rollUpMonths({ table, now }: Pick<Context, 'table' | 'now'>): Promise<string[]> {
  const read = await readItems(table, [keys.campaignList()]);
  const moved: string[] = [];
  const slugs = fundSlugs(read.itemAt(keys.campaignList()));
  const attempts = new Attempts({ table, now });
  await attempts.each(
    'roll-up',
    slugs,
    (slug) => slug,
    async (slug) => {
      if (await rollUpCampaign(table, slug, hongKongMonth(now))) moved.push(slug);
    },
  );
  attempts.end('campaigns could not be rolled up.');
  return moved;
}

async function rollUpCampaign(table: Table, slug: string, present: string): Promise<boolean> {
  const shardKeys = keys.allTotals(slug);
  const read = await readItems(table, [keys.rollUp(slug), ...shardKeys], { consistent: true });
  const before = fromRollUpItem(read.itemAt(keys.rollUp(slug)));
  const months: Record<string, number> = { ...before?.months };
  const finished = shardKeys.map((key) => {
    const item = read.itemAt(key);
    const entries = Object.entries(item ? fromTotalsItem(item).months : {});
    return entries.filter(([month]) => month < present);
  });
  const moved = finished.flat();
  if (moved.length === 0) return false;
  for (const [month, raised] of moved) months[month] = (months[month] ?? 0) + raised;
  const generation = (before?.generation ?? 0) + 1;
  const changes: Record<string, Change> = {
    rollUp: {
      put: toRollUpItem(slug, { months, generation }),
      condition: before
        ? { expression: 'generation = :before', values: { ':before': before.generation } }
        : isNew,
    },
  };
  shardKeys.forEach((key, shard) => {
    changes[`shard${shard}`] = moveOut(key, finished[shard] ?? [], generation);
  });
  return (await commit(table, () => changes)).committed;
}

function moveOut(key: { pk: string; sk: string }, finished: [string, number][], generation: number): Change {
  const names = Object.fromEntries(finished.map(([month], index) => [`#m${index}`, monthAttribute(month)]));
  const values = Object.fromEntries(finished.map(([, raised], index) => [`:m${index}`, raised]));
  const removed = Object.keys(names);
  return {
    update: key,
    set: {
      expression: `SET generation = :generation, entity = :entity, v = :v${removed.length ? ` REMOVE ${removed.join(', ')}` : ''}`,
      ...(removed.length > 0 && { names }),
      values: { ':generation': generation, ':entity': 'totals', ':v': 1, ...values },
    },
    ...(removed.length > 0 && {
      condition: removed.map((name, index) => `${name} = :m${index}`).join(' AND '),
    }),
  };
}
