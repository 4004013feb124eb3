import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect } from 'vitest';
import { openResend } from '#apps/mailer/resend-gateway.ts';
import { sendMail } from '#apps/mailer/send-mail.ts';
import { keys } from '#platform/table/keys.ts';
import type { Table } from '#platform/table/table.ts';
import { startLocalResend } from '../../infra/local/resend/server.ts';
import { nobody } from '../support/local-stripe.ts';
import { aCheckout, aPerson, now, sessionEvent, store, webhookOn } from '../support/payments.ts';
import { siteOn } from '../support/site.ts';
import { campaignStory } from '../support/story.ts';
import { everything } from '../support/table.ts';
import { transactionUnits } from '../support/write-units.ts';

const apiKey = 're_test_of_flows';
const outboxKey = 'gift-received/pi_00000001';
interface Inbox {
  readonly messages: readonly {
    readonly ID: string;
    readonly Subject: string;
    readonly To: readonly { readonly Address: string }[];
    readonly Tags: readonly string[];
  }[];
}

const hours = (count: number) => new Date(now.getTime() + count * 3_600_000);

/** A gift by a donor who reads Chinese, booked, its mail not sent; and the mailer before a local Resend. */
const it = campaignStory.extend('mail', { auto: true }, async ({ table }, { onCleanup }) => {
  const resend = await startLocalResend({ port: { port: 0 }, apiKey });
  process.env.RESEND_BASE_URL = resend.url;
  onCleanup(async () => {
    delete process.env.RESEND_BASE_URL;
    await resend.close();
  });
  const send = openResend(apiKey);
  const checkout = aCheckout(1, { language: 'zh-HK' });
  await store(table, checkout, aPerson(checkout, { name: '<b>木棉' }));
  await webhookOn(table).deliver(sessionEvent(checkout));

  const ctx = (at = now) => ({ table, send, clock: () => at, siteUrl: 'https://give.example.org' });
  const inbox = async () => ((await (await fetch(`${resend.url}/api/v1/messages`)).json()) as Inbox).messages;
  const firstMail = async () =>
    (await (await fetch(`${resend.url}/api/v1/message/latest`)).json()) as Record<
      'ID' | 'HTML' | 'Text' | 'Subject',
      string
    >;
  const outage = (status: number | null, accept = false) =>
    fetch(`${resend.url}/__local/outage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ status, ...(accept && { accept }) }),
    });
  return { resend, ctx, inbox, firstMail, outage };
});

describe('the thank-you mail', () => {
  it('goes out once, in the donor’s language, with names as text, and is marked', async ({
    table,
    mail: { resend, ctx, inbox },
  }) => {
    expect(await sendMail(outboxKey, ctx())).toEqual({ kind: 'sent' });
    expect(await sendMail(outboxKey, ctx())).toEqual({ kind: 'already-sent' });
    const [message, ...others] = await inbox();
    expect(others).toEqual([]);
    const mail = (await (await fetch(`${resend.url}/api/v1/message/${message?.ID}`)).json()) as {
      HTML: string;
      Text: string;
    };
    expect(mail.HTML).toContain('HK$500.00');
    expect(mail.HTML).toContain('&lt;b&gt;木棉');
    expect(mail.Text).toContain('HK$500.00');
    expect((await everything(table, 'outbox'))[0]).not.toHaveProperty('list');
  });

  it('is read in one request where the queue says what it is about, and once more where the queue is wrong', async ({
    table,
    mail: { ctx, inbox },
  }) => {
    const reads: number[] = [];
    table.client.middlewareStack.add(
      (next) => (args) => {
        const { RequestItems } = args.input as { RequestItems?: Record<string, { Keys: unknown[] }> };
        if (RequestItems) reads.push(RequestItems[table.name]?.Keys.length ?? 0);
        return next(args);
      },
      { step: 'initialize', name: 'countReads' },
    );
    const about = {
      template: 'gift-received',
      paymentId: 'pi_00000001',
      checkoutId: aCheckout(1).id,
    } as const;
    const { fund } = aCheckout(1);
    expect(await sendMail(outboxKey, ctx(), { ...about, fund })).toEqual({ kind: 'sent' });
    expect(reads).toHaveLength(1);

    const other = aCheckout(2);
    await store(table, other, aPerson(other, { email: 'other@example.org' }));
    await webhookOn(table).deliver(sessionEvent(other));
    reads.length = 0;
    // Ids of the first mail, and a fund that is not there.
    const wrong = { ...about, fund: 'nowhere' };
    expect(await sendMail('gift-received/pi_00000002', ctx(), wrong)).toEqual({ kind: 'sent' });
    expect(reads).toHaveLength(2);
    const addresses = (await inbox()).map(({ To }) => To[0]?.Address);
    expect(addresses).toContain('other@example.org');
    expect(addresses).toHaveLength(2);
  });

  it('waits while Resend is down, and goes later with the same bytes although the campaign and the person changed', async ({
    table,
    mail: { ctx, inbox, outage },
  }) => {
    await outage(500, true);
    expect((await sendMail(outboxKey, ctx())).kind).toBe('failed-for-now');
    await outage(null);
    const { pk, sk } = keys.person(aCheckout(1).id);
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: { pk, sk },
        UpdateExpression: 'SET #name = :name',
        ExpressionAttributeNames: { '#name': 'name' },
        ExpressionAttributeValues: { ':name': 'Another' },
      }),
    );
    expect(await sendMail(outboxKey, ctx(hours(5)))).toEqual({ kind: 'sent' });
    expect(await inbox()).toHaveLength(1);
  });

  it('is left to a person when 23 hours have passed since the first attempt', async ({
    table,
    mail: { ctx, inbox, outage },
  }) => {
    await outage(500);
    await sendMail(outboxKey, ctx());
    await outage(null);
    expect(await sendMail(outboxKey, ctx(hours(23.1)))).toMatchObject({ kind: 'stopped' });
    expect(await inbox()).toEqual([]);
    expect(await everything(table, 'attention')).toMatchObject([{ kind: 'mail-stopped', id: outboxKey }]);
  });

  it('is not sent to anybody whose data was erased', async ({ table, mail: { ctx, inbox } }) => {
    const { pk, sk } = keys.person(aCheckout(1).id);
    await table.client.send(new DeleteCommand({ TableName: table.name, Key: { pk, sk } }));
    expect(await sendMail(outboxKey, ctx())).toMatchObject({ kind: 'stopped' });
    expect(await inbox()).toEqual([]);
  });

  describe('reads the state at the moment of sending (failure 19)', () => {
    const checkout = aCheckout(1);
    const correct = async (table: Table, email: string) =>
      siteOn(table, nobody, { clock: () => now }).request(`/thanks/${checkout.id}/address`, {
        method: 'POST',
        body: new URLSearchParams({ email }),
      });
    const again = 'gift-received/pi_00000001/corrected';
    const receivers = (messages: Inbox['messages']) =>
      messages.flatMap(({ To }) => To.map(({ Address }) => Address));

    it('an address that was corrected between the booking and the sending gets the one mail', async ({
      table,
      mail: { ctx, inbox },
    }) => {
      expect((await correct(table, 'right@example.org')).status).toBe(303);
      expect(await sendMail(outboxKey, ctx())).toMatchObject({ kind: 'stopped' });
      expect(await sendMail(again, ctx())).toEqual({ kind: 'sent' });
      expect(receivers(await inbox())).toEqual(['right@example.org']);
      // Nobody has to look at it: it was meant so.
      expect(await everything(table, 'attention')).toEqual([]);
      for (const message of await everything(table, 'outbox')) expect(message).not.toHaveProperty('list');
    });

    it('an address that was corrected while Resend was down is not written to when Resend is back', async ({
      table,
      mail: { ctx, inbox, outage },
    }) => {
      await outage(500);
      expect((await sendMail(outboxKey, ctx())).kind).toBe('failed-for-now');
      await outage(null);
      await correct(table, 'right@example.org');
      await sendMail(outboxKey, ctx(hours(1)));
      await sendMail(again, ctx(hours(1)));
      expect(receivers(await inbox())).toEqual(['right@example.org']);
    });

    it('an address that was corrected after the mail had gone is thanked as well, once', async ({
      table,
      mail: { ctx, inbox },
    }) => {
      await sendMail(outboxKey, ctx());
      await correct(table, 'right@example.org');
      await sendMail(again, ctx());
      await sendMail(again, ctx());
      await sendMail(outboxKey, ctx());
      expect(receivers(await inbox()).sort()).toEqual(['juniper@example.org', 'right@example.org']);
    });

    it('a person who was erased while Resend was down is not written to when Resend is back', async ({
      table,
      mail: { ctx, inbox, outage },
    }) => {
      await outage(500);
      await sendMail(outboxKey, ctx());
      await outage(null);
      const { pk, sk } = keys.person(checkout.id);
      await table.client.send(new DeleteCommand({ TableName: table.name, Key: { pk, sk } }));
      expect(await sendMail(outboxKey, ctx(hours(1)))).toMatchObject({ kind: 'stopped' });
      expect(await inbox()).toEqual([]);
    });
  });

  it('names checkout and mail in its tags, and nothing else', async ({ mail: { ctx, inbox } }) => {
    await sendMail(outboxKey, ctx());
    expect((await inbox())[0]?.Tags).toEqual([`checkout=${aCheckout(1).id}`, 'mail=gift-received']);
  });

  it('whose template changed since its first attempt is listed with that reason and not sent to Resend', async ({
    table,
    mail: { ctx, inbox, outage },
  }) => {
    await outage(500);
    await sendMail(outboxKey, ctx());
    await outage(null);
    const { pk, sk } = keys.personMail(aCheckout(1).id, 'gift-received');
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: { pk, sk },
        UpdateExpression: 'SET digest = :other',
        ExpressionAttributeValues: { ':other': 'of an older template' },
      }),
    );
    expect(await sendMail(outboxKey, ctx(hours(1)))).toMatchObject({ kind: 'stopped' });
    expect(await inbox()).toEqual([]);
    expect(await everything(table, 'attention')).toMatchObject([
      { kind: 'mail-stopped', id: outboxKey, reason: 'template-changed' },
    ]);
  });

  it('says what the sum does, how far it brought the campaign, who received it, what the statement shows, and the reference', async ({
    mail: { ctx, firstMail },
  }) => {
    await sendMail(outboxKey, ctx());
    const { Text } = await firstMail();
    for (const fact of [
      '參考編號：pi_00000001',
      '月結單顯示：',
      '收款機構：',
      '的用途：',
      '您的捐款令進度由',
      '並非收據',
    ])
      expect(Text).toContain(fact);
  });

  it('says by its headers that a program wrote it', async ({ mail: { resend, ctx, firstMail } }) => {
    await sendMail(outboxKey, ctx());
    const { ID } = await firstMail();
    const headers = await (await fetch(`${resend.url}/api/v1/message/${ID}/headers`)).json();
    expect(headers).toMatchObject({ 'Auto-Submitted': ['auto-generated'] });
  });

  it.for(['http://evil.example/login verify your card', 'evil .example', 'Ada\u202e elpmaxe.live'])(
    'greets nobody by the name %j, which anybody can type beside any address',
    async (name, { table, mail: { ctx, firstMail } }) => {
      const { pk, sk } = keys.person(aCheckout(1).id);
      await table.client.send(
        new UpdateCommand({
          TableName: table.name,
          Key: { pk, sk },
          UpdateExpression: 'SET #name = :name',
          ExpressionAttributeNames: { '#name': 'name' },
          ExpressionAttributeValues: { ':name': name },
        }),
      );
      await sendMail(outboxKey, ctx());
      const { HTML, Text, Subject } = await firstMail();
      for (const part of [HTML, Text, Subject]) expect(part).not.toMatch(/evil|elpmaxe|\u202e/);
      expect(Text).toMatch(/^衷心感謝您\n/);
    },
  );

  it('takes at most six write units', async ({ table, mail: { ctx } }) => {
    await sendMail(outboxKey, ctx());
    const [mail] = await everything(table, 'mail');
    const [outbox] = await everything(table, 'outbox');
    // Single writes cost half of what they do in a transaction; marking the outbox also takes it out of the index.
    const units = transactionUnits(mail ?? {}) / 2 + transactionUnits(outbox ?? {}) / 2 + 1;
    expect(units).toBeLessThanOrEqual(6);
  });
});
