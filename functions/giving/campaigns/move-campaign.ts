import { fundSlugs } from '#accounting/accounts/fund-item.ts';
import { auditChange } from '#kernel/audit-log/audit-change.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import { commit } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { once } from '#platform/table/once.ts';
import { readItems } from '#platform/table/table.ts';

export type Direction = 'up' | 'down';

/**
 * Moves a campaign one place up or down in the list, which is the order of the home page; at its end it stays.
 * @returns the slugs in their order
 * @throws Problem `not-found`
 */
export function moveCampaign(
  {
    slug,
    direction,
    idempotencyKey,
    permit,
  }: {
    readonly slug: string;
    readonly direction: Direction;
    readonly idempotencyKey: string;
    readonly permit: Permit<'campaign.write'>;
  },
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<readonly string[]> {
  const listKey = keys.campaignList();
  const readList = async () =>
    fundSlugs((await readItems(table, [listKey], { consistent: true })).itemAt(listKey));
  const keyed = {
    caller: permit.actor.id,
    route: `campaigns/${slug}/move`,
    key: idempotencyKey,
    body: direction,
  };
  return once<readonly string[]>({ table, now }, keyed, {
    attempt: async (record) => {
      const before = await readList();
      const place = before.indexOf(slug);
      if (place < 0) throw new Problem('not-found', 'There is no such campaign.');
      const after = moved(before, place, direction);
      const outcome = await commit(table, () => ({
        once: record(slug),
        list: {
          update: listKey,
          set: { expression: 'SET slugs = :after', values: { ':after': after, ':before': before } },
          condition: 'slugs = :before',
        },
        audit: auditChange(
          permit,
          {
            object: { kind: 'campaign', id: slug },
            before: { place: place + 1 },
            after: { place: after.indexOf(slug) + 1 },
          },
          now,
        ),
      }));
      return outcome.committed ? after : undefined;
    },
    answer: readList,
  });
}

function moved(slugs: readonly string[], from: number, direction: Direction): readonly string[] {
  const to = Math.min(slugs.length - 1, Math.max(0, direction === 'up' ? from - 1 : from + 1));
  const slug = slugs[from];
  return slug === undefined ? slugs : slugs.toSpliced(from, 1).toSpliced(to, 0, slug);
}
