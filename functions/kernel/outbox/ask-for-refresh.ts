import type { Table } from '#platform/table/table.ts';
import { writeOne } from '#platform/table/write-one.ts';
import { type RefreshMessage, toRefreshItem } from './refresh-message.ts';

/** What became of an event that asks for a refresh: `asked` now, or `duplicate` – it was asked before. */
export type Asked = 'asked' | 'duplicate';

/**
 * Asks that an object of Stripe's be read again: one put, no read. Each event asks once, however often it is told; an event that
 * is sent again after a person was called asks anew.
 */
export async function askForRefresh(table: Table, message: RefreshMessage): Promise<Asked> {
  const asked = await writeOne(table, {
    put: toRefreshItem(message),
    condition: { expression: 'attribute_not_exists(pk) OR attribute_exists(stopped)' },
  });
  return asked ? 'asked' : 'duplicate';
}
