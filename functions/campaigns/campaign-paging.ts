import { wrongParameter } from '../http/requests.ts';

/** Takes a page out of a list that is read as a whole; `next` is where the next page begins. */
export function pageOf<T>(
  all: readonly T[],
  start: number,
  limit: number,
): { data: T[]; next: number | undefined } {
  const end = start + limit;
  return { data: all.slice(start, end), next: end < all.length ? end : undefined };
}

/** Where the next page of campaigns begins, as an opaque text. */
export function toCampaignCursor(start: number): string {
  return Buffer.from(`campaigns ${start}`).toString('base64url');
}

/**
 * Reads a cursor that an earlier page of campaigns gave; 0 without one.
 * @throws Problem `invalid` when it is none of ours
 */
export function parseCampaignCursor(text: string | undefined): number {
  if (text === undefined) return 0;
  const start = /^campaigns ([1-9]\d{0,5})$/.exec(Buffer.from(text, 'base64url').toString())?.[1];
  if (!start) throw wrongParameter('cursor', 'The cursor is the nextCursor of an earlier page.');
  return Number(start);
}
