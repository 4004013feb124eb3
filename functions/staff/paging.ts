import type { Context } from 'hono';
import { parseLimit, wrongParameter } from '../http/requests.ts';
import { isMonth, type Month } from '../platform/clock.ts';

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
  /** The `next` of the page before; undefined for the first. */
  readonly before: string | undefined;
  /** 1 to 100. */
  readonly limit: number;
}

/**
 * Reads `limit` and `cursor` of a list whose items are in the order of their time and their id.
 * @param prefix of the ids in the list, for example `aud`
 * @throws Problem `invalid` for a limit or a cursor that is none of ours
 */
export function readPaging(c: Context, prefix: string): StaffPaging {
  const limit = parseLimit(c.req.query('limit'));
  const cursor = c.req.query('cursor');
  if (cursor === undefined) return { limit, before: undefined };
  const before = Buffer.from(cursor, 'base64url').toString();
  if (
    !new RegExp(`^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z#${prefix}_[0-9a-f]{32}$`).test(before)
  ) {
    throw wrongParameter('cursor', 'The cursor is the nextCursor of an earlier page.');
  }
  return { limit, before };
}

/**
 * Reads `limit` and `cursor` of a list whose items are in the order of their time and of more that tells them apart.
 * @throws Problem `invalid` for a limit or a cursor that is none of ours
 */
export function readOrderPaging(c: Context): StaffPaging {
  const limit = parseLimit(c.req.query('limit'));
  const cursor = c.req.query('cursor');
  if (cursor === undefined) return { limit, before: undefined };
  const before = Buffer.from(cursor, 'base64url').toString();
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z(?:#.{1,500})?$/.test(before)) {
    throw wrongParameter('cursor', 'The cursor is the nextCursor of an earlier page.');
  }
  return { limit, before };
}

/** Where the next page begins, as an opaque text; null at the end. */
export function nextCursor(next: string | undefined): string | null {
  return next === undefined ? null : Buffer.from(next).toString('base64url');
}
