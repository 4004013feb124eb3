import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test, vi } from 'vitest';
import { runAudit } from '../support/run-audit.ts';
import { startProduct } from '../support/running-product.ts';
import { gift } from '../support/site.ts';

vi.setConfig({ testTimeout: 240_000 });

const root = fileURLToPath(new URL('../..', import.meta.url));
const hour = 3_600_000;

interface Endpoints {
  readonly site: string;
  readonly stripe: string;
  readonly stripeKey: string;
  readonly staffTokens: Readonly<Record<string, string>>;
  readonly clockAhead: number;
}

const endpoints = async () =>
  JSON.parse(await readFile(new URL('.local/endpoints.json', `file://${root}`), 'utf8')) as Endpoints;

/** Runs `npm run travel` in a process of its own. */
function runTravel(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const command = ['--import', 'tsx', 'infra/tools/travel.ts', ...args];
    const child = execFile(process.execPath, command, { cwd: root }, (_, out, err) =>
      resolve({ code: child.exitCode ?? -1, out, err }),
    );
  });
}

/** The running product with one Session, 26 hours later. */
const it = test.extend('journey', { scope: 'file' }, async ({}, { onCleanup }) => {
  const product = await startProduct({ DEMO: '0' });
  onCleanup(() => product.stop());
  const before = await endpoints();
  const stripe = async <T>(path: string) => {
    const { stripe: url, stripeKey } = before;
    const answer = await fetch(`${url}/v1/${path}`, { headers: { authorization: `Bearer ${stripeKey}` } });
    return (await answer.json()) as T;
  };
  const staff = (path: string, { staffTokens, site }: Endpoints, more: RequestInit = {}) =>
    fetch(`${site}/api/staff/${path}`, {
      ...more,
      headers: { authorization: `Bearer ${staffTokens.admin}`, ...more.headers },
    });

  const campaign = await staff('campaigns/school-bags', before, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', 'if-none-match': '*' },
    body: await readFile(new URL('infra/docs/example-campaign.json', `file://${root}`), 'utf8'),
  });
  expect(campaign.status).toBe(201);
  const started = await fetch(`${before.site}/api/campaigns/school-bags/checkouts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': 'one' },
    body: JSON.stringify(gift),
  });
  expect(started.status).toBe(201);
  const sessions = await stripe<{ data: { id: string; expires_at: number }[] }>('checkout/sessions');
  const [{ id: sessionId, expires_at: expiresAt } = { id: '', expires_at: 0 }] = sessions.data;
  const journey = await runTravel('--to', new Date(Date.now() + 26 * hour).toISOString());
  expect(journey).toMatchObject({ code: 0, err: '' });
  return { before, stripe, staff, sessionId, expiresAt, said: journey.out };
});

describe('the running product, after a journey of 26 hours', () => {
  it('says what time it is, and that nothing failed on the way', ({ journey: { said } }) => {
    expect(said).toMatch(/It is \d{4}-\d\d-\d\dT.+\. \d+ schedules and events of Stripe were due\./);
    expect(said).not.toContain('!');
  });

  it('has ended the Session when its time had come, and the webhook has taken the event', async ({
    journey: { stripe, sessionId, expiresAt },
  }) => {
    const events = await stripe<{
      data: { type: string; created: number; pending_webhooks: number; data: { object: { id: string } } }[];
    }>('events?type=checkout.session.expired');
    expect(events.data).toMatchObject([{ pending_webhooks: 0, data: { object: { id: sessionId } } }]);
    expect(events.data[0]?.created).toBeGreaterThanOrEqual(expiresAt);
    expect(events.data[0]?.created).toBeLessThan(expiresAt + 5);
  });

  it('has fired its schedules at their own times, whose functions saw that time', async ({
    journey: { before },
  }) => {
    const logs = (await (await fetch(`${before.site}/__local/logs?function=sweep`)).json()) as {
      at: string;
      line: string;
    }[];
    const times = logs.filter(({ line }) => line.includes('outbox-requeued')).map(({ at }) => Date.parse(at));
    expect(times.length).toBeGreaterThanOrEqual(26);
    expect(times).toEqual([...times].sort((one, other) => one - other));
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(24 * hour);
  });

  it('takes new tokens of the staff, and no old ones', async ({ journey: { before, staff } }) => {
    const after = await endpoints();
    expect((await staff('me', before)).status).toBe(401);
    expect((await staff('me', after)).status).toBe(200);
    expect(after.clockAhead).toBeGreaterThan(25 * hour);
  });

  it('takes a gift as before: functions, Stripe and sign-in have one time', async ({
    journey: { before },
  }) => {
    const started = await fetch(`${before.site}/api/campaigns/school-bags/checkouts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'two' },
      body: JSON.stringify(gift),
    });
    expect(started.status).toBe(201);
    expect((await runAudit()).out).toContain('Everything that was checked holds.');
  });

  it('never goes back', async () => {
    expect(await runTravel('--to', new Date().toISOString())).toEqual({
      code: 1,
      out: '',
      err: expect.stringMatching(/^It is .+ here, and time never goes back: choose a later moment\.\n$/),
    });
    expect(await runTravel()).toMatchObject({ code: 1, err: 'Usage: npm run travel -- --to <ISO time>\n' });
  });
});
