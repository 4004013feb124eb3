import { wrongParameter } from '../http/requests.ts';
import { hongKongMonth, isMonth } from '../platform/clock.ts';
import type { GiftCursor } from './list-gifts.ts';

/** Where the next page begins, as an opaque text. */
export function toCursor(cursor: GiftCursor): string {
  return Buffer.from(JSON.stringify([cursor.month, cursor.at, cursor.shown])).toString('base64url');
}

/**
 * Reads where a page of gifts begins; without a cursor, with the newest of the present month.
 * @throws Problem `invalid` when it is none of ours, or of a month to come, in which no page of ours begins
 */
export function parseCursor(text: string | undefined, now: Date): GiftCursor {
  const present = hongKongMonth(now);
  if (text === undefined) return { month: present, at: undefined, shown: 0 };
  const cursor = decode(text);
  if (cursor && cursor.month <= present) return cursor;
  throw wrongParameter('cursor', 'The cursor is the nextCursor of an earlier page.');
}

function decode(text: string): GiftCursor | undefined {
  try {
    const [month, at, shown] = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[];
    if (typeof month === 'string' && isMonth(month)) {
      if (at === null && shown === 0) return { month, at: undefined, shown };
      if (typeof at === 'string' && isTime(at) && isCount(shown)) return { month, at, shown };
    }
  } catch {
    // Falls through to the one answer for a cursor that is not ours.
  }
  return undefined;
}

function isTime(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 1000;
}
