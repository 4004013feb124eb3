import * as z from 'zod/mini';
import { readCursor, writeCursor } from '#platform/http/cursors.ts';

/** Takes a page out of a list that is read as a whole; `next` is where the next page begins. */
export function pageOf<T>(
  all: readonly T[],
  start: number,
  limit: number,
): { data: T[]; next: number | undefined } {
  const end = start + limit;
  return { data: all.slice(start, end), next: end < all.length ? end : undefined };
}

const list = 'campaigns';
const startSchema = z.int().check(z.gte(1), z.lte(999_999));

/** Where the next page of campaigns begins, as an opaque text. */
export function toCampaignCursor(start: number): string {
  return writeCursor(list, start);
}

/**
 * Reads a cursor that an earlier page of campaigns gave; 0 without one.
 * @throws Problem `invalid` when it is none of ours
 */
export function parseCampaignCursor(text: string | undefined): number {
  return readCursor(text, list, startSchema) ?? 0;
}
