import { Problem } from '#platform/errors.ts';
import { secretDigest } from '#platform/ids.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems, type Table } from '#platform/table/table.ts';
import { hasEnded } from '#platform/table/time-to-live.ts';
import type { TrusteeLink } from './trustee-link.ts';
import { fromTrusteeLinkItem } from './trustee-link-item.ts';

/**
 * The link of a secret, also one that is over.
 * @throws Problem `not-found` for a secret that nobody was sent
 */
export async function readTrusteeLink(
  token: string,
  { table, now }: { readonly table: Table; readonly now: Date },
): Promise<TrusteeLink> {
  const key = keys.trusteeLink(secretDigest(token));
  const item = (await readItems(table, [key], { consistent: true })).itemAt(key);
  if (!item || hasEnded(item, now)) throw new Problem('not-found', 'Nobody was sent this link.');
  return fromTrusteeLinkItem(item);
}
