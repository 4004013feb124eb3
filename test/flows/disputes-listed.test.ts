import { describe, expect } from 'vitest';
import { sweepEvents } from '#apps/webhooks/sweep-events.ts';
import { openStripe } from '#payments/checkout/gateway.ts';
import { watchDisputes } from '#payments/disputes/watch-disputes.ts';
import { booksOn } from '../support/dispute-story.ts';
import { nobody } from '../support/local-stripe.ts';
import { openStaffApi } from '../support/staff-api.ts';
import { story } from '../support/story.ts';
import { everything } from '../support/table.ts';
import { startTokenIssuer } from '../support/token-issuer.ts';

/** A bank whose disputes our books follow, and a gift in the books that it can dispute. */
const it = story
  .extend('disputes', { auto: true }, async ({ table, bank, log }) => {
    const books = booksOn(table, bank);

    const attention = async () =>
      (await everything(table, 'attention')).map(({ kind, reason, dueBy }) => ({ kind, reason, dueBy }));

    const rung = () => log.metrics.map(({ event }) => event);

    /** The first sweep of the next hour. */
    const nextHour = () => new Date(Math.ceil(bank.clock().getTime() / 3_600_000) * 3_600_000);

    return { books, attention, nextHour, rung };
  })
  .extend('gift', async ({ bank, disputes: { books } }) => {
    const gift = await bank.pay(1);
    await books.book(gift);
    return gift;
  });

describe('a dispute is listed for a person', () => {
  it('once, with the date by which the bank wants an answer, on Hong Kong’s clock', async ({
    bank,
    gift,
    log,
    disputes: { books, attention },
  }) => {
    await bank.dispute(gift);
    await books.follow();
    await books.follow();
    expect(await attention()).toEqual([
      { kind: 'dispute-opened', reason: 'needs_response', dueBy: '2026-12-02T12:00:00.000Z' },
    ]);
    expect(log.metrics).toMatchObject([
      { event: 'DisputeOpened', dueBy: '2 December 2026 at 20:00 Hong Kong time' },
    ]);
  });

  it('also when it was lost before its first event arrived', async ({
    bank,
    gift,
    disputes: { books, attention },
  }) => {
    await bank.dispute(gift);
    await bank.move(gift, 'lose');
    await books.follow();
    expect(await attention()).toMatchObject([{ kind: 'dispute-opened', reason: 'lost' }]);
  });

  it('again three days before the date when no evidence was sent, and then no more', async ({
    bank,
    gift,
    table,
    disputes: { books, nextHour, attention, rung },
  }) => {
    await bank.dispute(gift);
    await books.follow();
    expect(await watchDisputes({ table, now: nextHour() })).toEqual({ reminded: 0, found: 0 });
    bank.pass(5);
    const hour = nextHour();
    expect(await watchDisputes({ table, now: new Date(hour.getTime() + 300_000) })).toEqual({
      reminded: 0,
      found: 0,
    });
    expect(await watchDisputes({ table, now: hour })).toEqual({ reminded: 1, found: 0 });
    expect(await watchDisputes({ table, now: nextHour() })).toEqual({ reminded: 0, found: 0 });
    expect(await attention()).toContainEqual({
      kind: 'dispute-due',
      reason: 'needs_response',
      dueBy: '2026-12-02T12:00:00.000Z',
    });
    expect(rung()).toEqual(['DisputeOpened', 'DisputeDueSoon']);
  });

  it('no more when evidence was sent', async ({ bank, gift, table, disputes: { books, nextHour } }) => {
    await bank.dispute(gift);
    await bank.stripe.disputes.update((await bank.disputeOf(gift)).id, {
      evidence: { uncategorized_text: 'A letter of the donor.' },
    });
    await books.follow();
    bank.pass(6);
    expect(await watchDisputes({ table, now: nextHour() })).toEqual({ reminded: 0, found: 0 });
  });

  it('once by the sweep of Stripe’s events, when the webhook never got its events', async ({
    bank,
    gift,
    table,
    disputes: { rung, books, attention },
  }) => {
    await bank.dispute(gift);
    const sweep = () =>
      sweepEvents('all', {
        table,
        now: bank.clock(),
        random: Math.random,
        stripe: bank.stripe,
        livemode: false,
      });
    expect(await sweep()).toMatchObject({ taken: 2, late: 2, failed: 0 });
    expect(rung()).toEqual(['EventUndelivered', 'EventUndelivered']);
    expect(await sweep()).toMatchObject({ taken: 0 });
    for (const key of await books.waiting()) await books.refresh(key);
    expect(await attention()).toMatchObject([{ kind: 'dispute-opened' }]);
    expect(await sweep()).toMatchObject({ taken: 0 });
  });

  it('in the list of the staff, with what it holds of our money', async ({
    bank,
    gift,
    table,
    disputes: { books },
  }) => {
    await bank.dispute(gift);
    await books.follow();
    const issuer = await startTokenIssuer();
    try {
      const api = await openStaffApi(table, issuer.signIn);
      const token = await issuer.token(['finance']);
      const answer = await api.call('GET /api/staff/disputes?month=2026-11', { token });
      expect(await answer.json()).toEqual({
        data: [
          {
            id: (await bank.disputeOf(gift)).id,
            status: 'needs_response',
            phase: 'dispute',
            needsResponse: true,
            dueBy: '2026-12-02T12:00:00.000Z',
            dueByText: '2 December 2026 at 20:00 Hong Kong time',
            reason: 'fraudulent',
            amount: 50_000,
            currency: 'HKD',
            withdrawn: 50_000,
            fee: 8500,
            freezesRefunds: true,
            campaign: 'lai-chi-kok-warehouse',
            paymentId: gift.paymentId,
            chargeId: gift.chargeId,
            unbookable: null,
            openedAt: '2026-11-23T12:00:00.000Z',
          },
        ],
      });
      const empty = await api.call('GET /api/staff/disputes?month=2026-10', { token });
      expect(await empty.json()).toEqual({ data: [] });
      const wrong = await api.call('GET /api/staff/disputes?month=November', { token });
      expect(wrong.status).toBe(422);
      expect(await wrong.json()).toMatchObject({ errors: [{ pointer: '/month' }] });
    } finally {
      await issuer.close();
    }
  });
});

describe('a dispute of a payment that is no gift', () => {
  it('of ours yet is listed by name, and booked within the hour after its gift is', async ({
    bank,
    log,
    table,
    disputes: { books, nextHour, rung },
  }) => {
    const late = await bank.pay(1);
    await bank.dispute(late);
    expect(await books.follow()).toEqual(['written', 'unchanged']);
    expect(log.metrics).toMatchObject([
      { event: 'DisputeOpened' },
      { event: 'DisputeUnknownCharge', reason: 'gift-missing' },
    ]);
    expect(await everything(table, 'ledger-entry')).toEqual([]);
    expect(await books.waiting()).toEqual([]);
    expect(await watchDisputes({ table, now: nextHour() })).toMatchObject({ found: 0 });

    await books.book(late);
    expect(await watchDisputes({ table, now: nextHour() })).toMatchObject({ found: 1 });
    expect(await watchDisputes({ table, now: nextHour() })).toMatchObject({ found: 0 });
    for (const key of await books.waiting()) await books.refresh(key);
    expect(await books.read(await bank.names(late))).toMatchObject({
      raised: 0,
      supporters: 0,
      gifts: { 'gift 1': { disputed: 50_000, disputeOpen: true } },
    });
    expect(await watchDisputes({ table, now: nextHour() })).toMatchObject({ found: 0 });
    expect(rung()).toEqual(['DisputeOpened', 'DisputeUnknownCharge']);
  });

  it('of ours at all is listed by name and moves no money of the books, however it goes on', async ({
    bank,
    table,
    disputes: { books, attention, rung, nextHour },
  }) => {
    const foreign = await bank.pay(1, { ours: false });
    await bank.dispute(foreign);
    await books.follow();
    await bank.move(foreign, 'lose');
    await books.follow();
    expect(await attention()).toContainEqual({
      kind: 'dispute-unknown-charge',
      reason: 'not-ours',
      dueBy: undefined,
    });
    expect(rung()).toEqual(['DisputeOpened', 'DisputeUnknownCharge']);
    expect(await everything(table, 'ledger-entry')).toEqual([]);
    expect(await everything(table, 'totals')).toEqual([]);
    expect((await everything(table, 'dispute')).map(({ status }) => status)).toEqual(['lost']);
    expect(await watchDisputes({ table, now: nextHour() })).toEqual({ reminded: 0, found: 0 });
  });
});

describe('a refresh', () => {
  it('waits while Stripe does not answer, calls a person after 23 hours, and is asked anew when the event is sent again', async ({
    bank,
    table,
    disputes: { books, rung, attention },
  }) => {
    const gift = await bank.pay(1);
    await books.book(gift);
    await bank.dispute(gift);
    const [event] = await bank.events('charge.dispute.');
    await books.deliver(event as object);
    const [key = ''] = await books.waiting();
    const cut = booksOn(table, bank, { stripe: openStripe('sk_test_of_flows_0000000', nobody) });
    await expect(cut.refresh(key)).rejects.toThrow();
    expect(await books.waiting()).toEqual([key]);
    bank.pass(1);
    expect(await cut.refresh(key)).toBe('stopped');
    expect(rung()).toEqual(['RefreshNeedsPerson']);
    expect(await attention()).toMatchObject([{ kind: 'refresh-stopped', reason: 'too-old' }]);
    expect(await books.waiting()).toEqual([]);
    expect(await books.refresh(key)).toBe('stopped');

    expect(await books.deliver(event as object)).toBe('asked');
    expect(await books.refresh(key)).toBe('written');
    expect(await books.refresh(key)).toBe('already-done');
    expect(await books.deliver(event as object)).toBe('duplicate');
  });

  it('of an object that Stripe does not have is listed for a person and not tried again', async ({
    bank,
    disputes: { books, attention },
  }) => {
    const gift = await bank.pay(1);
    await bank.dispute(gift);
    const [event] = await bank.events('charge.dispute.');
    const object = { ...(event?.data.object as object), id: 'du_none' };
    await books.deliver({ ...event, data: { object } });
    const [key = ''] = await books.waiting();
    expect(await books.refresh(key)).toBe('stopped');
    expect(await attention()).toMatchObject([{ kind: 'refresh-stopped', reason: 'missing-at-stripe' }]);
  });
});

describe("a card issuer's early fraud warning", () => {
  it('is listed once, rings once, and moves no money', async ({ bank, table, disputes: { books, rung } }) => {
    const gift = await bank.pay(1);
    await books.book(gift);
    const [like] = await bank.events('checkout.session.completed');
    const warning = {
      ...like,
      id: 'evt_warning',
      type: 'radar.early_fraud_warning.created',
      data: {
        object: {
          id: 'issfr_1',
          object: 'radar.early_fraud_warning',
          actionable: true,
          charge: gift.chargeId,
          created: like?.created,
          fraud_type: 'made_with_stolen_card',
          livemode: false,
          payment_intent: gift.paymentId,
        },
      },
    };
    const before = await books.read(await bank.names(gift));
    expect(await books.deliver(warning)).toBe('listed');
    expect(await books.deliver(warning)).toBe('duplicate');
    expect(await everything(table, 'attention')).toMatchObject([
      {
        kind: 'early-fraud-warning',
        id: 'issfr_1',
        paymentId: gift.paymentId,
        reason: 'made_with_stolen_card',
      },
    ]);
    expect(rung()).toEqual(['EarlyFraudWarning']);
    expect(await books.read(await bank.names(gift))).toEqual(before);
  });
});
