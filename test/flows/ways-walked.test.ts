import { describe, expect } from 'vitest';
import { createStaffApp } from '#apps/staff/staff-app.ts';
import { openStripe } from '#payments/checkout/gateway.ts';
import { openStripe as openAccount } from '../../infra/local/test/support/stripe-account.ts';
import { partOf, stepsOf } from '../architecture/ways.ts';
import { openMailDays } from '../support/mail-days.ts';
import { aCheckout, sessionEvent, store, webhookOn } from '../support/payments.ts';
import { gift, postCheckout, secretKey, siteOn } from '../support/site.ts';
import { campaignStory } from '../support/story.ts';
import { filesWalked } from '../support/walked-files.ts';

const it = campaignStory
  .extend('days', async ({ table }, { onCleanup }) => {
    const days = await openMailDays(table);
    onCleanup(() => days.close());
    return days;
  })
  .extend('account', async ({}, { onCleanup }) => {
    const account = await openAccount();
    onCleanup(() => account.close());
    return account;
  });

/** The files that a way lists and that have code of its rooms, and those of its rooms that ran, each sorted. */
function comparedWith(heading: string, walked: readonly string[], rooms: RegExp) {
  const listed = [...new Set(stepsOf(partOf(heading)).map(({ file }) => file))];
  const ran = walked.filter((file) => rooms.test(file));
  return { missing: ran.filter((file) => !listed.includes(file)), idle: idleIn(listed, walked) };
}

// What only names or puts together what runs, and the Lambdas with their queues, which are not started here.
const wires =
  /^functions\/[^/]+\.ts$|-app\.ts$|\/endpoints\.ts$|\/(?:enqueue|hand-on)\.ts$|^emails\/catalogue\.ts$/;

function idleIn(listed: readonly string[], walked: readonly string[]): string[] {
  return listed.filter((file) => !walked.includes(file) && !wires.test(file));
}

describe('the ways to follow in the developer’s document', () => {
  it('list for a gift every file of a context that runs when it is booked, and no other', async ({
    table,
  }) => {
    const [first, second] = [aCheckout(1), aCheckout(2)];
    for (const checkout of [first, second]) await store(table, checkout);
    const webhook = webhookOn(table);
    const event = sessionEvent(second);
    // What runs only once, as a format is made, is no step of the way.
    await webhook.deliver(sessionEvent(first));
    const walked = await filesWalked(() => webhook.deliver(event));
    expect(walked.length).toBeGreaterThan(20);
    const rooms = /^functions\/(?:apps|giving|accounting|payments|kernel)\//;
    expect(comparedWith('Follow one gift', walked, rooms)).toEqual({ missing: [], idle: [] });
  });

  it('list for a mail every file of the outbox, the mailer and the letter that runs', async ({
    table,
    days,
  }) => {
    for (const number of [1, 2]) {
      const checkout = aCheckout(number);
      await store(table, checkout);
      await webhookOn(table).deliver(sessionEvent(checkout));
    }
    expect(await days.send('gift-received/pi_00000001')).toEqual({ kind: 'sent' });
    const walked = await filesWalked(() => days.send('gift-received/pi_00000002'));
    const rooms = /^functions\/(?:apps\/mailer|kernel\/outbox)\/|^emails\/[^/]+$/;
    expect(comparedWith('Follow a mail', walked, rooms)).toEqual({ missing: [], idle: [] });
  });

  it('list for a refund every file of the staff’s API and of refunds that runs', async ({
    table,
    account,
  }) => {
    const stripe = () => Promise.resolve(openStripe(secretKey, account.url));
    const started = await postCheckout(siteOn(table, account.url, { stripe }), gift);
    const { checkoutUrl } = (await started.json()) as { checkoutUrl: string };
    const sessionId = new URL(checkoutUrl).pathname.split('/').at(-1) ?? '';
    await account.pay(sessionId, {});
    const session = await account.stripe.checkout.sessions.retrieve(sessionId);
    const webhook = webhookOn(table, { clock: () => new Date() });
    const deliverAll = async () => {
      const { data } = await account.stripe.events.list({ limit: 100 });
      for (const event of data) await webhook.deliver({ ...event });
    };
    await deliverAll();
    const actorOf = () => ({ id: 'sub-1', roles: ['finance' as const] });
    const app = createStaffApp({ table, clock: () => new Date(), random: () => 0, actorOf, stripe });
    const walked = await filesWalked(async () => {
      const answer = await app.request(`/api/staff/gifts/${session.payment_intent as string}/refunds`, {
        method: 'POST',
        body: JSON.stringify({ amount: 10_000, reason: 'requested-by-giver' }),
        headers: { 'content-type': 'application/json', 'idempotency-key': 'key-1' },
      });
      expect(answer.status).toBe(201);
      await deliverAll();
    });
    const rooms = /^functions\/(?:apps\/staff|kernel\/staff|payments\/refunds)\//;
    expect(comparedWith('Follow a refund by the staff', walked, rooms)).toEqual({ missing: [], idle: [] });
  });

  it('would miss a file that runs and is not listed, and show one that is listed and does not run', () => {
    const walked = ['functions/kernel/outbox/requeue.ts'];
    const found = comparedWith('Follow a mail', walked, /^functions\/kernel\//);
    expect(found.missing).toEqual(walked);
    expect(found.idle).toContain('functions/apps/mailer/send-mail.ts');
  });
});
