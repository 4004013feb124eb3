import { hongKongMonth } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import { readBooks } from './read-books.ts';

/**
 * Refuses a day before the books begin: of what a person types it is an error in the year, and one entry there would open all months
 * since.
 * @param typed.day `YYYY-MM-DD`, Hong Kong
 * @throws Problem `invalid` that names the field `day`
 */
export async function requireInBooks(
  { day }: { readonly day: string },
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<void> {
  const first = (await readBooks({ table, now })).months[0] ?? hongKongMonth(now);
  if (day.slice(0, 7) >= first) return;
  const detail = `The books begin in ${first}. Please check the day and its year.`;
  throw new Problem('invalid', detail, { errors: [{ pointer: '/day', detail }] });
}
