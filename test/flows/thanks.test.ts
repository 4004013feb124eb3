import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect } from 'vitest';
import { toCheckoutItem } from '#payments/checkout/checkout-item.ts';
import { charity } from '#platform/charity.ts';
import { statementText } from '#platform/receiver-words.ts';
import { keys } from '#platform/table/keys.ts';
import type { Table } from '#platform/table/table.ts';
import type { SiteContext } from '#platform/web/site-context.ts';
import { inHtml } from '../support/charity.ts';
import { Round, startConflicts } from '../support/conflicts.ts';
import { nobody } from '../support/local-stripe.ts';
import { aCheckout, aPerson, now, sessionEvent, store, webhookOn } from '../support/payments.ts';
import { aRefund, refundEvent } from '../support/refunds.ts';
import { siteOn, storeCampaigns } from '../support/site.ts';
import { story } from '../support/story.ts';
import { everything, through, watchRequests } from '../support/table.ts';

const checkout = aCheckout(7);
const page = `/thanks/${checkout.id}`;
const minutes = (count: number) => new Date(now.getTime() + count * 60_000);

/** A donor whose address has a slip, and the page after paying. */
const it = story.extend('donor', { auto: true }, async ({ table }) => {
  await store(table, checkout, aPerson(checkout, { email: 'juniper@exmaple.org' }));

  const pay = (changes?: Parameters<typeof sessionEvent>[1]) =>
    webhookOn(table).deliver(sessionEvent(checkout, changes));

  const site = (at = minutes(5), changes: Partial<SiteContext> = {}) =>
    siteOn(table, nobody, { clock: () => at, ...changes });

  const correct = (email: string, at?: Date, prefix = '') =>
    site(at).request(`${prefix}${page}/address`, { method: 'POST', body: new URLSearchParams({ email }) });

  const person = async () => (await everything(table, 'person'))[0];

  const outboxKeys = async () => (await everything(table, 'outbox')).map(({ key }) => key).sort();

  const send = (fields: Record<string, string>, prefix = '', at = minutes(5)) =>
    site(at).request(`${prefix}${page}/address`, { method: 'POST', body: new URLSearchParams(fields) });

  return { site, pay, correct, person, outboxKeys, send };
});

describe('the page after paying', () => {
  it('thanks for no payment that is not confirmed, looks again ever more slowly without JavaScript, and stops with a word', async ({
    donor: { site },
  }) => {
    const seconds: number[] = [];
    let address = page;
    for (;;) {
      const answer = await site().request(address);
      const html = await answer.text();
      expect(html).toMatch(/<title>We are confirming your payment[\s\S]*If you have paid, you need not/);
      expect(html).not.toContain('Thank you');
      expect(html).not.toContain('<script');
      const refresh = answer.headers.get('refresh');
      if (!refresh) {
        expect(html).toContain('as soon as your gift is confirmed, a mail comes to you');
        break;
      }
      const [, pause = '', next = ''] = /^(\d+);url=(\/\S+)$/.exec(refresh) ?? [];
      seconds.push(Number(pause));
      address = next;
    }
    expect(seconds[0]).toBeLessThanOrEqual(2);
    expect(seconds).toEqual([...seconds].sort((a, b) => a - b));
    const total = seconds.reduce((sum, each) => sum + each, 0);
    expect(total).toBeGreaterThan(120);
    expect(total).toBeLessThan(600);
  });

  it.for(['13', '99', '-1', 'x', '1e1', '0x1'])(
    'does not loop for ?look=%s',
    async (look, { donor: { site } }) => {
      const answer = await site().request(`${page}?look=${look}`);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('refresh')).toBeNull();
    },
  );

  it('shows the amount, the campaign and links to share it once the gift is booked, in both languages', async ({
    donor: { pay, site },
  }) => {
    await pay();
    const answer = await site().request(page);
    const html = await answer.text();
    expect(answer.headers.get('refresh')).toBeNull();
    expect(html).toContain('data-status="paid"');
    expect(html).toContain('HK$500.00');
    expect(html).toContain('>lai-chi-kok-warehouse</a>');
    const campaign = 'https://give.example.org/campaigns/lai-chi-kok-warehouse';
    expect(html.indexOf('https://wa.me/?text=')).toBeGreaterThan(0);
    expect(html.indexOf('https://wa.me/?text=')).toBeLessThan(html.indexOf('facebook.com/sharer'));
    expect(html).toContain(`href="${campaign}"`);
    // What is shared is the campaign, never the donor's own page.
    for (const [, link] of html.matchAll(/href="(https:[^"]+)"/g)) expect(link).not.toContain('chk_');
    const chinese = await (await site().request(`/zh${page}`)).text();
    expect(chinese).toContain('感謝您！');
    expect(chinese).toContain('HK$500.00');
  });

  it('names the campaign in the page’s language, and by its short name where the campaign is not there', async ({
    table,
    donor: { pay, site },
  }) => {
    await pay();
    const html = async () => (await site().request(`/zh${page}`)).text();
    const kept = /<a href="\/zh\/campaigns\/lai-chi-kok-warehouse" lang="en-HK">([^<]+)<\/a>/;
    const [, ofGift] = kept.exec(await html()) ?? [];
    expect(ofGift).toBe(checkout.subject.slug);
    await storeCampaigns(table);
    expect(await html()).not.toMatch(kept);
    const own = /<a href="\/zh\/campaigns\/lai-chi-kok-warehouse">([^<]+)<\/a>/.exec(await html())?.[1];
    expect(own).toMatch(/[\u4e00-\u9fff]/);
    expect(await html()).toContain(encodeURIComponent(String(own)));
  });

  it('is kept by no cache, listed by no search engine and named to no other site', async ({
    donor: { site },
  }) => {
    const answer = await site().request(page);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('referrer-policy')).toBe('same-origin');
    expect(await answer.text()).toContain('<meta name="robots" content="noindex"');
  });

  it('holds the name and a masked address only while the address can be corrected', async ({
    donor: { pay, site },
  }) => {
    await pay();
    const soon = await (await site(minutes(59)).request(page)).text();
    expect(soon).toContain('j…@exmaple.org');
    expect(soon).toMatch(/<h1[^>]*>Thank you, Juniper[^<]*!<\/h1>/);
    const later = await (await site(minutes(61)).request(page)).text();
    expect(later).toMatch(/<h1[^>]*>Thank you!<\/h1>/);
    expect(later).not.toMatch(/exmaple\.org|Juniper/);
    for (const html of [soon, later]) expect(html).not.toContain('juniper@');
  });

  it.for([
    ['processing', /still working on the payment/, '感謝您'],
    ['expired', /No money was taken/, '沒有收取任何款項'],
    ['failed', /no money was taken/, '沒有收取任何款項'],
    ['refunded', /HK\$500\.00 was refunded/, '我們已退還'],
  ] as const)(
    'says in both languages what it means that a checkout is %s',
    async ([status, english, chinese], { table, donor: { site } }) => {
      await table.client.send(
        new PutCommand({ TableName: table.name, Item: toCheckoutItem({ ...checkout, status }) }),
      );
      const answer = await site().request(page);
      expect(answer.headers.get('refresh')).toBeNull();
      const html = await answer.text();
      expect(html).toMatch(english);
      expect(await (await site().request(`/zh${page}`)).text()).toContain(chinese);
      const back = `/campaigns/lai-chi-kok-warehouse?checkout=${checkout.id}`;
      const isOver = status === 'expired' || status === 'failed';
      expect(html.includes(back)).toBe(isOver);
      expect(html.includes('Correct the address')).toBe(status === 'processing');
    },
  );

  it.for([
    [[20_000], 'HK$200.00 of the HK$500.00 that you paid was refunded', 'HK$500.00 當中，HK$200.00 已經退款'],
    [[20_000, 30_000], 'Your HK$500.00 was refunded', '我們已退還 HK$500.00'],
  ] as const)(
    'says after refunds of %j cents what was refunded, in both languages',
    async ([amounts, english, chinese], { table, donor: { pay, site } }) => {
      await pay();
      for (const [number, amount] of amounts.entries()) {
        const refund = aRefund(number, { amount, payment_intent: 'pi_00000007', id: `re_${number}` });
        expect((await webhookOn(table).deliver(refundEvent('refund.created', refund))).status).toBe(200);
      }
      expect(await (await site().request(page)).text()).toContain(english);
      expect(await (await site().request(`/zh${page}`)).text()).toContain(chinese);
    },
  );

  it('says nothing of a refund that failed', async ({ table, donor: { pay, site } }) => {
    await pay();
    const refund = aRefund(0, { payment_intent: 'pi_00000007' });
    await webhookOn(table).deliver(refundEvent('refund.created', refund));
    expect(await (await site().request(page)).text()).toContain('refunded');
    await webhookOn(table).deliver(refundEvent('refund.failed', { ...refund, status: 'failed' }));
    expect(await (await site().request(page)).text()).not.toContain('refunded');
  });

  it('reads the table once as often as it looks again, and once more for the campaign when the gift is there', async ({
    table,
    donor: { site, pay },
  }) => {
    const sent = watchRequests(table);
    await site().request(page);
    expect(sent.map(({ operation }) => operation)).toEqual(['BatchGetItem']);
    await pay();
    sent.length = 0;
    await site().request(page);
    expect(sent.map(({ operation }) => operation)).toEqual(['BatchGetItem', 'BatchGetItem']);
  });

  it('names after the payment the receiver, the statement, the reference and what the sum does, shows the bar, and is no receipt', async ({
    table,
    donor: { pay, site },
  }) => {
    await storeCampaigns(table);
    await pay();
    for (const [prefix, said] of [
      [
        '',
        [
          'What your gift does',
          'keeps it for a day and a half',
          'Received by',
          inHtml(charity.receiver.en),
          'On your card statement',
          inHtml(statementText()),
          'Reference',
          'This page is not a receipt',
        ],
      ],
      [
        '/zh',
        ['支持中心運作一日半', '收款機構', '月結單顯示', inHtml(statementText()), '參考編號', '本頁並非收據'],
      ],
    ] as const) {
      const html = await (await site().request(`${prefix}${page}`)).text();
      for (const each of said) expect(html).toContain(each);
      expect(html).toMatch(/class="bar"[\s\S]*(?:supporter|位支持者)/);
      expect(html).toMatch(/pi_\w+/);
    }
  });
});

describe('an address that is corrected after the booking', () => {
  it.beforeEach(({ donor: { pay } }) => pay());

  it('is kept, and the thank-you goes there once more, all in one transaction', async ({
    table,
    donor: { correct, person, outboxKeys, site },
  }) => {
    const sent = watchRequests(table);
    const answer = await correct(' juniper@example.org ');
    expect([answer.status, answer.headers.get('location')]).toEqual([303, page]);
    expect(sent.map(({ operation }) => operation)).toEqual(['BatchGetItem', 'TransactWriteItems']);
    expect(await person()).toMatchObject({ email: 'juniper@example.org', thankedAnew: true });
    expect(await outboxKeys()).toEqual(['gift-received/pi_00000007', 'gift-received/pi_00000007/corrected']);
    expect(await (await site().request(page)).text()).toContain('on its way to j…@example.org');
  });

  it('stays the same when the same form comes again, and is not corrected a second time', async ({
    table,
    donor: { correct },
  }) => {
    await correct('juniper@example.org');
    const before = await everything(table);
    expect((await correct('juniper@example.org')).status).toBe(303);
    const second = await correct('other@example.org', undefined, '/zh');
    expect(second.status).toBe(409);
    const html = await second.text();
    expect(html).toContain('電郵地址早前已經更正');
    expect(html).toContain(charity.replyTo);
    expect(await everything(table)).toEqual(before);
  });

  it('cannot be corrected when an hour has passed since the payment', async ({
    table,
    donor: { correct },
  }) => {
    const before = await everything(table);
    const answer = await correct('juniper@example.org', minutes(61));
    expect(answer.status).toBe(409);
    expect(await answer.text()).toContain('that hour is over');
    expect(await everything(table)).toEqual(before);
  });

  it.for(['', 'juniper', 'juniper@', `${'j'.repeat(250)}@example.org`, 'a@b.c\r\nBcc: d@e.f'])(
    'has the form that the checkout asks for; %j is sent back with a word at the field',
    async (email, { table, donor: { correct } }) => {
      const before = await everything(table);
      const answer = await correct(email);
      expect(answer.status).toBe(422);
      const html = await answer.text();
      expect(html).toContain('aria-describedby="email-error"');
      expect(html).toContain('Please give an e-mail address');
      expect(await everything(table)).toEqual(before);
    },
  );

  it('changes with no GET, whatever the address holds', async ({ table, donor: { site } }) => {
    const before = await everything(table);
    for (const path of [page, `${page}?email=other@example.org`, `${page}/address?email=other@example.org`]) {
      await site().request(path);
    }
    expect(await everything(table)).toEqual(before);
  });

  it('is not made up for a person whose data was erased', async ({ table, donor: { correct, site } }) => {
    const { pk, sk } = keys.person(checkout.id);
    await table.client.send(new DeleteCommand({ TableName: table.name, Key: { pk, sk } }));
    expect((await correct('juniper@example.org')).status).toBe(404);
    expect(await everything(table, 'person')).toEqual([]);
    expect(await (await site().request(page)).text()).not.toContain('@exmaple');
  });

  it('is one of two that come at the same moment, with one mail', async ({
    table,
    donor: { person, outboxKeys },
  }) => {
    const round = new Round(8);
    const conflicts = await startConflicts(round);
    try {
      const slow = siteOn(through(conflicts.url, table), nobody, { clock: () => minutes(5) });
      const addresses = Array.from({ length: 8 }, (_, index) => `donor${index}@example.org`);
      const answers = await Promise.all(
        addresses.map(async (email) => {
          const answer = await slow.request(`${page}/address`, {
            method: 'POST',
            body: new URLSearchParams({ email }),
          });
          round.leave();
          return answer;
        }),
      );
      const statuses = answers.map(({ status }) => status);
      expect(statuses.filter((status) => status === 303)).toHaveLength(1);
      expect(statuses.filter((status) => status === 409)).toHaveLength(7);
      expect((await person())?.email).toBe(addresses[statuses.indexOf(303)]);
      expect(await outboxKeys()).toHaveLength(2);
      expect(conflicts.conflicts()).toBeGreaterThan(0);
    } finally {
      await conflicts.close();
    }
  });
});

it('the page after paying shows an international address with its domain in its own letters', async ({
  donor: { pay, correct, person, site },
}) => {
  await pay();
  expect((await correct('otto@例子.香港')).status).toBe(303);
  expect(await person()).toMatchObject({ email: 'otto@xn--fsqu00a.xn--j6w193g' });
  expect(await (await site().request(page)).text()).toContain('on its way to o…@例子.香港');
});

describe('a correction with a likely slip in its address', () => {
  const answersOf = (html: string) =>
    [...html.matchAll(/name="emailAnswer" value="([^"]*)"/g)].map(([, value]) => value);

  it.for([
    ['', 'Did you mean ann@gmail.com?', 'ann@gmail.com'],
    ['/zh', '您是否想輸入 ann@gmail.com？', 'ann@gmial.com'],
  ] as const)(
    'is asked about on %s before anything is written, and taken with either answer',
    async ([prefix, question, answer], { table, donor: { pay, send, person, outboxKeys } }) => {
      await pay();
      const before = await everything(table);
      const asked = await send({ email: 'ann@gmial.com' }, prefix);
      expect([asked.status, asked.headers.get('cache-control')]).toEqual([422, 'no-store']);
      const html = await asked.text();
      expect(html).toContain(question);
      expect(html).not.toContain('<script');
      expect(answersOf(html)).toEqual(['ann@gmail.com', 'ann@gmial.com']);
      expect(await everything(table)).toEqual(before);
      expect((await send({ emailAnswer: answer }, prefix)).status).toBe(303);
      expect(await person()).toMatchObject({ email: answer });
      expect(await outboxKeys()).toHaveLength(2);
    },
  );

  it('is asked about before the booking too, and no answer is taken that is no address', async ({
    table,
    donor: { send },
  }) => {
    const before = await everything(table);
    expect(answersOf(await (await send({ email: 'ann@gmial.com' })).text())).toHaveLength(2);
    expect((await send({ emailAnswer: 'ann' })).status).toBe(422);
    expect(await everything(table)).toEqual(before);
  });

  it('is no question where the address cannot be corrected any more, nor for a form that came before', async ({
    donor: { pay, send },
  }) => {
    await pay();
    const late = await send({ email: 'ann@gmial.com' }, '', minutes(61));
    expect([late.status, answersOf(await late.text())]).toEqual([409, []]);
    await send({ emailAnswer: 'ann@gmial.com' });
    expect((await send({ email: 'ann@gmial.com' })).status).toBe(303);
    const second = await send({ email: 'bob@gmial.com' });
    expect([second.status, answersOf(await second.text())]).toEqual([409, []]);
  });
});

describe('an address that is corrected before the booking', () => {
  it('changes the person only: the one mail reads it when it is sent', async ({
    donor: { correct, pay, person, outboxKeys },
  }) => {
    expect((await correct('juniper@example.org')).status).toBe(303);
    await pay();
    expect(await person()).toMatchObject({ email: 'juniper@example.org' });
    expect(await person()).not.toHaveProperty('thankedAnew');
    expect(await outboxKeys()).toEqual(['gift-received/pi_00000007']);
    expect((await correct('other@example.org')).status).toBe(409);
  });

  it('is thanked for by a mail of its own when the booking comes in between', async ({
    table,
    donor: { pay, person, outboxKeys },
  }) => {
    let booked = false;
    const between: Table = {
      name: table.name,
      client: new Proxy(table.client, {
        get: (client, name) =>
          name === 'send'
            ? async (command: { constructor: { name: string } }) => {
                if (command.constructor.name === 'TransactWriteItemsCommand' && !booked) {
                  booked = true;
                  await pay();
                }
                // Whatever command it is, it goes on as it came.
                return client.send(command as never);
              }
            : Reflect.get(client, name),
      }),
    };
    const answer = await siteOn(between, nobody, { clock: () => minutes(5) }).request(`${page}/address`, {
      method: 'POST',
      body: new URLSearchParams({ email: 'juniper@example.org' }),
    });
    expect(answer.status).toBe(303);
    expect(booked).toBe(true);
    expect(await person()).toMatchObject({ email: 'juniper@example.org', thankedAnew: true });
    expect(await outboxKeys()).toHaveLength(2);
  });

  it('is not asked for once the checkout was not paid', async ({ table, donor: { correct, person } }) => {
    const { pk, sk } = keys.checkout(checkout.id);
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: { pk, sk },
        UpdateExpression: 'SET #status = :expired',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':expired': 'expired' },
      }),
    );
    expect((await correct('juniper@example.org')).status).toBe(409);
    expect((await person())?.email).toBe('juniper@exmaple.org');
  });
});
