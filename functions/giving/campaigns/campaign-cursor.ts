import * as z from 'zod/mini';
import { readCursor, writeCursor } from '#platform/http/cursors.ts';

/** Cuts a page out of a list that is read as a whole; `next` is where the next page begins. */
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

export function toCampaignCursor(start: number): string {
  return writeCursor(list, start);
}

/**
 * Reads a cursor of an earlier page of campaigns; without one, 0.
 * @throws Problem `invalid` for a cursor that we did not make
 */
export function parseCampaignCursor(text: string | undefined): number {
  return readCursor(text, list, startSchema) ?? 0;
}
