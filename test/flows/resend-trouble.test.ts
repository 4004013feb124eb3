import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect } from 'vitest';
import { keys } from '#platform/table/keys.ts';
import type { TroubleName } from '../../infra/local/resend/troubles.ts';
import { nobody } from '../support/local-stripe.ts';
import { openMailDays } from '../support/mail-days.ts';
import { aCheckout, aPerson, sessionEvent, store, webhookOn } from '../support/payments.ts';
import { siteOn } from '../support/site.ts';
import { campaignStory } from '../support/story.ts';
import { everything } from '../support/table.ts';

const donors = [1, 2, 3];

/** Three donors’ mails on days that Resend has trouble. */
const it = campaignStory.extend('mails', { auto: true }, async ({ log, table }, { onCleanup }) => {
  const calls = () => log.entries.filter(({ event }) => event === 'MailNeedsPerson');
  const days = await openMailDays(table);
  for (const number of donors) await give(number);

  onCleanup(async () => {
    await days.close();
  });

  async function give(number: number): Promise<void> {
    const checkout = aCheckout(number);
    await store(table, checkout, aPerson(checkout, { email: `donor-${number}@example.org` }));
    await webhookOn(table).deliver(sessionEvent(checkout));
  }

  const takeUp = async () => {
    for (const number of donors) await days.send(keyOf(number));
  };

  const receivers = async () =>
    (await days.inbox()).flatMap(({ To }) => To.map(({ Address }) => Address)).sort();

  const page = async () => {
    const app = siteOn(table, nobody, { clock: days.clock });
    return (await app.request(`/thanks/${aCheckout(1).id}`)).text();
  };

  /** As if the mail had been made of another template, or from another sender, at its first attempt. */
  async function changeBytes(number: number): Promise<void> {
    const { pk, sk } = keys.personMail(aCheckout(number).id, 'gift-received');
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: { pk, sk },
        UpdateExpression: 'SET digest = :other',
        ExpressionAttributeValues: { ':other': 'of other bytes' },
      }),
    );
  }

  return { days, takeUp, receivers, calls, page, give, changeBytes };
});

const keyOf = (number: number) => `gift-received/pi_0000000${number}`;
const everybody = donors.map((number) => `donor-${number}@example.org`);

const ofAccount = [
  ['domain-unverified', 'domain'],
  ['testing-only', 'domain'],
  ['key-invalid', 'key'],
  ['key-inactive', 'key'],
  ['key-suspended', 'key'],
  ['daily-quota', 'daily-quota'],
  ['monthly-quota', 'monthly-quota'],
] as const satisfies readonly (readonly [TroubleName, string])[];

describe('trouble of the account at Resend for two hours', () => {
  it.for(ofAccount)(
    '%s: each mail waits, goes once when it is over, and one person is called once',
    async ([name, trouble], { table, mails: { days, takeUp, receivers, calls, page } }) => {
      await days.trouble(name);
      await takeUp();
      await days.pass(120);
      expect(await receivers()).toEqual([]);
      expect(new Set(days.mailed.map((each) => each.kind))).toEqual(new Set(['account']));
      expect(calls()).toMatchObject([
        { reason: trouble, toDo: expect.stringMatching(/^Resend|quota at Resend/) },
      ]);
      expect(await everything(table, 'attention')).toMatchObject([{ kind: 'mail-account', id: trouble }]);
      expect(await page()).toContain('our mail service has trouble');
      expect(await page()).not.toContain('on its way');

      await days.trouble('none');
      await days.pass(60);
      expect(await receivers()).toEqual(everybody);
      await takeUp();
      expect(await receivers()).toEqual(everybody);
      expect(calls()).toHaveLength(1);
      // The mailer resolves it by itself, so nobody has to.
      expect(await everything(table, 'attention')).toMatchObject([{ settledBy: 'mailer' }]);
      expect(await page()).not.toContain('trouble');
    },
  );

  it.for(['rate', 'unavailable'] as const)(
    '%s: each mail waits and goes once, and nobody is called',
    async (name, { mails: { days, takeUp, receivers, calls } }) => {
      await days.trouble(name);
      await takeUp();
      await days.pass(120);
      expect(await receivers()).toEqual([]);
      await days.trouble('none');
      await days.pass(60);
      expect(await receivers()).toEqual(everybody);
      expect(calls()).toEqual([]);
    },
  );

  it.for([
    [500, false],
    [502, false],
    [503, true],
    [500, true],
  ] as const)(
    'status %i, mails taken and the answer lost: %s – each mail arrives once',
    async ([status, accept], { mails: { days, takeUp, receivers, calls } }) => {
      await days.outage(status, accept);
      await takeUp();
      await days.pass(120);
      await days.outage(null);
      await days.pass(60);
      expect(await receivers()).toEqual(everybody);
      expect(calls()).toEqual([]);
    },
  );
});

describe('trouble of the account', () => {
  it('of nearly 23 hours leaves every mail to be sent', async ({
    mails: { days, takeUp, receivers, calls },
  }) => {
    await days.trouble('domain-unverified');
    await takeUp();
    await days.pass(22 * 60 + 50, 120);
    await days.trouble('none');
    await days.pass(60);
    expect(await receivers()).toEqual(everybody);
    expect(calls()).toHaveLength(1);
  });

  it('of more than 23 hours stops each mail and says so, at the desk and to the donor', async ({
    table,
    mails: { days, takeUp, receivers, page },
  }) => {
    await days.trouble('monthly-quota');
    await takeUp();
    await days.pass(25 * 60, 180);
    expect(await receivers()).toEqual([]);
    const stopped = (await everything(table, 'attention')).filter(({ kind }) => kind === 'mail-stopped');
    expect(stopped.map(({ id, reason }) => [id, reason]).sort()).toEqual(
      donors.map((number) => [keyOf(number), 'too-old']),
    );
    const html = await page();
    expect(html).toContain('has not gone out as it should');
    expect(html).not.toContain('on its way');
  });

  it('that comes back after it was over calls again; another trouble calls for itself', async ({
    mails: { days, give, calls },
  }) => {
    await days.trouble('daily-quota');
    await days.send(keyOf(1));
    await days.trouble('key-suspended');
    await days.send(keyOf(1));
    await days.trouble('none');
    await days.pass(5 * 60, 60);
    await days.trouble('daily-quota');
    await give(4);
    await days.send(keyOf(4));
    expect(calls().map(({ reason }) => reason)).toEqual(['daily-quota', 'key', 'daily-quota']);
  });

  it('is over with the first mail that Resend takes, though none of that waited, and all go with the next sweep', async ({
    table,
    mails: { days, give, receivers, calls },
  }) => {
    await days.trouble('domain-unverified');
    await days.send(keyOf(1));
    await days.pass(180, 60);
    await give(4);
    await days.send(keyOf(4));
    await days.trouble('none');
    await give(5);
    expect(await days.send(keyOf(5))).toEqual({ kind: 'sent' });
    expect(await everything(table, 'attention')).toMatchObject([{ id: 'domain', settledBy: 'mailer' }]);
    // No first sweep of an hour, which looks for old mails anyhow.
    await days.pass(5, 5);
    expect(days.clock().getUTCMinutes()).toBe(5);
    expect(await receivers()).toEqual([1, 2, 3, 4, 5].map((number) => `donor-${number}@example.org`));
    const sentSoFar = days.mailed.length;
    await days.pass(5, 5);
    expect(days.mailed).toHaveLength(sentSoFar);
    expect(calls()).toHaveLength(1);
  });

  it('that another sender mends: a mail that Resend never took goes with its new bytes', async ({
    mails: { days, changeBytes, receivers },
  }) => {
    await days.trouble('domain-unverified');
    await days.send(keyOf(1));
    await days.trouble('none');
    await changeBytes(1);
    await days.pass(10);
    expect(await receivers()).toContain('donor-1@example.org');
  });
});

describe('a mail that Resend refuses for itself', () => {
  it('is stopped after one try, listed with its reason, and its donor can give another address', async ({
    table,
    mails: { takeUp, days, receivers, calls, page },
  }) => {
    const { pk, sk } = keys.person(aCheckout(1).id);
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: { pk, sk },
        UpdateExpression: 'SET email = :email',
        ExpressionAttributeValues: { ':email': 'no@localhost' },
      }),
    );
    await takeUp();
    await days.pass(120);
    expect(await receivers()).toEqual(everybody.slice(1));
    expect(calls()).toMatchObject([{ outboxKey: keyOf(1), reason: 'invalid-address' }]);
    const html = await page();
    expect(html).not.toContain('on its way');
    expect(html).not.toContain('could not be delivered');
  });

  it('with other words under its key needs a person with the truth, whichever mail Resend took first', async ({
    mails: { days, changeBytes, receivers },
  }) => {
    await days.outage(500, true);
    await days.send(keyOf(1));
    await days.outage(null);
    await changeBytes(1);
    expect(await days.send(keyOf(1))).toEqual({ kind: 'stopped', reason: 'template-changed' });
    expect(await receivers()).toEqual(['donor-1@example.org']);
  });
});
