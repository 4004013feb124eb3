import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { siteRoutes } from '#apps/site/routes.ts';
import { moderateComment } from '#giving/comments/moderate-comment.ts';
import { permit } from '#kernel/staff/rights.ts';
import { secretKey } from '../../infra/local/test/support/stripe-account.ts';
import { findPrivate } from './private-strings.ts';
import { everything, existingTable } from './table.ts';
import { giveWholly, type WholeRun } from './whole-run.ts';

const slug = 'lai-chi-kok-warehouse';
const english = {
  name: 'Quentin Featherstone-Marker',
  displayName: 'Quentin Featherstone of the Marker',
  email: 'quentin.marker@example.org',
  amount: 1_357_924,
  message: 'Marker words that nobody approved',
  cardName: 'Q F Cardholder-Marker',
  hideName: true,
  hideAmount: true,
};
const chinese = {
  name: '歐陽木棉標記',
  displayName: '標記的歐陽木棉',
  email: 'oyeung.marker@example.org',
  amount: 2_468_135,
  message: '未獲批准的標記說話',
  cardName: '持卡人標記',
  hideName: true,
  hideAmount: true,
  language: 'zh-HK',
} as const;
const open = {
  name: 'Wren Openhanded',
  displayName: 'Wren of the Reeds',
  email: 'wren.marker@example.org',
  amount: 48_800,
  message: 'Words that were approved',
};
type Marked = Pick<typeof english, 'name' | 'displayName' | 'email' | 'message'> & {
  readonly cardName?: string;
};
const donors: readonly Marked[] = [english, chinese, open];
/** Everything a donor typed; none of it may stand where ids are enough. */
const typed = donors.flatMap(({ name, displayName, email, message, cardName }) =>
  [name, displayName, email, message, cardName ?? []].flat(),
);
/** What nobody but the donor may read. */
const secrets = [
  ...[english, chinese].flatMap(({ name, displayName, email, message, cardName }) => [
    name,
    displayName,
    email,
    message,
    cardName,
  ]),
  // The name that we thank is private also where another one is shown.
  open.name,
  open.email,
  ...[english.amount, chinese.amount].flatMap((cents) => [
    String(cents),
    (cents / 100).toFixed(2),
    (cents / 100).toLocaleString('en', { minimumFractionDigits: 2 }),
  ]),
];

/** What was read, by where it stood. */
type Found = Map<string, string>;

/**
 * Lets donors with unique names give in a whole run, and searches all that they typed everywhere it must not be. First it shows that
 * it finds what is there: every string stands in the one place that may hold it.
 */
export async function huntPrivateStrings(run: WholeRun): Promise<void> {
  const table = existingTable(run.cloud.tables[0] ?? '');
  await sendWrongRequest(run);
  await giveWholly(run, english);
  await giveWholly(run, chinese);
  const { checkoutId } = await giveWholly(run, open);
  const allowed = permit({ id: 'hunter', roles: ['campaigns'] }, 'words.moderate');
  await moderateComment(
    {
      ...{ checkoutId, about: 'message', decision: 'approve' },
      idempotencyKey: randomUUID(),
      permit: allowed,
    },
    {
      table,
      now: new Date(),
    },
  );
  await run.until('approved words are among the newest gifts', async () =>
    JSON.stringify(await everything(table, 'latest-words')).includes(open.message),
  );
  // Public reads are answered from memory for a few seconds.
  await run.until('the site shows them', async () =>
    (await run.gifts()).some(({ message }) => message === open.message),
  );
  // Gifts of one second stand in no order, so the comments are looked for among all three.
  const messages = (await run.gifts()).map(({ message }) => message);
  expect(messages).toHaveLength(3);
  expect(messages.filter((message) => message !== null)).toEqual([open.message]);

  const items = await everything(table);
  const personal = items.filter(({ entity }) => entity === 'person' || entity === 'mail');
  const wanted = typed.filter((text) => !text.includes('ardholder') && text !== chinese.cardName);
  expect(findPrivate(JSON.stringify(personal), wanted), 'the hunter finds what is there').toEqual(wanted);

  expectClean(await publicBytes(run), secrets);
  const others = items.filter(
    (item) => !personal.includes(item) && !String(item.entity).startsWith('latest-'),
  );
  expectClean(new Map(others.map((item) => [`${item.pk} ${item.sk}`, JSON.stringify(item)])), typed);
  expectClean(logLines(run), typed);
  expectClean(await stripeMetadata(run), typed);
  await huntQueues(run);
  await huntMails(run);
}

function expectClean(found: Found, strings: readonly string[]): void {
  expect(found.size).toBeGreaterThan(0);
  const leaks = [...found].flatMap(([where, text]) =>
    findPrivate(text, strings).map((each) => `${where}: ${each}`),
  );
  expect(leaks).toEqual([]);
}

/** A request that is wrong, so that what it holds may come back in an error or a log. */
async function sendWrongRequest(run: WholeRun): Promise<void> {
  const answer = await fetch(`${run.cloud.siteUrl}/api/campaigns/${slug}/checkouts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: JSON.stringify({
      ...english,
      frequency: 'once',
      language: 'en',
      email: `${english.email} ${english.name}`,
    }),
  });
  expect(answer.status).toBe(422);
  expectClean(new Map([['the answer to a wrong request', await answer.text()]]), typed);
}

/** Every GET route of the site, with the assets that pages name, and what is not there. */
async function publicBytes(run: WholeRun): Promise<Found> {
  const found: Found = new Map();
  const read = async (path: string) => {
    const answer = await fetch(`${run.cloud.siteUrl}${path}`, { redirect: 'manual' });
    found.set(path, `${JSON.stringify([...answer.headers])}\n${await answer.text()}`);
  };
  const paths = siteRoutes
    .filter((route) => route.startsWith('GET '))
    .map((route) => route.slice('GET '.length))
    .filter((path) => !path.includes('{file}'));
  for (const path of paths) {
    for (const known of [slug, 'nowhere']) {
      await read(path.replace('{slug}', known).replace(/\{\w+\}/g, `chk_${'f'.repeat(32)}`));
    }
  }
  for (const query of ['?limit=1', '?limit=0', '?cursor=wrong'])
    await read(`/api/campaigns/${slug}/gifts${query}`);
  const linked = [...found.values()].flatMap((text) => [
    ...text.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g),
  ]);
  for (const path of new Set(linked.map(([, path = '']) => path))) await read(path);
  await read('/assets/none.css');
  return found;
}

function logLines(run: WholeRun): Found {
  return new Map(
    run.cloud.functions.logs.map((line, index) => [`log ${index} of ${line.function}`, line.line]),
  );
}

/** The metadata of everything at Stripe. Stripe itself knows the payer: the card's name and the address for its page. */
async function stripeMetadata(run: WholeRun): Promise<Found> {
  const found: Found = new Map();
  for (const kind of ['checkout/sessions', 'payment_intents', 'charges', 'events']) {
    const answer = await fetch(`${run.stripeUrl}/v1/${kind}?limit=100`, {
      headers: { authorization: `Bearer ${secretKey}` },
    });
    const { data } = (await answer.json()) as { data: { id: string }[] };
    expect(data.length, kind).toBeGreaterThan(0);
    for (const object of data) found.set(`${kind} ${object.id}`, JSON.stringify(metadataWithin(object)));
  }
  return found;
}

/** Every field named `metadata`, `description`, `client_reference_id` or of an idempotency key, however deep. */
function metadataWithin(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) =>
    /^(?:metadata|description|client_reference_id|idempotency_key)$/.test(name)
      ? [each]
      : metadataWithin(each),
  );
}

/** While Resend is down a mail waits in its queue: what waits there holds ids. */
async function huntQueues(run: WholeRun): Promise<void> {
  const outage = (status: number | null) =>
    fetch(`${run.inboxUrl}/__local/outage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ status }),
    });
  const held = () => [...run.cloud.queues.values()].flatMap((queue) => queue.bodies());
  await outage(500);
  await run.pay({ ...english, amount: 20_000 });
  await run.until('a mail waits in the queue', async () => held().length > 0);
  expectClean(new Map(held().map((body, index) => [`message ${index}`, body])), typed);
  await outage(null);
}

/** A mail holds what its own donor typed, and nothing of another's. */
async function huntMails(run: WholeRun): Promise<void> {
  for (const { ID, To } of await run.mails()) {
    const parts = [`/messages/${ID}/source`, `/api/v1/message/${ID}`].map((path) =>
      fetch(run.inboxUrl + path),
    );
    const mail = (await Promise.all((await Promise.all(parts)).map((part) => part.text()))).join('\n');
    const owner = donors.find(({ email }) => To.some(({ Address }) => Address === email));
    const own: readonly string[] = owner ? [owner.name, owner.email] : [];
    expect(findPrivate(mail, own), 'the hunter reads mails').toEqual(own);
    expect(own).toHaveLength(2);
    expectClean(
      new Map([[`mail to ${owner?.email}`, mail]]),
      typed.filter((text) => !own.includes(text)),
    );
  }
}
