import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openResend, type SendMail } from '../../functions/mail/resend-gateway.ts';
import { sendMail } from '../../functions/mail/send-mail.ts';
import { keys } from '../../functions/table/keys.ts';
import type { Table } from '../../functions/table/table.ts';
import { startLocalResend } from '../../infra/local/resend/server.ts';
import { aCheckout, aPerson, now, sessionEvent, store, webhookOn } from '../support/payments.ts';
import { storeCampaigns } from '../support/site.ts';
import { everything, freshTable } from '../support/table.ts';

const apiKey = 're_test_of_flows';
const outboxKey = 'gift-received/pi_00000001';
interface Inbox {
  readonly messages: readonly { readonly ID: string; readonly Subject: string }[];
}

describe('the thank-you mail', () => {
  let table: Table;
  let resend: Awaited<ReturnType<typeof startLocalResend>>;
  let send: SendMail;
  beforeEach(async () => {
    table = await freshTable();
    await storeCampaigns(table);
    resend = await startLocalResend({ port: { port: 0 }, apiKey });
    process.env.RESEND_BASE_URL = resend.url;
    send = openResend(apiKey);
    const checkout = aCheckout(1, { language: 'zh-HK' });
    await store(table, checkout, aPerson(checkout, { name: '<b>木棉' }));
    await webhookOn(table).deliver(sessionEvent(checkout));
  });
  afterEach(async () => {
    delete process.env.RESEND_BASE_URL;
    await resend.close();
  });

  const deps = (at = now) => ({ table, send, clock: () => at, siteUrl: 'https://give.example.org' });
  const inbox = async () => ((await (await fetch(`${resend.url}/api/v1/messages`)).json()) as Inbox).messages;
  const outage = (status: number | null, accept = false) =>
    fetch(`${resend.url}/__local/outage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ status, ...(accept && { accept }) }),
    });
  const hours = (count: number) => new Date(now.getTime() + count * 3_600_000);

  it('goes out once, in the giver’s language, with names as text, and is marked', async () => {
    expect(await sendMail(outboxKey, deps())).toEqual({ kind: 'sent' });
    expect(await sendMail(outboxKey, deps())).toEqual({ kind: 'already-sent' });
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

  it('waits while Resend is down, and goes later with the same bytes although the campaign and the person changed', async () => {
    await outage(500, true);
    expect((await sendMail(outboxKey, deps())).kind).toBe('failed-for-now');
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
    expect(await sendMail(outboxKey, deps(hours(5)))).toEqual({ kind: 'sent' });
    expect(await inbox()).toHaveLength(1);
  });

  it('is left to a person when 23 hours have passed since the first attempt', async () => {
    await outage(500);
    await sendMail(outboxKey, deps());
    await outage(null);
    expect(await sendMail(outboxKey, deps(hours(23.1)))).toEqual({ kind: 'stopped' });
    expect(await inbox()).toEqual([]);
    expect(await everything(table, 'attention')).toMatchObject([{ kind: 'mail-stopped', id: outboxKey }]);
  });

  it('is not sent to anybody whose data was erased', async () => {
    const { pk, sk } = keys.person(aCheckout(1).id);
    await table.client.send(new DeleteCommand({ TableName: table.name, Key: { pk, sk } }));
    expect(await sendMail(outboxKey, deps())).toEqual({ kind: 'stopped' });
    expect(await inbox()).toEqual([]);
  });
});
