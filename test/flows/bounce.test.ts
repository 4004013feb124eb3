import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect } from 'vitest';
import { createResendWebhookApp } from '#apps/webhooks/resend-webhook-app.ts';
import { type MailProblem, toMailItem } from '#kernel/outbox/mail-item.ts';
import type { MailName } from '#kernel/outbox/outbox.ts';
import { keys } from '#platform/table/keys.ts';
import { catalogue } from '../../emails/catalogue.ts';
import { signatureHeaders } from '../../infra/local/resend/webhooks.ts';
import { nobody } from '../support/local-stripe.ts';
import { aCheckout, aPerson, now, outcomeOf, sessionEvent, store, webhookOn } from '../support/payments.ts';
import { siteOn } from '../support/site.ts';
import { story } from '../support/story.ts';
import { everything, watchRequests } from '../support/table.ts';
import { underRole } from '../support/template-roles.ts';

const secret = `whsec_${Buffer.from('a secret of the test').toString('base64')}`;
const checkout = aCheckout(9);
const address = 'juniper@exmaple.org';

/** A mail of thanks that was sent, and what Resend reports of it. */
const it = story.extend('mail', { auto: true }, async ({ table }) => {
  const deliveries = { made: 0 };

  async function sent(name: MailName): Promise<void> {
    const Item = toMailItem({
      checkoutId: checkout.id,
      name,
      template: 'gift-received',
      firstAttemptAt: now,
      to: address,
      facts: catalogue['gift-received'].previews.en,
      digest: 'digest',
    });
    await table.client.send(new PutCommand({ TableName: table.name, Item }));
  }

  const post = async (body: string, headers: Record<string, string>) =>
    createResendWebhookApp({
      table: underRole('ResendWebhook', table),
      signingSecret: async () => secret,
      clock: () => now,
    }).request('/resend/webhook', { method: 'POST', body, headers });

  const deliver = (type: string, data?: object, name?: MailName) => {
    const body = eventOf(type, data, name);
    deliveries.made += 1;
    return post(body, signatureHeaders(body, `msg_${deliveries.made}`, { secret }));
  };

  const problem = async (name: MailName = 'gift-received') =>
    (await everything(table, 'mail')).find((item) => item.name === name)?.problem;

  const page = async (minutes = 5) => {
    const at = new Date(now.getTime() + minutes * 60_000);
    const app = siteOn(table, nobody, { clock: () => at });
    return (await app.request(`/thanks/${checkout.id}`)).text();
  };
  await store(table, checkout, aPerson(checkout, { email: address }));
  await webhookOn(table).deliver(sessionEvent(checkout));
  await sent('gift-received');

  return { deliver, problem, page, sent, post };
});

function eventOf(type: string, data: object = {}, name: MailName = 'gift-received') {
  return JSON.stringify({
    type: `email.${type}`,
    created_at: now.toISOString(),
    data: {
      email_id: '4ef9a417-02e9-4d39-ad75-9611e0fcc33c',
      to: [address],
      subject: 'Thank you for your gift',
      tags: { checkout: checkout.id, mail: name },
      bounce: { type: 'Permanent', subType: 'General', message: `550 ${address} unknown` },
      ...data,
    },
  });
}

describe('a mail that came back', () => {
  it('is kept in one write, listed for a person, and leaves no address and no word of the server', async ({
    table,
    mail: { deliver, problem },
  }) => {
    const before = JSON.stringify(await everything(table)).split(address).length;
    const requests = watchRequests(table);
    expect(await outcomeOf(await deliver('bounced'))).toBe('noted');
    expect(requests.map(({ operation }) => operation)).toEqual(['TransactWriteItems']);
    expect(await problem()).toBe('bounced');
    expect(await everything(table, 'attention')).toMatchObject([
      { kind: 'mail-problem', id: `${checkout.id}/gift-received`, reason: 'bounced' },
    ]);
    const after = JSON.stringify(await everything(table));
    expect(after.split(address).length).toBe(before);
    expect(after).not.toContain('unknown');
  });

  it('is shown on the donor’s page with the form for another address', async ({
    mail: { page, deliver },
  }) => {
    expect(await page()).not.toContain('did not reach you');
    await deliver('bounced');
    const html = await page();
    expect(html).toContain('Our mail did not reach you');
    expect(html).toContain('j…@exmaple.org');
    expect(html).toContain(`action="/thanks/${checkout.id}/address"`);
    const late = await page(61);
    expect(late).toContain('Our mail to you could not be delivered');
    expect(late).not.toContain('exmaple.org');
    expect(late).not.toContain('<form');
  });

  it('is one of two mails: a bounce of the first says nothing of the one to the corrected address', async ({
    table,
    mail: { deliver, sent, page },
  }) => {
    await deliver('bounced');
    const app = siteOn(table, nobody, { clock: () => now });
    const body = new URLSearchParams({ email: 'juniper@example.org' });
    await app.request(`/thanks/${checkout.id}/address`, { method: 'POST', body });
    await sent('gift-received-corrected');
    await deliver('bounced');
    expect(await page()).toContain('on its way to j…@example.org');
    await deliver('bounced', {}, 'gift-received-corrected');
    expect(await page()).toContain('Also the mail to the corrected address could not be delivered');
  });

  it('stays the same however often Resend reports it', async ({ table, mail: { deliver } }) => {
    await deliver('bounced');
    const before = await everything(table);
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => deliver('bounced').then(outcomeOf)));
    expect(new Set(outcomes)).toEqual(new Set(['known']));
    expect(await everything(table)).toEqual(before);
  });

  it.for([
    ['bounced', 'delivered', 'bounced'],
    ['delivered', 'bounced', 'bounced'],
    ['bounced', 'opened', 'bounced'],
    ['failed', 'suppressed', 'suppressed'],
    ['suppressed', 'failed', 'suppressed'],
    ['complained', 'bounced', 'complained'],
    ['bounced', 'complained', 'complained'],
  ] as const)(
    'is reported as %s and then as %s, and ends as %s',
    async ([first, second, expected], { mail: { deliver, problem } }) => {
      await deliver(first);
      await deliver(second);
      expect(await problem()).toBe(expected satisfies MailProblem);
    },
  );

  it('that was called spam is listed, and its donor is not asked for another address', async ({
    table,
    mail: { deliver, page },
  }) => {
    await deliver('complained');
    expect(await everything(table, 'attention')).toMatchObject([{ reason: 'complained' }]);
    expect(await page()).not.toContain('did not reach you');
  });

  it('says nothing of a person who was erased', async ({ table, mail: { deliver } }) => {
    for (const { pk, sk } of [keys.person(checkout.id), keys.personMail(checkout.id, 'gift-received')]) {
      await table.client.send(new DeleteCommand({ TableName: table.name, Key: { pk, sk } }));
    }
    expect(await outcomeOf(await deliver('bounced'))).toBe('erased');
    expect(await everything(table, 'mail')).toEqual([]);
    expect(await everything(table, 'attention')).toEqual([]);
  });
});

describe('an event of Resend', () => {
  it.for(['sent', 'delivered', 'delivery_delayed', 'opened', 'clicked', 'of_next_year', 'constructor'])(
    'of type email.%s is answered 2xx and ignored',
    async (type, { table, mail: { deliver } }) => {
      const before = await everything(table);
      expect(await outcomeOf(await deliver(type))).toBe('ignored');
      expect(await everything(table)).toEqual(before);
    },
  );

  it.for([
    [undefined],
    [{}],
    [{ checkout: 'chk_1', mail: 'gift-received' }],
    [{ checkout: checkout.id, mail: 'newsletter' }],
    [{ template: 'of another product' }],
  ] as const)('about a mail with the tags %j is another product’s', async ([tags], { mail: { deliver } }) => {
    expect(await outcomeOf(await deliver('bounced', { tags }))).toBe('not-ours');
  });

  it('may carry its tags as a list, as Resend’s page on bodies has them', async ({ mail: { deliver } }) => {
    const tags = [
      { name: 'checkout', value: checkout.id },
      { name: 'mail', value: 'gift-received' },
    ];
    expect(await outcomeOf(await deliver('bounced', { tags }))).toBe('noted');
  });

  type Post = (body: string, headers: Record<string, string>) => Promise<Response>;
  it.for<[string, (post: Post, body: string, headers: Record<string, string>) => Promise<Response>]>([
    ['another body', (post, body, headers) => post(body.replace('Permanent', 'Transient'), headers)],
    ['a space more', (post, body, headers) => post(`${body} `, headers)],
    ['another id', (post, body, headers) => post(body, { ...headers, 'svix-id': 'msg_other' })],
    ['no signature', (post, body, { 'svix-signature': _, ...headers }) => post(body, headers)],
    ['no headers', (post, body) => post(body, {})],
    [
      'another secret',
      (post, body) => post(body, signatureHeaders(body, 'msg_1', { secret: `whsec_${btoa('another one')}` })),
    ],
    [
      'a signature of six minutes ago',
      (post, body) =>
        post(body, signatureHeaders(body, 'msg_1', { secret, at: new Date(Date.now() - 360_000) })),
    ],
  ])('with %s is refused and changes nothing', async ([_name, send], { table, mail: { post } }) => {
    const before = await everything(table);
    const body = eventOf('bounced');
    const answer = await send(post, body, signatureHeaders(body, 'msg_1', { secret }));
    expect(answer.status).toBe(400);
    expect(await everything(table)).toEqual(before);
  });

  it.for([
    'null',
    '[]',
    '"x"',
    '{}',
    '{"type":7,"data":{}}',
    '{"type":"email.bounced"}',
    '{"type":"email.bounced","data":null}',
  ])(
    'that is signed but no event, %s, is refused once for all and changes nothing',
    async (body, { table, mail: { post } }) => {
      const before = await everything(table);
      expect((await post(body, signatureHeaders(body, 'msg_1', { secret }))).status).toBe(400);
      expect(await everything(table)).toEqual(before);
    },
  );

  it.for([{ tags: [null, 7] }, { tags: 'x' }, { tags: { checkout: 7, mail: {} } }])(
    'with tags of no known shape, %j, is another product’s',
    async (data, { mail: { deliver } }) => {
      expect(await outcomeOf(await deliver('bounced', data))).toBe('not-ours');
    },
  );

  it('is answered 5xx, so that it comes again, when the table does not answer', async ({ table }) => {
    const body = eventOf('bounced');
    const broken = { ...table, name: 'no-such-table' };
    const app = createResendWebhookApp({
      table: broken,
      signingSecret: async () => secret,
      clock: () => now,
    });
    const headers = signatureHeaders(body, 'msg_1', { secret });
    expect((await app.request('/resend/webhook', { method: 'POST', body, headers })).status).toBe(500);
  });

  it('is too large at 256 kB, whatever its signature', async ({ mail: { post } }) => {
    expect((await post('x'.repeat(262_145), {})).status).toBe(413);
  });
});
