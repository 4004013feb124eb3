import { auditChange } from '#kernel/audit-log/audit-change.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import type { Context } from '#platform/context/context.ts';
import { commit } from '#platform/table/commit.ts';
import { once } from '#platform/table/once.ts';
import type { OpeningNote, Tick } from './opening.ts';
import { toOpeningClosedItem, toOpeningNoteItem } from './opening-item.ts';

type Noting = Pick<Context, 'table' | 'now'>;

interface Keyed {
  readonly idempotencyKey: string;
  readonly permit: Permit<'opening.confirm'>;
}

/** Records that a person has seen to something, once under the request's key. A later note stands in place of an earlier one. */
export async function recordOpening(
  { idempotencyKey, permit, tick, name, note }: Keyed & Pick<OpeningNote, 'tick' | 'name' | 'note'>,
  { table, now }: Noting,
): Promise<Tick> {
  const keyed = {
    ...{ caller: permit.actor.id, route: `opening/${tick}`, key: idempotencyKey },
    body: { name, note: note ?? '' },
  };
  return once<Tick>({ table, now }, keyed, {
    attempt: async (record) => {
      const written = { tick, name, note, by: permit.actor.id, at: now };
      const outcome = await commit(table, () => ({
        once: record(tick),
        note: { put: toOpeningNoteItem(written) },
        audit: auditChange(
          permit,
          { object: { kind: 'opening', id: tick }, after: { state: 'confirmed' } },
          now,
        ),
      }));
      return outcome.committed ? tick : undefined;
    },
    answer: async () => tick,
  });
}

/** Takes the list off the first page, once; the list itself stays. */
export async function closeOpening(
  { permit }: Omit<Keyed, 'idempotencyKey'>,
  { table, now }: Noting,
): Promise<void> {
  const item = toOpeningClosedItem({ by: permit.actor.id, at: now });
  await commit(table, () => ({
    closed: { put: item },
    audit: auditChange(permit, { object: { kind: 'opening', id: 'list' }, after: { state: 'closed' } }, now),
  }));
}
