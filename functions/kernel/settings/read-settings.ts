import { charity } from '#platform/charity.ts';
import type { Context } from '#platform/context/context.ts';
import type { CharitySettings } from '#platform/settings.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems } from '#platform/table/table.ts';
import { fromSettingsItem, type RevisedSettings } from './settings-item.ts';

/** The settings, or what the configuration says where nobody has set any: one item. */
export async function readSettings(
  { table }: Pick<Context, 'table'>,
  options: { readonly consistent?: boolean } = {},
): Promise<RevisedSettings> {
  const item = (await readItems(table, [keys.settings()], options)).itemAt(keys.settings());
  if (item) return fromSettingsItem(item);
  const { replyTo, telephone, whatsApp, otherWays, feesBorneBy } = charity;
  return { settings: { replyTo, telephone, whatsApp, otherWays, feesBorneBy }, revision: 0 };
}

/** The settings to put in force; undefined where the configuration alone holds. */
export async function readInForce(ctx: Pick<Context, 'table'>): Promise<CharitySettings | undefined> {
  const { settings, revision } = await readSettings(ctx);
  return revision === 0 ? undefined : settings;
}
