import { type Context, Hono } from 'hono';
import type { Account } from './account.ts';
import { noRequest } from './account.ts';
import { expireSession } from './checkout-sessions.ts';
import { DashboardPage } from './dashboard-page.tsx';
import { invalidRequest, resourceMissing, unknownPath } from './errors.ts';
import { type FormValue, parseForm } from './form.ts';
import { json } from './operation.ts';
import { type Fields, fields, integer, list, oneOf, type Reader, text } from './parameters.ts';
import { settleDelayed } from './payments.ts';
import { refuseForeignForms } from './same-site.ts';
import { type Delivery, idOf, type Reference, type StoredEvent } from './store.ts';
import type { Webhooks } from './webhooks.ts';

const releaseFields = { order: oneOf('oldest-first', 'newest-first'), events: list(text()) };
const sendFields = { times: integer, after: integer };
const settleFields = { outcome: oneOf('succeeded', 'failed') };

/** What the real Stripe has no call for: order, number and time of deliveries, and the end of delayed payments. */
export function createControls(account: Account, webhooks: Webhooks): Hono {
  const { store } = account;
  const controls = new Hono();
  controls.use('/__local/*', refuseForeignForms);
  controls.get('/', (context) =>
    context.html(<DashboardPage account={account} isHolding={webhooks.isHolding} />),
  );
  controls.get('/__local/deliveries', () => json({ data: store.deliveries.newestFirst() }, 200));
  controls.post('/__local/hold', async (context) => {
    await read(context, {});
    webhooks.isHolding = true;
    return done(context, { holding: true });
  });
  controls.post('/__local/release', async (context) => {
    const input = await read(context, releaseFields);
    const held = inOrder(webhooks.held(), input);
    await webhooks.release(held);
    return done(context, { holding: webhooks.isHolding, data: held });
  });
  controls.post('/__local/events/:id/send', async (context) => {
    const event = findEvent(account, context);
    return done(context, { data: await sendAgain(webhooks, event, await read(context, sendFields)) });
  });
  controls.post('/__local/sessions/:id/settle', async (context) => {
    const session = findSession(account, context);
    const { outcome } = await read(context, settleFields);
    settleDelayed(account, session, outcome ?? plannedOutcome(account, session.payment_intent));
    return done(context, session);
  });
  controls.post('/__local/sessions/:id/expire', async (context) => {
    await read(context, {});
    return done(context, expireSession(account, findSession(account, context), noRequest));
  });
  controls.all('*', (context) => {
    throw unknownPath(context.req.method, context.req.path);
  });
  return controls;
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
  const behaviour = account.store.behaviours.get(idOf(intent?.payment_method) ?? '');
  return behaviour === 'delayed-fails' ? 'failed' : 'succeeded';
}

function findEvent(account: Account, context: Context): StoredEvent {
  const id = context.req.param('id') ?? '';
  const event = account.store.events.find(id);
  if (!event) throw resourceMissing('event', id);
  return event;
}

function findSession(account: Account, context: Context) {
  const id = context.req.param('id') ?? '';
  const session = account.store.sessions.find(id);
  if (!session) throw resourceMissing('checkout.session', id);
  return session;
}

async function read<R extends Record<string, Reader<unknown>>>(
  context: Context,
  readers: R,
): Promise<Fields<R>> {
  const given: { [name: string]: FormValue } = parseForm(await context.req.text());
  return fields({ ...readers })(given, '') as Fields<R>;
}

/** A button goes back to the list; a call gets JSON. */
function done(context: Context, answer: object): Response {
  const isButton = context.req.header('accept')?.includes('text/html') ?? false;
  return isButton ? context.redirect('/', 303) : json(answer, 200);
}
