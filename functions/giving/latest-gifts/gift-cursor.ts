import * as z from 'zod/mini';
import { hongKongMonth, monthPattern } from '#platform/clock.ts';
import { momentSchema, readCursor, writeCursor } from '#platform/http/cursors.ts';
import { wrongParameter } from '#platform/http/requests.ts';
import type { GiftCursor } from './list-gifts.ts';

const month = z.string().check(z.regex(monthPattern));
/** Where a month begins, or the place after so many gifts of one time. */
const positionSchema = z.union([
  z.tuple([month, z.null(), z.literal(0)]),
  z.tuple([month, momentSchema, z.int().check(z.gte(0), z.lte(1000))]),
]);

export function toCursor(slug: string, { month, at, shown }: GiftCursor): string {
  return writeCursor(`gifts ${slug}`, [month, at ?? null, shown]);
}

/**
 * Reads where a page of a campaign's gifts begins; without a cursor, at the newest gift of the present month.
 * @throws Problem `invalid` for a cursor that we did not make, of another campaign, or of a future month
 */
export function parseCursor(slug: string, text: string | undefined, now: Date): GiftCursor {
  const present = hongKongMonth(now);
  const position = readCursor(text, `gifts ${slug}`, positionSchema);
  if (position === undefined) return { month: present, at: undefined, shown: 0 };
  const [month, at, shown] = position;
  if (month > present) throw wrongParameter('cursor', 'The cursor is the nextCursor of an earlier page.');
  return { month, at: at ?? undefined, shown };
}
