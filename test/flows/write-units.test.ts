import { describe, expect, inject, test } from 'vitest';
import { giveMetered, storeFullCampaign } from '../support/gift-way.ts';
import { everything, freshTable } from '../support/table.ts';
import { meterTable, unitsByStep } from '../support/write-meter.ts';

const it = test.extend('meter', { scope: 'file' }, async ({}) => {
  const table = await freshTable();
  await storeFullCampaign(table, { words: 0 });
  const meter = meterTable(table, inject('dynamodbUrl'));
  await giveMetered(table, meter);
  expect((await everything(table, 'outbox'))[0]).toHaveProperty('sentAt');
  return meter;
});

describe('a gift with everything filled in, from the form to the sent mail', () => {
  it('takes at most 31 write units, those of the index included, in two requests after the webhook and three for the mail', ({
    meter,
  }) => {
    const steps = unitsByStep(meter.writes);
    expect(steps.map(({ step }) => step)).toEqual(['form and Session', 'webhook', 'projector', 'mailer']);
    expect(steps.reduce((units, step) => units + step.table + step.index, 0)).toBeLessThanOrEqual(31);
    const requests = (name: string) =>
      meter.requests.filter(({ step }) => step === name).map(({ operation }) => operation);
    expect(requests('projector')).toEqual(['BatchGetItem', 'BatchExecuteStatement']);
    expect(requests('mailer')).toEqual(['BatchGetItem', 'PutItem', 'UpdateItem']);
  });

  it('takes at most 12 of them in the webhook, in one request', ({ meter }) => {
    const webhook = unitsByStep(meter.writes).find(({ step }) => step === 'webhook');
    expect((webhook?.table ?? 0) + (webhook?.index ?? 0)).toBeLessThanOrEqual(12);
    const requests = meter.requests.filter(({ step }) => step === 'webhook');
    expect(requests.map(({ operation }) => operation)).toEqual(['TransactWriteItems']);
  });
});
