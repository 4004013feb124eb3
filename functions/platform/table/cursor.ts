import { keys } from './keys.ts';
import { read } from './read-item.ts';
import { readItems, type Table, toItem } from './table.ts';
import { writeOne } from './write-one.ts';

/** The moment up to which a task has read; undefined before its first successful run. */
export async function readCursor(table: Table, task: string): Promise<Date | undefined> {
  const key = keys.cursor(task);
  const item = (await readItems(table, [key], { consistent: true })).itemAt(key);
  return item && read(item).date('through');
}

/** Records the moment up to which a task has read. */
export async function writeCursor(table: Table, task: string, through: Date): Promise<void> {
  await writeOne(table, { put: toItem(keys.cursor(task), 'cursor', 1, { through: through.toISOString() }) });
}
