import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { projectPayments } from '#apps/workers/project-payments.ts';
import { toComplaintItem } from '#giving/complaints/complaint-item.ts';
import { readComplaint } from '#giving/complaints/read-complaints.ts';
import { toPersonRequestItem } from '#giving/person-requests/person-request-item.ts';
import { countFailure } from '#kernel/attention/count-failure.ts';
import { keepDonor } from '#kernel/people/keep-donor.ts';
import { toNewPersonItem } from '#kernel/people/person-item.ts';
import { readSession } from '#kernel/staff/read-session.ts';
import { permit } from '#kernel/staff/rights.ts';
import type { Session } from '#kernel/staff/session.ts';
import { toSessionItem } from '#kernel/staff/session-item.ts';
import { readTrusteeLink } from '#kernel/trustees/read-trustee-link.ts';
import { toTrusteeLinkItem } from '#kernel/trustees/trustee-link-item.ts';
import { fromCheckoutItem, toCheckoutItem } from '#payments/checkout/checkout-item.ts';
import { askedPlace, guardKeys, toCountChange, watchCampaign } from '#payments/guard/guard-item.ts';
import { guardLimits } from '#payments/guard/guard-limits.ts';
import { limitCheckouts } from '#payments/guard/limit-checkouts.ts';
import { takePlace } from '#payments/guard/take-place.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import { fromReceiptDataItem, toReceiptDataItem } from '#payments/payment/receipt-data-item.ts';
import { Problem } from '#platform/errors.ts';
import { KeyedHash, secretDigest, sessionId } from '#platform/ids.ts';
import { commit } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { once } from '#platform/table/once.ts';
import { type Item, readItems, type Table } from '#platform/table/table.ts';
import type { Ending } from '#platform/table/time-to-live.ts';
import { countingStripe } from '../support/card-tester.ts';
import { aCheckout, aPerson, sessionEvent, now as start, store, webhookOn } from '../support/payments.ts';
import { gift, postCheckout, siteOn, storeCampaigns } from '../support/site.ts';
import { staffOn } from '../support/staff-on.ts';
import { everything, freshTable, putAll } from '../support/table.ts';

const slug = 'lai-chi-kok-warehouse';
const minute = 60_000;
const day = 24 * 60 * minute;
const later = (milliseconds: number) => new Date(start.getTime() + milliseconds);
const checkout = aCheckout(1);
const donors = [`dnr_${'1'.repeat(32)}`, `dnr_${'2'.repeat(32)}`] as const;
const hash = new KeyedHash('a hash key of at least thirty-two characters');

/** What happens around an item that ends: it is made at `start`, counts at `during`, and has ended at `ended`. */
interface Story {
  readonly begin: (table: Table) => Promise<unknown>;
  readonly during: Date;
  readonly ended: Date;
  /** What is seen, or happens, at a moment. */
  readonly look: (table: Table, now: Date) => Promise<unknown>;
}

const aComplaint = {
  ...{ id: `cmp_${'1'.repeat(32)}`, text: 'It was late.', language: 'en' as const, receivedAt: start },
  ...{ contact: undefined, about: undefined, answer: undefined },
};
const reader = permit({ id: 'staff_admin', roles: ['admin'] }, 'complaint.answer');

const codeOf = (error: unknown) => {
  if (error instanceof Problem) return error.code;
  throw error;
};

/** A network asks for one of the places in a minute: one of as many as `newAMinute` sure ones, without any other. */
async function askPlace(table: Table, address: string, newAMinute: number, now: Date): Promise<string> {
  const place = askedPlace(hash, slug, address, now);
  const read = await readItems(table, guardKeys(slug, place, now), { consistent: true });
  const watched = watchCampaign(slug, place, read, { times: [], most: 20 }, now);
  const guard = { ...watched.guard, startsAMinute: 0, newAMinute };
  return takePlace({ ...watched, guard }, { table, now }).then(() => 'taken', codeOf);
}

/** A session of a person who asks for pages all day, the last time at a moment. */
const aSession = (seenAt: Date): Session => ({
  id: sessionId('a-secret'),
  actor: { id: 'sub-1', roles: ['finance'] },
  name: 'Hazel',
  csrf: 'a-token',
  createdAt: start,
  seenAt,
  renewedAt: seenAt,
});
const issuer = { renew: () => Promise.reject(new Error('The roles are fresh.')) };

const receipt = {
  ...{ checkoutId: checkout.id, paymentId: 'pi_00000001', receiptName: 'Hazel Ash' },
  ...({ amount: 50_000, currency: 'hkd', at: start } as const),
};

const request = {
  ...({ id: `prq_${'1'.repeat(32)}`, kind: 'access', paymentId: undefined, by: 'sub-1' } as const),
  ...{ hasSeenIdentity: true, enteredAt: start },
};

/** Every kind of item that ends: one that is not here does not compile. */
const stories: Record<Ending, Story> = {
  failure: {
    begin: (table) => countFailure({ kind: 'part', id: 'reconcile' }, { table, now: start }),
    during: later(day),
    ended: later(2 * day),
    look: (table, now) => countFailure({ kind: 'part', id: 'reconcile' }, { table, now }),
  },
  complaint: {
    begin: (table) => putAll(table, [toComplaintItem(aComplaint)]),
    during: later(731 * day - 1),
    ended: later(731 * day),
    look: (table, now) =>
      readComplaint({ id: aComplaint.id, permit: reader }, { table, now }).then(({ text }) => text, codeOf),
  },
  email: {
    begin: (table) => keepDonor('an-address', { table, now: start }, donors[0]),
    during: later(30 * day - 1),
    ended: later(30 * day),
    look: (table, now) => keepDonor('an-address', { table, now }, donors[1]),
  },
  once: {
    begin: (table) => runOnce(table, 'first', start),
    during: later(3652 * day),
    ended: later(3653 * day),
    look: (table, now) => runOnce(table, 'second', now),
  },
  person: {
    begin: (table) => putAll(table, [toCheckoutItem(checkout), toNewPersonItem(aPerson(checkout), start)]),
    during: later(30 * day - 1),
    ended: later(30 * day),
    look: async (table, now) => {
      const body = new URLSearchParams({ email: 'right@example.org' });
      const path = `/thanks/${checkout.id}/address`;
      const site = siteOn(table, '', { clock: () => now });
      return (await site.request(path, { method: 'POST', body })).status;
    },
  },
  place: {
    begin: (table) => askPlace(table, '192.0.2.7', 30, start),
    during: later(60 * minute - 1),
    ended: later(60 * minute),
    look: (table, now) => askPlace(table, '192.0.2.7', 30, now),
  },
  'person-request': {
    begin: async (table) => {
      const entered = {
        ...request,
        day: '2026-11-22',
        end: { how: 'done', reason: '', by: 'a', at: start },
      } as const;
      await putAll(table, [toPersonRequestItem(entered)]);
    },
    during: later(1461 * day - 1),
    ended: later(1461 * day),
    look: async (table, now) => {
      const list = await staffOn(table, now, 'finance').request('/api/staff/person-requests?month=2026-11');
      return ((await list.json()) as { data: object[] }).data.length;
    },
  },
  'receipt-data': {
    begin: (table) => putAll(table, [toReceiptDataItem({ ...receipt, until: later(2556 * day) })]),
    during: later(2556 * day - 1),
    ended: later(2556 * day),
    look: async (table, now) => {
      const key = keys.receiptData(checkout.id, receipt.paymentId);
      return fromReceiptDataItem((await readItems(table, [key])).itemAt(key), now)?.receiptName;
    },
  },
  session: {
    begin: (table) =>
      putAll(table, [toSessionItem({ session: aSession(later(8 * 60 * minute - 2)), sealedTokens: '' })]),
    during: later(8 * 60 * minute - 1),
    ended: later(8 * 60 * minute),
    look: async (table, now) => (await readSession('a-secret', { table, now, issuer }))?.id,
  },
  'trustee-link': {
    begin: (table) =>
      putAll(table, [
        toTrusteeLinkItem(
          {
            id: 'trl_1',
            trustee: 'Willow',
            step: { kind: 'passed-on', id: 'dsb_1' },
            asked: {
              ...{ amount: 80_000, currency: 'hkd', requester: 'Aspen' },
              fund: { en: 'Emergency', 'zh-HK': '緊急' },
              what: { en: 'Rent', 'zh-HK': '租金' },
            },
            askedAt: start,
            until: later(day),
          },
          secretDigest('a-token'),
        ),
      ]),
    during: later(8 * day - 1),
    ended: later(8 * day),
    look: (table, now) =>
      readTrusteeLink('a-token', { table, now }).then(
        ({ id }) => id,
        ({ code }: { code: unknown }) => code,
      ),
  },
  starts: {
    begin: async (table) => {
      expect(await startGift(table, 'first', start)).toBe(201);
      const [started] = await everything(table, 'checkout');
      const created = later(129 * minute);
      const event = sessionEvent(fromCheckoutItem(started as Item), { created });
      await webhookOn(table, { clock: () => created }).deliver(event);
    },
    during: later(130 * minute - 1),
    ended: later(130 * minute),
    look: (table, now) => startGift(table, 'second', now),
  },
  // The key of each of the following holds its stretch of time, and nobody asks for that once it has ended.
  guard: {
    begin: async (table) => {
      for (let number = 0; number < guardLimits.declines; number += 1) {
        await commit(table, () => ({ guard: toCountChange(slug, 'declines', start, number / 15) }));
      }
    },
    during: later(20 * minute - 1),
    ended: later(70 * minute),
    look: async (table, now) => {
      const place = askedPlace(hash, slug, '192.0.2.7', now);
      const read = await readItems(table, guardKeys(slug, place, now));
      return watchCampaign(slug, place, read, { times: [], most: 20 }, now).guard.stage;
    },
  },
  limit: {
    begin: (table) => limitCheckouts({ address: '192.0.2.7', most: 1 }, { table, hash, now: start }),
    during: later(10 * minute - 1),
    ended: later(130 * minute),
    look: (table, now) =>
      limitCheckouts({ address: '192.0.2.7', most: 1 }, { table, hash, now }).catch(codeOf),
  },
  pace: {
    begin: (table) => askPlace(table, '192.0.2.7', 1, start),
    during: later(minute - 1),
    ended: later(minute),
    look: (table, now) => askPlace(table, '203.0.113.1', 1, now),
  },
  words: {
    begin: async (table) => {
      await store(table, checkout, aPerson(checkout, { message: 'For the rice' }));
      await webhookOn(table).deliver(sessionEvent(checkout));
      await projectPayments(
        { slug, gifts: (await everything(table, 'payment')).map(fromPaymentItem) },
        { table },
      );
    },
    during: later(365 * day),
    ended: later(400 * day),
    look: async (table, now) => (await staffOn(table, now, 'campaigns').request('/api/staff/words')).json(),
  },
};

function runOnce(table: Table, answerId: string, now: Date): Promise<string> {
  return once<string>(
    { table, now },
    { caller: 'sub-1', route: 'things', key: 'a key', body: {} },
    {
      attempt: async (record) =>
        (await commit(table, () => ({ once: record(answerId) }))).committed ? answerId : undefined,
      answer: (before) => Promise.resolve(before),
    },
  );
}

async function startGift(table: Table, key: string, now: Date): Promise<number> {
  const site = siteOn(table, '', { clock: () => now, stripe: countingStripe().open });
  return (await postCheckout(site, gift, { key })).status;
}

// AWS deletes an item hours or days after its end, and the embedded engine never: here one is deleted, the other is not.
describe.each(Object.entries(stories) as [Ending, Story][])('an item of %s', (entity, story) => {
  beforeEach(() => {
    vi.spyOn(console, 'log').mockImplementation(() => {});
    return () => vi.restoreAllMocks();
  });

  async function begun(): Promise<Table> {
    const table = await freshTable();
    await storeCampaigns(table);
    await story.begin(table);
    return table;
  }
  async function seen(now: Date): Promise<{ there: unknown; deleted: unknown }> {
    const [there, deleted] = [await begun(), await begun()];
    for (const { pk, sk } of await everything(deleted, entity)) {
      await deleted.client.send(new DeleteCommand({ TableName: deleted.name, Key: { pk, sk } }));
    }
    return { there: await story.look(there, now), deleted: await story.look(deleted, now) };
  }

  it('that has ended and is there counts as one that was deleted', async () => {
    const items = await everything(await begun(), entity);
    expect(items).not.toEqual([]);
    expect(items.filter(({ ttl }) => !(Number(ttl) * 1000 <= story.ended.getTime()))).toEqual([]);
    const { there, deleted } = await seen(story.ended);
    expect(there).toEqual(deleted);
  });

  it('counts before its end', async () => {
    const { there, deleted } = await seen(story.during);
    expect(there).not.toEqual(deleted);
  });
});

describe('the count of a failure', () => {
  it('counts a run that is repeated for the same time once, before and after it began anew', async () => {
    const table = await freshTable();
    const fail = (now: Date) => countFailure({ kind: 'part', id: 'reconcile' }, { table, now });
    for (const [at, runs] of [
      [start, 1],
      [later(day), 2],
      [later(9 * day), 1],
    ] as const) {
      expect((await fail(at))?.runs).toBe(runs);
      expect(await fail(at)).toBeUndefined();
    }
    expect(await everything(table, 'failure')).toHaveLength(1);
  });
});
