import { invalidRequest, resourceMissing } from './errors.ts';
import type { FormValue } from './form.ts';
import { type Fields, fields, integer, list, text } from './parameters.ts';

const range = fields({ gt: integer, gte: integer, lt: integer, lte: integer });
type Range = { gt?: number; gte?: number; lt?: number; lte?: number };

/** Parameters of every list. */
export const listFields = {
  ending_before: text(),
  expand: list(text()),
  limit: integer,
  starting_after: text(),
};

/** A time: an exact second or a range of them. */
export function timeRange(value: FormValue, path: string): Range {
  if (typeof value !== 'string') return range(value, path);
  const exactly = integer(value, path);
  return { gte: exactly, lte: exactly };
}

/** The filter by time of creation. */
export const createdFields = { created: timeRange };

/** Stripe's list envelope. */
export interface Page<T> {
  readonly object: 'list';
  readonly data: T[];
  readonly has_more: boolean;
  readonly url: string;
}

/** Whether an object was made within the range asked for. */
export function isWithin(created: number, given: Range | undefined): boolean {
  if (!given) return true;
  return (
    (given.gt === undefined || created > given.gt) &&
    (given.gte === undefined || created >= given.gte) &&
    (given.lt === undefined || created < given.lt) &&
    (given.lte === undefined || created <= given.lte)
  );
}

/**
 * One page of a list: 1 to 100 objects, after or before an object named by its id.
 *
 * @param items all that match, newest first
 * @param url the list's path
 */
export function paginate<T extends { readonly id: string }>(
  items: readonly T[],
  input: Fields<typeof listFields>,
  url: string,
): Page<T> {
  const limit = input.limit ?? 10;
  if (limit < 1 || limit > 100) {
    throw invalidRequest(
      `Invalid limit: must be between 1 and 100, not ${limit}`,
      'limit',
      'parameter_invalid_integer',
    );
  }
  if (input.starting_after !== undefined && input.ending_before !== undefined) {
    throw invalidRequest(
      'You may only specify one of these parameters: ending_before, starting_after.',
      'ending_before',
    );
  }
  if (input.ending_before !== undefined) {
    const end = positionOf(items, input.ending_before, 'ending_before');
    const start = Math.max(0, end - limit);
    return { object: 'list', data: items.slice(start, end), has_more: start > 0, url };
  }
  const start =
    input.starting_after === undefined ? 0 : positionOf(items, input.starting_after, 'starting_after') + 1;
  const end = start + limit;
  return { object: 'list', data: items.slice(start, end), has_more: end < items.length, url };
}

function positionOf(items: readonly { readonly id: string }[], id: string, param: string): number {
  const position = items.findIndex((item) => item.id === id);
  if (position === -1) throw resourceMissing('object', id, param);
  return position;
}
