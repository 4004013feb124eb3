import { describe, expect, vi } from 'vitest';
import { createStaffApp } from '#apps/staff/staff-app.ts';
import { projectPayments } from '#apps/workers/project-payments.ts';
import { rebuildLatestGifts } from '#giving/latest-gifts/rebuild-latest-gifts.ts';
import type { Role } from '#kernel/staff/actor.ts';
import { guardLimits as limits } from '#payments/guard/guard-limits.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems } from '#platform/table/table.ts';
import { declineEvent } from '../support/card-tester.ts';
import { asDescribed } from '../support/described.ts';
import { nobody } from '../support/local-stripe.ts';
import { aCheckout, aPerson, now, sessionEvent, store, webhookOn } from '../support/payments.ts';
import { siteOn } from '../support/site.ts';
import { campaignStory } from '../support/story.ts';
import { everything, watchRequests } from '../support/table.ts';

const slug = 'lai-chi-kok-warehouse';
const large = limits.largeGift;

describe('a large or odd gift', () => {
  const it = campaignStory.extend('desk', ({ table }) => {
    const staff = (role: Role = 'finance', id = 'person-1') =>
      asDescribed(
        createStaffApp({
          random: Math.random,
          table,
          clock: () => now,
          actorOf: () => ({ id, roles: [role] }),
        }),
      );
    const post = (path: string, body?: unknown, role?: Role) =>
      staff(role).request(path, {
        method: 'POST',
        headers: { 'idempotency-key': 'k', 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
    const attention = async (query = '') => {
      const answer = await staff().request(`/api/staff/attention?month=2026-11${query}`);
      return ((await answer.json()) as { data: Record<string, unknown>[] }).data;
    };
    /** What the projector does with a gift that was written or changed. */
    const project = async (change: 'new' | 'changed') => {
      const gifts = (await everything(table, 'payment')).map(fromPaymentItem);
      return change === 'new'
        ? projectPayments({ slug, gifts }, { table })
        : rebuildLatestGifts(slug, { table, now });
    };
    const shown = async () => {
      const site = siteOn(table, nobody, { clock: () => now });
      const page = await (await site.request(`/campaigns/${slug}`)).text();
      const list = (await (await site.request(`/api/campaigns/${slug}/gifts`)).json()) as { data: unknown[] };
      const campaign = (await (await site.request(`/api/campaigns/${slug}`)).json()) as { raised: number };
      return { name: page.includes('Juniper'), listed: list.data.length, raised: campaign.raised };
    };
    async function give(amount: number, declines = 0) {
      const checkout = aCheckout(1, { amount });
      await store(table, checkout, aPerson(checkout));
      const webhook = webhookOn(table);
      for (let number = 0; number < declines; number += 1) {
        await webhook.deliver(declineEvent(checkout, now, number));
      }
      const sent = watchRequests(table);
      const answer = await webhook.deliver(sessionEvent(checkout));
      expect(await answer.json()).toEqual({ outcome: 'booked' });
      return { paymentId: 'pi_00000001', requests: sent.map(({ operation }) => operation) };
    }
    return { staff, post, attention, project, shown, give };
  });

  it('is booked, counted and thanked for at once, in one request, and not shown before a person released it', async ({
    table,
    desk: { give, project, shown, attention, staff, post },
  }) => {
    const lines = vi.spyOn(console, 'log').mockImplementation(() => {});
    const { paymentId, requests } = await give(large);
    const reported = lines.mock.calls
      .map(([line]) => String(line))
      .filter((line) => line.includes('GiftHeld'));
    lines.mockRestore();
    expect(reported).toHaveLength(1);
    expect(requests).toEqual(['TransactWriteItems']);
    await project('new');
    expect(await shown()).toEqual({ name: false, listed: 0, raised: large });
    expect(await everything(table, 'outbox')).toHaveLength(1);
    expect(await attention()).toMatchObject([
      { kind: 'gift-held', id: paymentId, paymentId, reason: 'large', settled: null },
    ]);
    const file = await (await staff().request(`/api/staff/gifts/${paymentId}`)).json();
    expect(file).toMatchObject({ amount: large, held: 'large' });

    const released = await post(`/api/staff/gifts/${paymentId}/release`);
    expect([released.status, await released.json()]).toEqual([200, { paymentId, changed: true }]);
    await project('changed');
    expect(await shown()).toEqual({ name: true, listed: 1, raised: large });
    expect(await attention()).toEqual([]);
    expect(await attention('&settled=true')).toMatchObject([
      { settled: { by: 'person-1', note: 'Released.' } },
    ]);
    expect(await (await post(`/api/staff/gifts/${paymentId}/release`)).json()).toEqual({
      paymentId,
      changed: false,
    });
    const [entry, ...others] = await everything(table, 'audit-entry');
    expect(others).toEqual([]);
    expect(entry).toMatchObject({
      action: 'gift.hold-release',
      object: { kind: 'gift', id: paymentId },
      before: { state: 'held' },
      after: { state: 'released' },
    });
  });

  it('is under review too when its card came after many that were declined, at the cost of one request more', async ({
    table,
    desk: { give, attention, project, shown },
  }) => {
    const { requests } = await give(500, limits.declinesForReview);
    expect(requests).toEqual(['TransactWriteItems', 'TransactWriteItems']);
    expect(await attention('&kind=gift-held')).toMatchObject([{ reason: 'many-declines' }]);
    expect((await everything(table, 'checkout'))[0]).toMatchObject({ status: 'paid' });
    await project('new');
    expect(await shown()).toEqual({ name: false, listed: 0, raised: 500 });
  });

  it('is not put under review after a few, and then takes one request as ever', async ({
    desk: { give, attention, project, shown },
  }) => {
    const { requests } = await give(500, limits.declinesForReview - 1);
    expect(requests).toEqual(['TransactWriteItems']);
    expect(await attention()).toEqual([]);
    await project('new');
    expect(await shown()).toEqual({ name: true, listed: 1, raised: 500 });
  });

  it('that also differs from its checkout is listed for both', async ({ table, desk: { attention } }) => {
    const checkout = aCheckout(1, { amount: 500 });
    await store(table, checkout);
    const reported = sessionEvent(checkout, { session: { amount_total: large } });
    expect(await (await webhookOn(table).deliver(reported)).json()).toEqual({ outcome: 'mismatch' });
    expect((await attention()).map(({ kind }) => kind).sort()).toEqual(['booking-mismatch', 'gift-held']);
  });

  it('is released once when two people release it at the same moment', async ({
    table,
    desk: { give, post },
  }) => {
    const { paymentId } = await give(large);
    const both = await Promise.all([
      post(`/api/staff/gifts/${paymentId}/release`),
      post(`/api/staff/gifts/${paymentId}/release`),
    ]);
    const changed = await Promise.all(
      both.map(async (each) => ((await each.json()) as { changed: boolean }).changed),
    );
    expect(changed.sort()).toEqual([false, true]);
    expect(await everything(table, 'audit-entry')).toHaveLength(1);
  });

  it('cannot be released when it is not under review, or is not there, or without the right', async ({
    desk: { give, post },
  }) => {
    const { paymentId } = await give(500);
    expect((await post(`/api/staff/gifts/${paymentId}/release`)).status).toBe(409);
    expect((await post('/api/staff/gifts/pi_none/release')).status).toBe(404);
    expect((await post(`/api/staff/gifts/${paymentId}/release`, undefined, 'campaigns')).status).toBe(403);
  });

  it('stays under review when only what asked for a person is resolved', async ({
    table,
    desk: { give, post, project, shown },
  }) => {
    const { paymentId } = await give(large);
    const path = `/api/staff/attention/gift-held/${paymentId}/settle`;
    expect(await (await post(path, { note: 'Refunded.' })).json()).toMatchObject({ changed: true });
    await project('new');
    expect((await shown()).listed).toBe(0);
    expect((await post(`/api/staff/gifts/${paymentId}/release`)).status).toBe(200);
    const key = keys.attention('gift-held', paymentId);
    expect((await readItems(table, [key])).itemAt(key)).toMatchObject({ settledNote: 'Refunded.' });
  });
});
