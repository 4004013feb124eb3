import { describe, expect } from 'vitest';
import type { OutgoingMail } from '#apps/mailer/resend-gateway.ts';
import { sendMail } from '#apps/mailer/send-mail.ts';
import { enqueueDigest } from '#apps/workers/enqueue-digest.ts';
import { callOnce } from '#kernel/attention/call-person.ts';
import { writeSettings } from '#kernel/settings/write-settings.ts';
import { permit } from '#kernel/staff/rights.ts';
import { charity } from '#platform/charity.ts';
import { campaignStory } from '../support/story.ts';
import { everything } from '../support/table.ts';

/** Ten past eight in Hong Kong, as the hourly task comes. */
const eight = new Date('2026-11-28T00:10:00Z');
const key = 'digest/2026-11-28';
const to = ['desk@example.org', 'second@example.org'];

/** A charity whose digest goes to two addresses, and things that wait there. */
const it = campaignStory.extend('desk', async ({ table }) => {
  const admin = permit({ id: 'sub-1', roles: ['admin'] }, 'settings.write');
  const { replyTo, feesBorneBy } = charity;
  const address = (digestTo: string | undefined) =>
    writeSettings(
      { settings: { replyTo, feesBorneBy, digestTo }, seen: 'any', permit: admin },
      { table, now: eight },
    );
  await address(to.join(', '));
  const wait = (id: string, dueBy?: Date) =>
    callOnce(
      { need: 'DisputeOpened', attention: { kind: 'dispute-opened', id, at: eight, dueBy }, fields: {} },
      { table },
    );
  const sent: OutgoingMail[] = [];
  return {
    ...{ address, wait, sent },
    run: (now = eight) => enqueueDigest({ table, now }),
    mail: (now = eight) =>
      sendMail(key, {
        table,
        clock: () => now,
        siteUrl: 'https://give.example.org',
        send: async (mail) => {
          sent.push(mail);
          return { kind: 'sent', resendId: 'x' };
        },
      }),
  };
});

describe('the daily digest', () => {
  it('says at eight how much waits of each kind and what is due first, names nobody, and goes out once a day', async ({
    desk: { run, mail, wait, sent },
  }) => {
    await wait('dp_2', new Date('2026-12-05T04:00:00Z'));
    await wait('dp_1', new Date('2026-12-02T04:00:00Z'));
    expect(await run()).toBe('enqueued');
    expect(await run()).toBe('made-before');
    expect(await mail()).toEqual({ kind: 'sent' });
    expect(await mail()).toEqual({ kind: 'already-sent' });
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ to, subject: '2 things wait at the desk (28 November 2026)' });
    expect(sent[0]?.text).toContain(
      '2 × A donor’s bank asks for the money back, the first due 2 December 2026',
    );
    expect(sent[0]?.text).toContain('https://give.example.org/staff/waiting');
    expect(sent[0]?.text).not.toContain('dp_1');
  });

  it('is none when nothing waits, at another hour, or when nobody is to get it', async ({
    desk: { run, wait, address },
    table,
  }) => {
    expect(await run()).toBe('nothing-waits');
    await wait('dp_1');
    expect(await run(new Date('2026-11-28T01:10:00Z'))).toBe('not-now');
    await address(undefined);
    expect(await run()).toBe('nobody');
    expect(await everything(table, 'outbox')).toEqual([]);
  });

  it('that could not be sent all day is left out, since the next day’s says what waits then', async ({
    desk: { run, mail, wait, sent },
  }) => {
    await wait('dp_1');
    await run();
    expect(await mail(new Date('2026-11-29T00:10:00Z'))).toEqual({ kind: 'stopped', reason: 'digest-late' });
    expect(sent).toEqual([]);
  });
});
