import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { submitCard } from '../../infra/local/test/support/stripe-account.ts';
import { fieldsOf } from '../support/browser-form.ts';
import { startProduct } from '../support/running-product.ts';

const page = '/campaigns/lai-chi-kok-warehouse';
const email = 'juniper@example.org';
const patience = { timeout: 60_000, interval: 200 };

const it = test.extend('machine', { scope: 'file' }, async ({}, { onCleanup }) => {
  const product = await startProduct();
  onCleanup(() => product.stop());
  async function textOf(path: string): Promise<string> {
    const answer = await fetch(`${product.site}${path}`);
    expect([path, answer.status]).toEqual([path, 200]);
    return answer.text();
  }
  async function raised(): Promise<number> {
    return (JSON.parse(await textOf(`/api${page}`)) as { raised: number }).raised;
  }
  /** To whom the mails of the inbox went. */
  async function mails(): Promise<string[][]> {
    const answer = await fetch(`${product.mail}/api/v1/messages`);
    const { messages } = (await answer.json()) as { messages: { To: { Address: string }[] }[] };
    return messages.map(({ To }) => To.map(({ Address }) => Address));
  }
  return { product, textOf, raised, mails };
});

describe('a machine with Node and no Java', { timeout: 300_000 }, () => {
  it('has no Java on its path: npm run test:node-alone takes it away', () => {
    expect(spawnSync('java', ['-version']).error).toMatchObject({ code: 'ENOENT' });
  });

  it('starts the product, which says in one sentence that the embedded engine serves', ({
    machine: { product },
  }) => {
    const sentences = product.printed.split('\n').filter((line) => line.includes('embedded'));
    expect(sentences).toEqual([expect.stringMatching(/^Java .+ an embedded table in memory serves .+\.$/)]);
  });

  it('takes a gift the whole way: form, payment page, webhook, thanks page, campaign page, mail', async ({
    machine: { product, textOf, raised, mails },
  }) => {
    const before = await raised();
    const form = fieldsOf(await textOf(page));
    const started = await fetch(`${product.site}${page}`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ ...form, amount: '50000', name: 'Juniper', email, displayName: 'Fern' }),
    });
    expect(started.status, await started.text()).toBe(303);
    const payAt = new URL(started.headers.get('location') ?? '');
    const paid = await submitCard(payAt.origin, payAt.pathname.split('/').at(-1) ?? '', { email });
    expect(paid.status, await paid.text()).toBe(303);
    const thanks = new URL(paid.headers.get('location') ?? '');
    expect([thanks.origin, thanks.pathname]).toEqual([
      product.site,
      expect.stringMatching(/^\/thanks\/chk_/),
    ]);
    await expect.poll(() => textOf(thanks.pathname), patience).toContain('data-status="paid"');
    await expect.poll(raised, patience).toBe(before + 50_000);
    await expect.poll(() => textOf(page), patience).toContain('Fern');
    await expect.poll(mails, patience).toEqual([[email]]);
  });
});
