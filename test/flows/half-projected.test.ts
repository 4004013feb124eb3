import type { BatchExecuteStatementCommandInput } from '@aws-sdk/client-dynamodb';
import { describe, expect } from 'vitest';
import { projectPayments } from '#apps/workers/project-payments.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import type { Item, Table } from '#platform/table/table.ts';
import { startGift, storeFullCampaign } from '../support/gift-way.ts';
import { webhookOn } from '../support/payments.ts';
import { story } from '../support/story.ts';
import { everything, freshTable, putAll } from '../support/table.ts';

/** What the projector writes of a donor's first gift with a comment. */
const written = ['listed-payment', 'email', 'person', 'supporter', 'words', 'latest-gifts'];

const it = story.extend('paid', async ({ table }) => {
  await storeFullCampaign(table, { words: 0 });
  const { event } = await startGift(table, 1);
  await webhookOn(table, { clock: () => new Date() }).deliver(event);
  const items = await everything(table);
  const payment = items.find(({ entity }) => entity === 'payment');
  if (!payment) throw new Error('The gift was not booked.');
  return { items, payment: fromPaymentItem(payment) };
});

/** Carries out only some statements of the first batch that goes out, then ends as if nothing had been answered. */
function endAmid(table: Table, isCarriedOut: (index: number) => boolean): void {
  let ended = false;
  table.client.middlewareStack.add(
    (next) => async (args) => {
      const { Statements } = args.input as Partial<BatchExecuteStatementCommandInput>;
      if (!Statements || ended) return next(args);
      ended = true;
      expect(Statements).toHaveLength(written.length);
      const some = Statements.filter((_, index) => isCarriedOut(index));
      await next({ ...args, input: { ...args.input, Statements: some } });
      throw new Error('The function has ended.');
    },
    { step: 'initialize', name: 'endAmid' },
  );
}

const ordered = (items: readonly Item[]) =>
  items.toSorted((a, b) => (`${a.pk} ${a.sk}` < `${b.pk} ${b.sk}` ? -1 : 1));

describe('a projector that ends amid its writes', () => {
  it.for(
    written.flatMap(
      (entity, index) =>
        [
          [`nothing but ${entity}`, (each: number) => each === index],
          [`all but ${entity}`, (each: number) => each !== index],
        ] as const,
    ),
  )('after %s, a repetition leaves what one run would have', async ([, isCarriedOut], { paid }) => {
    const [whole, halved] = [await freshTable(), await freshTable()];
    for (const each of [whole, halved]) await putAll(each, paid.items);
    const project = (table: Table) =>
      projectPayments({ slug: paid.payment.fund, gifts: [paid.payment] }, { table });
    await project(whole);
    endAmid(halved, isCarriedOut);
    await expect(project(halved)).rejects.toThrow('has ended');
    expect(ordered(await everything(halved))).not.toEqual(ordered(await everything(whole)));
    await project(halved);
    const versionless = (items: readonly Item[]) =>
      ordered(items.map((item) => (item.entity === 'latest-gifts' ? { ...item, version: 0 } : item)));
    expect(versionless(await everything(halved))).toEqual(versionless(await everything(whole)));
  });
});
