import type { Context } from '#platform/context/context.ts';
import { writeOne } from '#platform/table/write-one.ts';
import { type RefreshMessage, refreshMessage } from './outbox.ts';
import { toOutboxItem } from './outbox-item.ts';

/** What became of an event that asks for a refresh: `asked` now, or `duplicate` – it was asked before. */
export type Asked = 'asked' | 'duplicate';

/**
 * Asks that an object of Stripe's be read again: one put, no read. Each event asks once, however often it is reported; an event that
 * is sent again after a person was called asks anew.
 */
export async function askForRefresh(
  about: Pick<RefreshMessage, 'object' | 'objectId' | 'eventId'>,
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<Asked> {
  const asked = await writeOne(table, {
    put: toOutboxItem(refreshMessage({ ...about, createdAt: now })),
    condition: { expression: 'attribute_not_exists(pk) OR attribute_exists(stopped)' },
  });
  return asked ? 'asked' : 'duplicate';
}
