import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { inject } from 'vitest';
import { openStripe } from '#payments/checkout/gateway.ts';
import { charity } from '#platform/charity.ts';
import type { Item, Table } from '#platform/table/table.ts';
import { writeDemoData } from '../../infra/demo/write-demo-data.ts';
import { startLocalStripe } from '../../infra/local/stripe/server.ts';
import { nobody } from './local-stripe.ts';
import { secretKey } from './site.ts';
import { everything, freshTable, putAll } from './table.ts';

/** The demonstration as it stands at a moment: its table, and the local Stripe where its gifts were paid. */
export async function openDemo(now: Date) {
  let reported = 0;
  const server = await startLocalStripe({
    port: { port: 0 },
    secretKey,
    webhookUrl: () => {
      reported += 1;
      return nobody;
    },
    webhookSecret: 'whsec_nobody',
    accountName: 'Test',
    clock: () => now.getTime(),
  });
  const table = await freshTable();
  const siteUrl = 'https://give.example.org';
  await writeDemoData({
    dynamodbUrl: inject('dynamodbUrl'),
    tableName: table.name,
    stripe: server,
    siteUrl,
    now,
  });
  return {
    table,
    stripe: openStripe(secretKey, server.url),
    /** How many events the local Stripe tried to deliver. */
    told: () => reported,
    close: () => server.close(),
  };
}

/**
 * The demonstration's table alone, as it stands at a moment. What is written first in a run of the suite is copied from then on, since it
 * takes thousands of requests; each copy is the test's own.
 */
export async function demoTable(now: Date): Promise<Table> {
  const of = createHash('sha256').update(JSON.stringify([now, charity]));
  const file = join(tmpdir(), `demonstration-${of.digest('hex')}`);
  const kept = await readFile(file).catch(() => undefined);
  if (!kept) {
    const { table, close } = await openDemo(now);
    await close();
    const whole = `${file}-${table.name}`;
    await writeFile(whole, serialize(await everything(table)));
    await rename(whole, file);
    return table;
  }
  const table = await freshTable();
  const items = deserialize(kept) as Item[];
  const parts = Array.from({ length: Math.ceil(items.length / 25) }, (_, part) => part * 25);
  await Promise.all(parts.map((start) => putAll(table, items.slice(start, start + 25))));
  return table;
}
