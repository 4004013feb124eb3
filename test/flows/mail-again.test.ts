import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect } from 'vitest';
import { auditTable } from '#accounting/integrity/audit-table.ts';
import { createStaffApp } from '#apps/staff/staff-app.ts';
import type { Role } from '#kernel/staff/actor.ts';
import { keys } from '#platform/table/keys.ts';
import { asDescribed } from '../support/described.ts';
import { nobody } from '../support/local-stripe.ts';
import { openMailDays } from '../support/mail-days.ts';
import { aCheckout, aPerson, sessionEvent, store, webhookOn } from '../support/payments.ts';
import { siteOn } from '../support/site.ts';
import { campaignStory } from '../support/story.ts';
import { everything } from '../support/table.ts';

const checkout = aCheckout(1);
const key = 'gift-received/pi_00000001';

/** A mail that stopped because its address cannot be written to. */
const it = campaignStory.extend('stopped', { auto: true }, async ({ log: _, table }, { onCleanup }) => {
  const days = await openMailDays(table);
  await store(table, checkout, aPerson(checkout, { email: 'no@localhost' }));
  await webhookOn(table).deliver(sessionEvent(checkout));
  await days.send(key);

  onCleanup(() => days.close());

  const sendAgain = (id = key, role: Role = 'finance', idempotencyKey = 'k') =>
    asDescribed(
      createStaffApp({
        random: Math.random,
        table,
        clock: days.clock,
        actorOf: () => ({ id: 'person-1', roles: [role] }),
      }),
    ).request(`/api/staff/mails/${encodeURIComponent(id)}/send-again`, {
      method: 'POST',
      headers: { 'idempotency-key': idempotencyKey },
    });

  const giveAddress = (email: string) => {
    const { pk, sk } = keys.person(checkout.id);
    return table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: { pk, sk },
        UpdateExpression: 'SET email = :email',
        ExpressionAttributeValues: { ':email': email },
      }),
    );
  };

  const receivers = async () => (await days.inbox()).flatMap(({ To }) => To.map(({ Address }) => Address));

  return { giveAddress, sendAgain, days, receivers };
});

describe('a stopped mail', () => {
  it('is sent again by a person, once, to the address as it is now; it is written down and ticked off', async ({
    table,
    stopped: { giveAddress, sendAgain, days, receivers },
  }) => {
    await giveAddress('right@example.org');
    const answer = await sendAgain();
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { id: key, as: `${key}/again-1`, changed: true },
    ]);
    for (const idempotencyKey of ['k', 'another']) {
      expect(await (await sendAgain(key, 'finance', idempotencyKey)).json()).toMatchObject({
        changed: false,
      });
    }
    await days.pass(40);
    await days.pass(60);
    expect(await receivers()).toEqual(['right@example.org']);
    const stopped = (await everything(table, 'attention')).filter(({ kind }) => kind === 'mail-stopped');
    expect(stopped).toMatchObject([{ settledBy: 'person-1' }]);
    expect(await everything(table, 'audit-entry')).toMatchObject([
      { action: 'mail.send-again', actor: 'person-1', object: { kind: 'mail', id: key } },
    ]);
  });

  it('is new in the outbox, so that the relay takes it up at once', async ({
    table,
    stopped: { sendAgain, days },
  }) => {
    await sendAgain();
    const waiting = (await everything(table, 'outbox')).filter(({ list }) => list !== undefined);
    expect(waiting).toMatchObject([{ key: `${key}/again-1`, createdAt: days.clock().toISOString() }]);
  });

  it('that is stopped once more can be sent once more, under the id that the list then says', async ({
    table,
    stopped: { sendAgain, days, giveAddress, receivers },
  }) => {
    await sendAgain();
    await days.send(`${key}/again-1`);
    expect((await sendAgain()).status).toBe(200);
    const list = (await everything(table, 'attention')).filter(({ settledBy }) => settledBy === undefined);
    expect(list).toMatchObject([{ id: `${key}/again-1`, reason: 'invalid-address' }]);
    await giveAddress('right@example.org');
    await sendAgain(`${key}/again-1`);
    await days.send(`${key}/again-2`);
    expect(await receivers()).toEqual(['right@example.org']);
  });

  it('that was sent again many times at once goes once', async ({
    stopped: { giveAddress, sendAgain, days, receivers },
  }) => {
    await giveAddress('right@example.org');
    const answers = await Promise.all(
      Array.from({ length: 8 }, async (_, n) => sendAgain(key, 'finance', `k${n}`)),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const said = await Promise.all(answers.map((each) => each.json() as Promise<{ changed: boolean }>));
    expect(said.filter(({ changed }) => changed)).toHaveLength(1);
    await days.pass(60);
    expect(await receivers()).toEqual(['right@example.org']);
  });

  it('goes although Resend may still know its first key', async ({
    stopped: { giveAddress, sendAgain, days, receivers },
  }) => {
    await giveAddress('right@example.org');
    await sendAgain();
    await days.outage(500, true);
    await days.send(`${key}/again-1`);
    await days.outage(null);
    await days.send(`${key}/again-1`);
    expect(await receivers()).toEqual(['right@example.org']);
  });

  it('shows as on its way on the donor’s page again', async ({ table, stopped: { days, sendAgain } }) => {
    const page = async () => {
      const app = siteOn(table, nobody, { clock: days.clock });
      return (await app.request(`/thanks/${checkout.id}`)).text();
    };
    expect(await page()).toContain('has not gone out as it should');
    await sendAgain();
    expect(await page()).toContain('on its way');
  });

  it('leaves nothing for the audit to find, which finds one that nobody sent again', async ({
    table,
    stopped: { giveAddress, sendAgain, days },
  }) => {
    await giveAddress('right@example.org');
    await sendAgain();
    const messages = async () =>
      (await auditTable({ table, now: days.clock(), say: () => {} })).named.filter(
        ({ check }) => check === '5 messages',
      );
    expect(await messages()).toEqual([]);
    const { pk, sk } = keys.outbox(key);
    await table.client.send(
      new UpdateCommand({ TableName: table.name, Key: { pk, sk }, UpdateExpression: 'REMOVE sentAgainAs' }),
    );
    expect(await messages()).toMatchObject([{ subject: `message ${key}/again-1` }]);
  });
});

describe('a mail is not sent again', () => {
  it('by a person without the right', async ({ stopped: { sendAgain } }) => {
    expect((await sendAgain(key, 'campaigns')).status).toBe(403);
  });

  it('that nobody knows, or that is no mail', async ({ stopped: { sendAgain } }) => {
    expect((await sendAgain('gift-received/pi_none')).status).toBe(404);
  });

  it('that is on its way or was sent', async ({ stopped: { giveAddress, sendAgain, days, receivers } }) => {
    await giveAddress('right@example.org');
    await sendAgain();
    const next = `${key}/again-1`;
    expect(await (await sendAgain(next)).json()).toMatchObject({ code: 'mail-not-stopped' });
    await days.send(next);
    expect(await (await sendAgain(next)).json()).toMatchObject({ code: 'mail-not-stopped' });
    expect(await receivers()).toHaveLength(1);
  });

  it('to a person whose data was erased', async ({ table, stopped: { sendAgain } }) => {
    const { pk, sk } = keys.person(checkout.id);
    await table.client.send(new DeleteCommand({ TableName: table.name, Key: { pk, sk } }));
    expect(await (await sendAgain()).json()).toMatchObject({ status: 409, code: 'mail-without-reader' });
  });

  it('whose address was corrected: another one went there', async ({
    table,
    stopped: { days, sendAgain, receivers },
  }) => {
    const app = siteOn(table, nobody, { clock: days.clock });
    const body = new URLSearchParams({ email: 'right@example.org' });
    await app.request(`/thanks/${checkout.id}/address`, { method: 'POST', body });
    expect(await (await sendAgain()).json()).toMatchObject({ status: 409, code: 'mail-without-reader' });
    await days.pass(40);
    expect(await receivers()).toEqual(['right@example.org']);
  });
});
