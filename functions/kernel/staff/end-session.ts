import { sessionId } from '#platform/ids.ts';
import { keys } from '#platform/table/keys.ts';
import type { Table } from '#platform/table/table.ts';
import { writeOne } from '#platform/table/write-one.ts';

/**
 * Ends the session of a secret, if there is one: whatever still holds the cookie is not signed in any more.
 */
export async function endSession(secret: string, { table }: { readonly table: Table }): Promise<void> {
  await writeOne(table, { remove: keys.session(sessionId(secret)) });
}
