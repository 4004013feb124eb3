import * as z from 'zod/mini';
import { isMonth, type Month } from '#platform/clock.ts';
import { readCursor, writeCursor } from '#platform/http/cursors.ts';
import { wrongParameter } from '#platform/http/requests.ts';

/**
 * Reads the Hong Kong month that a request names.
 * @throws Problem `invalid` when it is none
 */
export function readMonth(text: string): Month {
  if (!isMonth(text)) throw wrongParameter('month', 'The month has the form 2026-11.');
  return text;
}

/** Where a page of a list begins, by its items' `listOrder`, and how long it is. */
export interface StaffPaging {
  /** The place of the last item of the page before; undefined for the first page. */
  readonly before: string | undefined;
  /** 1 to 100. */
  readonly limit: number;
}

/** A place in a list whose items are ordered by time and then by id, at most 500 characters of ASCII. */
export const orderSchema = z
  .string()
  .check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#[\x21-\x7e]{1,500}$/));

/**
 * Which page is asked for of a list whose items are ordered by time and then by id.
 * @param list what it is a list of; a cursor of another one is refused
 * @throws Problem `invalid` for a cursor that is none of ours
 */
export function pageOf(
  list: string,
  { limit, cursor }: { readonly limit: number; readonly cursor: string | undefined },
): StaffPaging {
  return { limit, before: readCursor(cursor, list, orderSchema) };
}

/** Where the next page of a list begins; null at its end. */
export function nextCursor(list: string, next: string | undefined): string | null {
  return next === undefined ? null : writeCursor(list, next);
}
