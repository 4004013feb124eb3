import { Hono } from 'hono';
import { refuseForeignForms } from '../../same-site.ts';
import { type Account, noRequest } from '../account/account.ts';
import type { Delivery, Reference, StoredEvent } from '../account/store.ts';
import type { Webhooks } from '../account/webhooks.ts';
import { expireSession } from '../objects/checkout-sessions.ts';
import { endDelayedSession } from '../objects/payments.ts';
import { invalidRequest, unknownPath } from '../protocol/errors.ts';
import { json } from '../protocol/operation.ts';
import { type Fields, integer, list, oneOf, text } from '../protocol/parameters.ts';
import { done, ofPath, readControl } from './control-requests.ts';
import { DashboardPage } from './dashboard-page.tsx';
import { addMoneyControls } from './money-controls.ts';

const releaseFields = { order: oneOf('oldest-first', 'newest-first'), events: list(text()) };
const sendFields = { times: integer, after: integer };
const outcomeFields = { outcome: oneOf('succeeded', 'failed') };

/**
 * What the real Stripe has no call for: order, number and time of deliveries, and what payers, banks and the clock do to
 * payments.
 */
export function createControls(account: Account, webhooks: Webhooks): Hono {
  const { store } = account;
  const controls = new Hono();
  controls.use('/__local/*', refuseForeignForms);
  controls.get('/', (context) => {
    context.header('cache-control', 'no-store');
    context.header(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
    );
    return context.html(<DashboardPage account={account} webhooks={webhooks} />);
  });
  addDeliveryControls(controls, account, webhooks);
  controls.post('/__local/sessions/:id/settle', async (context) => {
    const session = ofPath(context, store.sessions, 'checkout.session');
    const { outcome } = await readControl(context, outcomeFields);
    endDelayedSession(account, session, outcome ?? plannedOutcome(account, session.payment_intent));
    return done(context, session, '#sessions');
  });
  controls.post('/__local/sessions/:id/expire', async (context) => {
    await readControl(context, {});
    const session = ofPath(context, store.sessions, 'checkout.session');
    return done(context, expireSession(account, session, noRequest), '#sessions');
  });
  addMoneyControls(controls, account);
  controls.all('*', (context) => {
    throw unknownPath(context.req.method, context.req.path);
  });
  return controls;
}

function addDeliveryControls(controls: Hono, account: Account, webhooks: Webhooks): void {
  const { store } = account;
  controls.get('/__local/deliveries', () => json({ data: store.deliveries.newestFirst() }, 200));
  controls.post('/__local/hold', async (context) => {
    await readControl(context, {});
    webhooks.isHolding = true;
    return done(context, { holding: true });
  });
  controls.post('/__local/release', async (context) => {
    const input = await readControl(context, releaseFields);
    const held = inOrder(webhooks.held(), input);
    await webhooks.release(held);
    return done(context, { holding: webhooks.isHolding, data: held });
  });
  controls.post('/__local/events/:id/send', async (context) => {
    const event = ofPath(context, store.events, 'event');
    const data = await sendAgain(webhooks, event, await readControl(context, sendFields));
    return done(context, { data }, '#events');
  });
}

async function sendAgain(
  webhooks: Webhooks,
  event: StoredEvent,
  input: Fields<typeof sendFields>,
): Promise<Delivery[]> {
  const times = input.times ?? 1;
  if (times < 1 || times > 20) throw invalidRequest('times must be between 1 and 20.', 'times');
  const after = input.after ?? 0;
  if (after < 0 || after > 3600) throw invalidRequest('after must be between 0 and 3600 seconds.', 'after');
  const copies = Array.from({ length: times });
  if (after > 0) return copies.map(() => webhooks.sendLater(event, after));
  return Promise.all(copies.map(() => webhooks.send(event)));
}

function inOrder(held: Delivery[], input: Fields<typeof releaseFields>): Delivery[] {
  if (input.events === undefined) return input.order === 'newest-first' ? held.toReversed() : held;
  return input.events.map((id) => {
    const delivery = held.find((candidate) => candidate.event === id);
    if (!delivery) throw invalidRequest(`No held delivery of the event '${id}'.`, 'events');
    return delivery;
  });
}

function plannedOutcome(account: Account, intentId: Reference): 'succeeded' | 'failed' {
  const intent = account.store.paymentIntents.find(intentId);
  const behaviour = account.store.behaviours.get(String(intent?.payment_method));
  return behaviour === 'delayed-fails' ? 'failed' : 'succeeded';
}
