import { Attempts } from '#kernel/attention/attempt-each.ts';
import { lastMonths } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { lists } from '#platform/table/keys.ts';
import { readWholeList } from '#platform/table/table.ts';
import { writeOne } from '#platform/table/write-one.ts';
import { dueOf } from './promise.ts';
import { fromPromiseItem, toPromiseChange } from './promise-item.ts';

/**
 * Lets the promises lapse whose money did not come in time.
 * @returns how many lapsed
 * @throws WorkFailed at the end when some could not be read or written; the others were
 */
export async function watchPromises({ table, now }: Pick<Context, 'table' | 'now'>): Promise<number> {
  const attempts = new Attempts({ table, now });
  let lapsed = 0;
  for (const month of lastMonths(now, 3)) {
    for await (const page of readWholeList(table, lists.promises(month))) {
      await attempts.each(
        'promise',
        page,
        ({ pk }) => pk,
        async (item) => {
          const promise = fromPromiseItem(item);
          if (dueOf(promise, now) !== 'lapse') return;
          if (await writeOne(table, toPromiseChange({ ...promise, state: 'lapsed' }))) lapsed += 1;
        },
      );
    }
  }
  attempts.end('promises could not be looked after.');
  return lapsed;
}
