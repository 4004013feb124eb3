import type { Context } from '#platform/context/context.ts';
import { errorFields, log } from '#platform/log.ts';
import type { CharitySettings } from '#platform/settings.ts';
import type { Memory } from '#platform/web/memory.ts';
import { readInForce } from './read-settings.ts';

/**
 * The settings to put in force for a request; they may be a few seconds old. A page that needs no table is shown all the same when
 * the table does not answer, as the configuration has it.
 */
export async function recallSettings({
  table,
  memory,
}: Pick<Context, 'table'> & { readonly memory: Memory }): Promise<CharitySettings | undefined> {
  try {
    return await memory.recall('settings', () => readInForce({ table }));
  } catch (error) {
    log('error', 'settings-unreadable', errorFields(error));
    return undefined;
  }
}
