import { recountStock } from '#payments/stock/recount-stock.ts';
import { type Counted, isWhole } from '#payments/stock/stock.ts';
import type { Context } from '#platform/context/context.ts';
import { CorruptItem } from '#platform/errors.ts';
import type { Findings } from './findings.ts';

/** Counts the stock of each subject anew: `free + held + sold = capacity`, of everything that is counted. */
export async function checkStock(
  { subjects, findings }: { readonly subjects: ReadonlySet<string>; readonly findings: Findings },
  { table }: Pick<Context, 'table'>,
): Promise<void> {
  for (const subject of subjects) {
    const say = (text: string) => findings.add('4 stock', `stock of ${subject}`, text);
    try {
      const counted = await recountStock({ subject }, { table });
      if (counted) checkCounted(counted, subject, findings);
      else say('could not be counted: it was sold from at each reading; audit again in a quieter hour');
    } catch (error) {
      if (!(error instanceof CorruptItem)) throw error;
      say('could not be counted: one of its items is corrupt');
    }
  }
}

function checkCounted(counted: readonly Counted[], subject: string, findings: Findings): void {
  findings.look('4 stock', counted.length);
  for (const each of counted.filter((one) => !isWhole(one))) {
    const { bucket, capacity, free, held, sold } = each;
    findings.add(
      '4 stock',
      `stock of ${subject}/${bucket}`,
      `its capacity is ${capacity}, and ${free} free, ${held} held and ${sold} sold are ${free + held + sold}`,
    );
  }
}
