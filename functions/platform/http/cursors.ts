import * as z from 'zod/mini';
import { wrongParameter } from './requests.ts';

/** Longer than any of ours, also one of a list whose name holds the longest key. */
const longestCursor = 8192;

/** Where the next page of a list begins, as an opaque text that is good for that list alone. @param list what it is a list of */
export function writeCursor(list: string, position: unknown): string {
  return Buffer.from(JSON.stringify([list, position])).toString('base64url');
}

/**
 * Reads the cursor that an earlier page of a list gave.
 * @param list as it was written: a cursor never leads into another list
 * @param position what a place in this list looks like
 * @returns undefined without one
 * @throws Problem `invalid` when it is none of ours
 */
export function readCursor<Schema extends z.ZodMiniType>(
  text: string | undefined,
  list: string,
  position: Schema,
): z.output<Schema> | undefined {
  if (text === undefined) return undefined;
  const read = z.tuple([z.literal(list), position]).safeParse(decode(text));
  if (read.success) return read.data[1] as z.output<Schema>;
  throw wrongParameter('cursor', 'The cursor is the nextCursor of an earlier page of this list.');
}

/** What a cursor holds; null for a text that `writeCursor` never writes. */
function decode(text: string): unknown {
  if (text.length > longestCursor) return null;
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.toString('base64url') !== text) return null;
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}

const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** A time as our lists are ordered by it, to the millisecond, UTC. */
export const momentSchema = z.string().check(z.regex(moment));
