import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect } from 'vitest';
import { openStripe } from '#payments/checkout/gateway.ts';
import { deadlineIn } from '#platform/stripe/deadline.ts';
import { campaignPath, fieldsOf, filledIn, sendForm } from '../support/browser-form.ts';
import { sessionsOf } from '../support/local-stripe.ts';
import { gift, postCheckout, secretKey, siteOn } from '../support/site.ts';
import { campaignStory } from '../support/story.ts';
import { everything } from '../support/table.ts';

/** The time that a request has for Stripe in these tests, and how much longer it may take in all: the eight seconds are for real donors. */
const stripeTime = 1500;
const besides = 5000;

/** A server that takes requests and says nothing, or a byte now and then and never all. */
const silent: RequestListener = () => {};
const trickling: RequestListener = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const more = setInterval(() => response.write(' '), 50);
  response.on('close', () => clearInterval(more));
};

/** A Stripe that takes requests and says nothing, unless the test gives it another `listener`; and a site that relies on it. */
const it = campaignStory
  .extend('hanging', { auto: true }, async ({ log: _ }, { onCleanup }) => {
    const hanging = { url: '', calls: [] as string[], listener: silent };
    const server = createServer((request, response) => {
      hanging.calls.push(`${request.method} ${request.url}`);
      hanging.listener(request, response);
    }).listen(0, '127.0.0.1');
    onCleanup(() => {
      server.closeAllConnections();
      server.close();
    });
    await once(server, 'listening');
    hanging.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return hanging;
  })
  .extend(
    'hangingSite',
    ({ table, hanging }) =>
      () =>
        siteOn(table, hanging.url, { stripeTime }),
  );

/** An answer with how long it took, and that it was in time. */
async function timed(asking: Response | Promise<Response>): Promise<{ status: number; text: string }> {
  const began = performance.now();
  const answer = await asking;
  expect(performance.now() - began).toBeLessThan(stripeTime + besides);
  expect(answer.headers.get('retry-after')).toBe('30');
  return { status: answer.status, text: await answer.text() };
}

describe.each([
  ['takes requests and never answers', silent, 2],
  // The SDK takes no call again whose answer has begun.
  ['answers a byte now and then and never all', trickling, 1],
])('while Stripe %s', (_, listener, triesOfWorkers) => {
  it.beforeEach(({ hanging }) => {
    hanging.listener = listener;
  });

  it('the form and the API ask a new donor to try again shortly; nothing was charged', async ({
    hanging: { calls },
    hangingSite,
  }) => {
    const form = await timed(sendForm(hangingSite()));
    expect(form.status).toBe(503);
    expect(form.text).toContain(
      'The card payment service does not answer at the moment. Nothing was charged',
    );
    expect(fieldsOf(form.text)).toMatchObject({ email: filledIn.email });
    const api = await timed(postCheckout(hangingSite(), gift));
    expect([api.status, JSON.parse(api.text)]).toMatchObject([503, { code: 'payments-unavailable' }]);
    expect(calls.length, 'one for each request').toBeLessThanOrEqual(2);
  });

  it('a returning donor reads the same after one call, with the same choices, a changed one, or a repeated request', async ({
    table,
    localStripe,
    hanging: { calls },
    hangingSite,
  }) => {
    const app = siteOn(table, localStripe.url);
    await sendForm(app);
    const [session] = await sessionsOf(localStripe);
    const back = new URL(session?.cancel_url ?? '');
    const fields = fieldsOf(await (await app.request(`${back.pathname}${back.search}`)).text());
    await postCheckout(app, { ...gift, email: 'rowan@example.org' }, { key: 'api' });
    for (const again of [
      () => sendForm(hangingSite()),
      () => sendForm(hangingSite(), { ...fields, formKey: 'form-2' }),
      () => sendForm(hangingSite(), { ...fields, formKey: 'form-3', amount: '100000' }),
      () => sendForm(hangingSite(), { ...filledIn, otherAmount: '77' }, `/zh${campaignPath}`),
      () => postCheckout(hangingSite(), { ...gift, email: 'rowan@example.org' }, { key: 'api' }),
    ]) {
      calls.length = 0;
      const { status, text } = await timed(again());
      expect(status).toBe(503);
      expect(text).not.toMatch(/Nothing was charged|沒有收取任何款項|Internal Server Error/);
      expect(calls.length).toBeLessThanOrEqual(1);
    }
    expect(
      (await sessionsOf(localStripe)).map(({ status }) => status),
      'as it was',
    ).toEqual(['open', 'open']);
    expect(await everything(table, 'checkout')).toHaveLength(2);
  }, 60_000);

  it('the page that a donor comes back to shows the choices in time, and promises nothing about money', async ({
    table,
    localStripe,
    hangingSite,
  }) => {
    await sendForm(siteOn(table, localStripe.url));
    const [session] = await sessionsOf(localStripe);
    const back = new URL(session?.cancel_url ?? '');
    const began = performance.now();
    const page = await hangingSite().request(`${back.pathname}${back.search}`);
    expect(performance.now() - began).toBeLessThan(stripeTime + besides);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('do not pay again');
  });

  it('all calls of a request end by its deadline together, and a worker has one retry', async ({
    hanging: { url, calls },
  }) => {
    const call = (stripe: ReturnType<typeof openStripe>) =>
      stripe.checkout.sessions.retrieve('cs_1', {}, { timeout: 300 }).catch(({ type }) => String(type));
    const stripe = openStripe(secretKey, url, deadlineIn(400));
    const began = performance.now();
    for (let number = 0; number < 3; number += 1) expect(await call(stripe)).toMatch(/^Stripe/);
    expect(performance.now() - began).toBeLessThan(400 + besides);
    expect(calls.length, 'none is made twice, and none after the deadline').toBeLessThanOrEqual(2);
    calls.length = 0;
    expect(await call(openStripe(secretKey, url))).toMatch(/^Stripe/);
    expect(calls).toHaveLength(triesOfWorkers);
  });
});

it('a request that anything else holds up is given up, in our own words', async ({
  table,
  hanging: { url },
}) => {
  const slow = { hash: () => new Promise<never>(() => {}), answerTime: 300 };
  const api = await postCheckout(siteOn(table, url, slow), gift);
  expect([api.status, await api.json()]).toMatchObject([500, { code: 'internal' }]);
  const form = await sendForm(siteOn(table, url, slow));
  expect([form.status, form.headers.get('content-type')]).toEqual([500, 'text/html; charset=UTF-8']);
});
