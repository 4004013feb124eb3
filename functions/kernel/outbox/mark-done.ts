import type { Key } from '#platform/table/keys.ts';
import type { Table } from '#platform/table/table.ts';
import { writeOne } from '#platform/table/write-one.ts';

/**
 * Marks a message as sent or done, in a write for itself: half of what a transaction costs, and a duplicate of an event that comes at
 * this moment is not turned away.
 */
export async function markDone({ pk, sk }: Key, now: Date, table: Table): Promise<void> {
  await writeOne(table, {
    update: { pk, sk },
    set: {
      expression: 'SET sentAt = :now REMOVE #list, listOrder',
      names: { '#list': 'list' },
      values: { ':now': now.toISOString() },
    },
  });
}
