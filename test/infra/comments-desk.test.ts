import { describe, expect, inject, it } from 'vitest';
import { projectPayments } from '#apps/workers/project-payments.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import { createCommentsRoutes } from '../../infra/tools/comments/comments-routes.ts';
import { aCheckout, aPerson, sessionEvent, store, webhookOn } from '../support/payments.ts';
import { everything, freshTable } from '../support/table.ts';

const url = 'http://127.0.0.1:8787/__local/words';

async function openDesk() {
  const table = await freshTable();
  const checkout = aCheckout(1);
  await store(table, checkout, aPerson(checkout, { message: '<b>Warm</b> greetings' }));
  // The page asks for the comments of the last twelve months.
  await webhookOn(table).deliver(sessionEvent(checkout, { created: new Date() }));
  await projectPayments(
    { slug: checkout.fund, gifts: (await everything(table, 'payment')).map(fromPaymentItem) },
    { table },
  );
  const app = createCommentsRoutes({
    dynamodbUrl: inject('dynamodbUrl'),
    region: 'ap-east-1',
    tableName: table.name,
  });
  const decide = (decision: string, headers: Record<string, string> = {}, id = checkout.id) =>
    app.request(`${url}/${id}`, { method: 'POST', headers, body: new URLSearchParams({ decision }) });
  const state = async () => (await everything(table, 'person'))[0]?.messageState;
  const show = async () => app.request(url);
  const page = async () => (await show()).text();
  return { decide, state, show, page };
}

describe("the laptop's desk for comments", () => {
  it('lists a comment as text, and no longer once it is approved', async () => {
    const desk = await openDesk();
    expect(await desk.page()).toContain('&lt;b&gt;Warm&lt;/b&gt; greetings');
    const answer = await desk.decide('approve');
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/__local/words']);
    expect(await desk.state()).toBe('approved');
    expect(await desk.page()).toContain('None wait.');
  });

  it('is framed by no page', async () => {
    const { headers } = await (await openDesk()).show();
    expect(headers.get('content-security-policy')).toMatch(/form-action 'self'; frame-ancestors 'none'$/);
    expect(headers.get('x-frame-options')).toBe('DENY');
  });

  it('takes no form of another site, and says what is wrong with its own', async () => {
    const desk = await openDesk();
    expect((await desk.decide('approve', { origin: 'https://elsewhere.example' })).status).toBe(403);
    for (const site of ['cross-site', 'same-site']) {
      expect((await desk.decide('approve', { 'sec-fetch-site': site })).status, site).toBe(403);
    }
    const wrong = await desk.decide('delete', { 'sec-fetch-site': 'same-origin' });
    expect([wrong.status, await wrong.json()]).toMatchObject([422, { errors: [{ pointer: '/decision' }] }]);
    expect((await desk.decide('approve', {}, `chk_${'f'.repeat(32)}`)).status).toBe(404);
    expect(await desk.state()).toBe('waiting');
  });
});
