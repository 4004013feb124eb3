import { waitsOf } from '#kernel/people/person-item.ts';
import { publicNameOf } from '#kernel/people/public-name.ts';
import { personAt } from '#kernel/people/read-person.ts';
import { lastMonths } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { keys } from '#platform/table/keys.ts';
import { readIntact } from '#platform/table/read-item.ts';
import { readCollection, readItems } from '#platform/table/table.ts';
import { fromCommentItem, type WaitingComment } from './comment-item.ts';

/** A waiting comment or name, with what staff need in order to decide. */
export interface CommentToModerate extends WaitingComment {
  readonly waits: readonly ('message' | 'name')[];
  readonly message: string | null;
  /** The name as it appears, or would appear, beside the gift; null when there is none, the donor hides it or staff rejected it. */
  readonly name: string | null;
}

const monthsBack = 12;
const largestPage = 100;

/**
 * The comments and names of paid gifts that wait for a decision, of the last twelve months, the longest waiting first; at most a
 * hundred a month, so a long list is shown in parts as it is worked off. Comments of people whose data was erased are left out.
 */
export async function listWaitingComments({
  table,
  now,
}: Pick<Context, 'table' | 'now'>): Promise<CommentToModerate[]> {
  const pages = await Promise.all(
    lastMonths(now, monthsBack + 1)
      .reverse()
      .map((month) =>
        readCollection(table, keys.words(month, '', '').pk, { order: 'oldest', limit: largestPage }),
      ),
  );
  const waiting = readIntact(pages.flat(), fromCommentItem);
  const people = await readItems(
    table,
    waiting.map(({ checkoutId }) => keys.person(checkoutId)),
  );
  const decided = readIntact(waiting, (words) => {
    const person = personAt(people, words.checkoutId, words.at);
    const waits = person ? waitsOf(person) : [];
    if (!person || waits.length === 0) return undefined;
    const name = waits.includes('name') ? person.displayName : publicNameOf(person);
    return { ...words, waits, message: person.message ?? null, name: name ?? null };
  });
  return decided.filter((words) => words !== undefined);
}
