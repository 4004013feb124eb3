import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test, vi } from 'vitest';
import { openTable } from '#platform/table/table.ts';
import { wordsOf } from '#platform/web/words.ts';
import { nobody } from '../support/local-stripe.ts';
import { aCheckout, sessionEvent, webhookOn } from '../support/payments.ts';
import { siteOn } from '../support/site.ts';

/** The least time of a function that people or Stripe wait for (`infra/service/`), less what else it does. */
const bound = 13_000;

const it = test.extend('hanging', { scope: 'file' }, async ({}, { onCleanup }) => {
  let asked = 0;
  const server = createServer(() => {
    asked += 1;
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv('AWS_REGION', 'ap-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  const table = openTable('hanging');
  onCleanup(() => {
    vi.unstubAllEnvs();
    server.closeAllConnections();
    server.close();
  });
  const timed = async (asking: Response | Promise<Response>) => {
    const began = performance.now();
    const answer = await asking;
    const took = performance.now() - began;
    return {
      status: answer.status,
      type: answer.headers.get('content-type'),
      text: await answer.text(),
      took,
    };
  };
  return {
    table,
    asked: () => asked,
    timed,
  };
});

describe('a table that takes requests and never answers', () => {
  it('leads to our own error page, problem and 5xx before the functions are out of time', async ({
    hanging: { table, asked, timed },
  }) => {
    const app = siteOn(table, nobody);
    const [page, call, event] = await Promise.all([
      timed(app.request('/zh')),
      timed(app.request('/api/campaigns')),
      timed(webhookOn(table).deliver(sessionEvent(aCheckout(1)))),
    ]);
    expect(page).toMatchObject({ status: 500, type: expect.stringContaining('text/html') as string });
    expect(page.text).toContain(wordsOf('zh-HK').failedTitle);
    expect(call).toMatchObject({ status: 500, type: 'application/problem+json' });
    expect(event.status).toBe(500);
    for (const { took } of [page, call, event]) expect(took).toBeLessThan(bound);
    expect(asked(), 'each was tried again').toBeGreaterThan(3);
  }, 30_000);
});
