import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type Stripe from 'stripe';
import { describe, expect } from 'vitest';
import { summarizeAccounts } from '#accounting/accounts/summarize-accounts.ts';
import { matchPayouts } from '#accounting/payouts/match-payouts.ts';
import { toDuePayout } from '#accounting/payouts/payout-item.ts';
import { recordFees } from '#accounting/payouts/record-fees.ts';
import { reconcile } from '#accounting/reconciliation/reconcile.ts';
import { sweepEvents } from '#apps/webhooks/sweep-events.ts';
import { toCampaignItem, toCampaignListItem } from '#giving/campaigns/campaign-item.ts';
import { Attempts, doParts, WorkFailed } from '#kernel/attention/attempt-each.ts';
import { openStripe } from '#payments/checkout/gateway.ts';
import { runParkedPayments } from '#payments/payment/record-payment.ts';
import { commit } from '#platform/table/commit.ts';
import { keys, lists } from '#platform/table/keys.ts';
import { type Table, toItem } from '#platform/table/table.ts';
import { demoCampaigns } from '../../infra/demo/campaigns.ts';
import { control, nobody, payOnPage, silentStripe, stripeBut } from '../support/local-stripe.ts';
import { aCheckout, now, outcomeOf, sessionEvent, store, webhookOn } from '../support/payments.ts';
import { gift, postCheckout, secretKey, siteOn } from '../support/site.ts';
import { story } from '../support/story.ts';
import { everything } from '../support/table.ts';

const slug = 'lai-chi-kok-warehouse';
const minute = 60_000;

/** The tasks of the hour and the night, what they log, and the charity's account at a local Stripe, for a campaign that opened yesterday. */
const it = story
  .extend('tasks', async ({ table, log }) => {
    const put = (Item: Record<string, unknown>) =>
      table.client.send(new PutCommand({ TableName: table.name, Item }));

    const failures = () =>
      log.entries.filter(({ event }) => event === 'work-failed').map(({ kind, id }) => [kind, id]);

    const listed = async () =>
      (await everything(table, 'attention'))
        .filter(({ kind }) => kind === 'work-failed')
        .map(({ id, reason }) => [id, reason]);

    async function openCampaign(opensAt: Date): Promise<void> {
      const warehouse = demoCampaigns(new Date()).find((campaign) => campaign.slug === slug);
      if (!warehouse) throw new Error('The demonstration has no warehouse.');
      await put(toCampaignListItem([slug]));
      await put(toCampaignItem({ ...warehouse, opensAt }));
    }

    const run = (minutes: number) =>
      doParts({ mail: () => Promise.reject(new RangeError('broken')) }, { table, now: on(minutes) }).catch(
        () => undefined,
      );

    const rung = () => log.entries.filter(({ event }) => event === 'WorkKeepsFailing');

    return { failures, run, listed, rung, put, openCampaign };
  })
  .extend('account', async ({ table, tasks: { openCampaign } }, { onCleanup }) => {
    /** By how much Stripe's clock is ahead: it moves the money of a card a moment after it was paid. */
    const clock = { ahead: 0 };
    const local = await silentStripe(() => Date.now() + clock.ahead);
    onCleanup(() => local.close());
    const stripe = openStripe(secretKey, local.url);
    await openCampaign(new Date(Date.now() - 86_400_000));

    const pay = () =>
      stripe.paymentIntents.create({
        amount: 50_000,
        currency: 'hkd',
        payment_method: 'pm_card_bypassPending',
        confirm: true,
        automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
        metadata: { tideover_checkout: aCheckout(1).id, campaign: slug },
      });

    async function payOnSite(number: number): Promise<void> {
      const body = { ...gift, email: `donor-${number}@example.org` };
      const answer = await postCheckout(siteOn(table, local.url), body, { key: `key-${number}` });
      const { checkoutUrl } = (await answer.json()) as { checkoutUrl: string };
      await payOnPage(local, new URL(checkoutUrl).pathname.split('/').at(-1) ?? '');
    }

    const later = () => ({ table, stripe, now: on(1, new Date()) });

    return { local, stripe, clock, pay, payOnSite, later };
  });

const on = (minutes: number, from = now) => new Date(from.getTime() + minutes * minute);

describe('a part of a task that fails', () => {
  it('keeps no other from being done, is logged by its name, and fails the task at its end', async ({
    table,
    log,
    tasks: { failures },
  }) => {
    const done: string[] = [];
    const parts = {
      first: async () => void done.push('first'),
      broken: () => Promise.reject(new TypeError('a fault of the program')),
      last: async () => void done.push('last'),
    };
    await expect(doParts(parts, { table, now })).rejects.toThrow('1 parts of the task failed.');
    expect(done).toEqual(['first', 'last']);
    expect(failures()).toEqual([['part', 'broken']]);
    expect(log.entries[0]).toMatchObject({ level: 'error', error: 'TypeError' });
  });

  it('keeps no other from being done when it never ends: it leaves time to those that come', async ({
    table,
    tasks: { failures },
  }) => {
    const done: string[] = [];
    const left = [30_001, 15_500];
    const parts = {
      hanging: () => new Promise<never>(() => undefined),
      last: async () => void done.push('last'),
    };
    await expect(doParts(parts, { table, now, timeLeft: () => left.shift() ?? 0 })).rejects.toThrow(
      WorkFailed,
    );
    expect(done).toEqual(['last']);
    expect(failures()).toEqual([['part', 'hanging']]);
  });

  it('is reported once where its own items were logged already', async ({ table, tasks: { failures } }) => {
    const items = async () => {
      const attempts = new Attempts({ table, now });
      await attempts.each(
        'item',
        ['a', 'b'],
        (id) => id,
        () => Promise.reject(new Error('broken')),
      );
      attempts.end('items failed.');
    };
    await expect(doParts({ items }, { table, now })).rejects.toThrow(WorkFailed);
    expect(failures()).toEqual([
      ['item', 'a'],
      ['item', 'b'],
    ]);
  });

  it('fails the task also while the table cannot count it', async ({ table, log }) => {
    table.client.middlewareStack.add(() => () => Promise.reject(new Error('The table is down.')), {
      step: 'initialize',
      name: 'tableDown',
    });
    const parts = { broken: () => Promise.reject(new Error('broken')) };
    await expect(doParts(parts, { table, now })).rejects.toThrow('1 parts of the task failed.');
    expect(log.entries.map(({ event }) => event)).toEqual(['work-failed', 'failure-not-counted']);
  });
});

describe('what fails again and again', () => {
  it('calls a person once: in three runs, for an hour', async ({ tasks: { run, listed, rung } }) => {
    for (const minutes of [0, 5, 10, 15, 55]) await run(minutes);
    expect(await listed()).toEqual([]);
    await run(60);
    expect(await listed()).toEqual([['part/mail', 'RangeError']]);
    await run(65);
    expect(rung()).toHaveLength(1);
    expect(rung()[0]).toMatchObject({ kind: 'part', id: 'mail', level: 'error' });
  });

  it('does not count a run that is repeated for the same time', async ({ tasks: { run, listed } }) => {
    for (const minutes of [0, 60, 60, 60, 60]) await run(minutes);
    expect(await listed()).toEqual([]);
    await run(120);
    expect(await listed()).toHaveLength(1);
  });

  it('calls again a day after it was resolved and still fails, not before', async ({
    table,
    tasks: { run, put, rung },
  }) => {
    for (const minutes of [0, 60, 120]) await run(minutes);
    const [item] = await everything(table, 'attention');
    await put({ ...item, settledBy: 'sub-1', settledAt: on(120).toISOString(), settledNote: 'Looked.' });
    await run(180);
    expect(rung()).toHaveLength(1);
    await run(120 + 24 * 60);
    expect(rung()).toHaveLength(2);
    expect((await everything(table, 'attention'))[0]?.settledAt).toBeUndefined();
  });
});

describe('a list of what waits', () => {
  const stripeIsDown = () => Promise.reject(new Error('Stripe does not answer.'));
  const ctx = (table: Table, minutes: number) => ({
    table,
    now: on(minutes),
    random: () => 0,
    whose: stripeIsDown,
  });

  it('is worked through past a payment that cannot be looked up, and past an item that cannot be read', async ({
    table,
    tasks: { put, failures },
  }) => {
    await webhookOn(table).deliver(sessionEvent(aCheckout(1)));
    const hour = on(0).toISOString().slice(0, 13);
    const broken = { list: lists.parked(hour), listOrder: '2026', at: 'no time', paymentId: 'pi_broken' };
    await put(toItem(keys.parked('pi_broken'), 'parked', 1, broken));
    const late = aCheckout(2);
    expect(
      await outcomeOf(await webhookOn(table, { clock: () => on(0.5) }).deliver(sessionEvent(late))),
    ).toBe('parked');
    await store(table, late);
    await expect(runParkedPayments(ctx(table, 70))).rejects.toThrow('2 parked payments could not be run.');
    expect((await everything(table, 'payment')).map(({ paymentId }) => paymentId)).toEqual(['pi_00000002']);
    expect(failures().sort()).toEqual([
      ['parked-payment', 'parked#pi_00000001'],
      ['parked-payment', 'parked#pi_broken'],
    ]);
    expect(await everything(table, 'parked')).toHaveLength(2);
  });
});

describe('the tasks of the books', () => {
  it('match every payout past one that Stripe does not know, which is older', async ({
    account: { local, pay, later },
    table,
    tasks: { failures },
  }) => {
    const createdAt = new Date(Date.now() - 3_600_000);
    const unknown = { payoutId: 'po_unknown', amount: 100, createdAt, arrivesAt: createdAt, due: 'evt_1' };
    await commit(table, () => ({ payout: toDuePayout(unknown) }));
    await pay();
    const { id } = await control<Stripe.Payout>(local, 'payouts');
    for (const step of ['pay', 'reconcile']) await control(local, `payouts/${id}/move`, { step });
    await expect(matchPayouts(later())).rejects.toThrow('1 payouts could not be matched.');
    expect(failures()).toEqual([['payout', 'payout#po_unknown']]);
    const states = (await everything(table, 'payout')).map(({ payoutId, due }) => [payoutId, due]);
    expect(states.sort()).toEqual(
      [
        ['po_unknown', 'evt_1'],
        [id, ''],
      ].sort(),
    );
    expect((await everything(table, 'ledger-entry')).map(({ kind }) => kind)).toContain('payout');
  });

  it('match payouts that events reported, also while Stripe’s list of payouts cannot be read', async ({
    account: { local, pay, later },
    table,
  }) => {
    await pay();
    const { id, amount } = await control<Stripe.Payout>(local, 'payouts');
    for (const step of ['pay', 'reconcile']) await control(local, `payouts/${id}/move`, { step });
    const at = new Date();
    await commit(table, () => ({
      payout: toDuePayout({ payoutId: id, amount, createdAt: at, arrivesAt: at, due: 'evt_1' }),
    }));
    const proxy = await stripeBut(local, (path) =>
      path === '/v1/payouts' ? new Response('{}', { status: 500 }) : undefined,
    );
    const half = { ...later(), stripe: openStripe(secretKey, proxy.url) };
    await expect(matchPayouts(half)).rejects.toThrow('1 payouts could not be matched.');
    expect((await everything(table, 'payout')).map(({ due }) => due)).toEqual(['']);
    await proxy.close();
  });

  it('book every fee past a movement that cannot be booked, and read that one again in the next run', async ({
    account: { stripe, pay, later },
    table,
    tasks: { failures },
  }) => {
    const payments = [await pay(), await pay(), await pay()];
    const charges = payments.map(({ latest_charge: charge }) => charge as string);
    const { balance_transaction: broken } = await stripe.charges.retrieve(charges[1] ?? '');
    let isBroken = true;
    table.client.middlewareStack.add(
      (next) => (args) => {
        if (
          isBroken &&
          JSON.stringify(args.input).includes(`ledger#${broken as string}"}`) &&
          'TransactItems' in args.input
        )
          throw new Error('The table does not answer.');
        return next(args);
      },
      { step: 'initialize', name: 'brokenFee' },
    );
    await expect(recordFees(later())).rejects.toThrow('could not be booked in full');
    expect(await everything(table, 'ledger-entry')).toHaveLength(2);
    expect(failures()).toEqual([['movement', broken]]);
    expect(await everything(table, 'cursor')).toEqual([]);
    isBroken = false;
    expect(await recordFees(later())).toEqual({ booked: 1, unassigned: 0 });
    expect(await everything(table, 'cursor')).toHaveLength(1);
  });

  it('add up every month past one with an entry that cannot be read, and do not say then that the money is there', async ({
    table,
    tasks: { openCampaign, put, failures },
  }) => {
    await openCampaign(new Date('2026-09-05T00:00:00+08:00'));
    const broken = { list: lists.ledger('2026-10', 0), listOrder: '2026', month: '2026-10', sides: 'none' };
    await put(toItem(keys.ledgerEntry('broken', 'correction'), 'ledger-entry', 1, broken));
    await expect(summarizeAccounts({ table, now })).rejects.toThrow('1 months could not be added up.');
    expect((await everything(table, 'account-month')).map(({ month }) => month).sort()).toEqual([
      '2026-09',
      '2026-11',
    ]);
    expect(await everything(table, 'coverage')).toEqual([]);
    expect(failures()).toEqual([
      ['ledger-entry', 'ledger#broken'],
      ['account-month', '2026-10'],
    ]);
  });

  it.for(['undelivered', 'all'])(
    'take events past a list of them that Stripe refuses: %s',
    async (refused, { account: { local, payOnSite }, table, tasks: { failures } }) => {
      await payOnSite(1);
      const proxy = await stripeBut(local, (path, _, query) =>
        path === '/v1/events' && query.has('delivery_success') === (refused === 'undelivered')
          ? new Response('{}', { status: 400 })
          : undefined,
      );
      const at = { table, random: () => 0, livemode: false, now: on(30, new Date()) };
      const swept = sweepEvents('all', { ...at, stripe: openStripe(secretKey, proxy.url) });
      await expect(swept).rejects.toThrow("1 of Stripe's events could not be taken.");
      await proxy.close();
      expect(await everything(table, 'payment')).toHaveLength(1);
      expect(failures()).toEqual([['list-of-events', refused]]);
    },
  );

  it('keep every donor’s data past one whose data cannot be kept', async ({
    account: { stripe, clock, payOnSite },
    table,
    tasks: { failures },
  }) => {
    for (const number of [1, 2, 3]) await payOnSite(number);
    const at = { table, stripe, random: () => 0, now: on(5 * 60, new Date()) };
    clock.ahead = minute + 1000;
    await stripe.balance.retrieve();
    expect(await reconcile(at)).toMatchObject({ repaired: 3 });
    let broken: unknown;
    table.client.middlewareStack.add(
      (next) => (args) => {
        const { Key, UpdateExpression } = args.input as {
          Key?: { pk: { S: string } };
          UpdateExpression?: string;
        };
        const isPerson = UpdateExpression === 'REMOVE #ttl' && Key?.pk.S.startsWith('person#');
        broken ??= isPerson ? Key?.pk.S : undefined;
        if (isPerson && Key?.pk.S === broken) throw new Error('Cannot be kept.');
        return next(args);
      },
      { step: 'initialize', name: 'brokenPerson' },
    );
    await expect(reconcile(at)).rejects.toThrow('1 parts, or items, of the comparison could not be done.');
    const ending = (await everything(table, 'person')).filter(({ ttl }) => ttl !== undefined);
    expect(ending.map(({ pk }) => pk)).toEqual([broken]);
    expect(failures().map(([kind]) => kind)).toEqual(['person']);
  });

  it('fail as a whole where Stripe is down, and say so', async ({
    account: { later },
    tasks: { failures },
  }) => {
    const down = { ...later(), stripe: openStripe(secretKey, nobody) };
    await expect(doParts({ fees: () => recordFees(down) }, down)).rejects.toThrow(
      '1 parts of the task failed.',
    );
    expect(failures()).toEqual([['part', 'fees']]);
  });
});
