import { describe, expect } from 'vitest';
import { monthRows } from '#accounting/exports/read-month-rows.ts';
import { giftRows } from '#accounting/exports/read-payment-rows.ts';
import { receiptRows } from '#accounting/exports/read-receipt-rows.ts';
import { sendMail } from '#apps/mailer/send-mail.ts';
import { projectPayments } from '#apps/workers/project-payments.ts';
import { toCommentItem } from '#giving/comments/comment-item.ts';
import { toDonorIndexItems } from '#giving/donors/donor-index-item.ts';
import { keepDonorIndex } from '#giving/donors/keep-donor-index.ts';
import { toEnteredPaymentItem } from '#giving/entered-payments/entered-payment-item.ts';
import { listEnteredPayments } from '#giving/entered-payments/list-entered-payments.ts';
import { rebuildLatestGifts } from '#giving/latest-gifts/rebuild-latest-gifts.ts';
import { withNames } from '#giving/promises/list-promises.ts';
import { giftReceivedKey } from '#kernel/outbox/outbox.ts';
import { cancelErasure } from '#kernel/people/cancel-erasure.ts';
import { toPersonItem } from '#kernel/people/person-item.ts';
import { permit } from '#kernel/staff/rights.ts';
import { toCheckoutItem } from '#payments/checkout/checkout-item.ts';
import { expireCheckout, processCheckout } from '#payments/checkout/transition-checkout.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import { KeyedHash } from '#platform/ids.ts';
import { keys } from '#platform/table/keys.ts';
import { type Item, readItems, type Table } from '#platform/table/table.ts';
import { endOf, timeToLive } from '#platform/table/time-to-live.ts';
import { writeEach } from '#platform/table/write-each.ts';
import { textOf, treeFiles } from '../architecture/tree.ts';
import { deskOn, hashKey } from '../support/desk.ts';
import { nobody } from '../support/local-stripe.ts';
import { aCheckout, aPerson, sessionEvent, now as start, webhookOn } from '../support/payments.ts';
import { siteOn } from '../support/site.ts';
import { staffOn } from '../support/staff-on.ts';
import { campaignStory } from '../support/story.ts';
import { everything, putAll } from '../support/table.ts';

const slug = 'lai-chi-kok-warehouse';
const minute = 60_000;
const later = (minutes: number) => new Date(start.getTime() + minutes * minute);
const [checkout, unpaid] = [aCheckout(1), aCheckout(2)];
const paymentId = 'pi_00000001';
const key = giftReceivedKey(paymentId);

/** When the person's data ends, and when it is looked for: the item is there still. */
const [end, now] = [later(60), later(70)];

/** Two donors whose data has ended and is there still. */
async function openPeople(table: Table) {
  const people = [checkout, unpaid].map((each) =>
    aPerson(each, { name: 'Juniper Ash', displayName: 'Juniper A.', message: 'For the rice' }),
  );
  await putAll(table, [
    ...[checkout, unpaid].map(toCheckoutItem),
    ...people.map((person): Item => ({ ...toPersonItem(person), ...timeToLive('person', end) })),
  ]);
  const pay = async (at: Date) => {
    const event = sessionEvent(checkout, { created: at });
    expect((await webhookOn(table, { clock: () => at }).deliver(event)).status).toBe(200);
  };
  const gifts = async () => (await everything(table, 'payment')).map(fromPaymentItem);
  const latest = async () => JSON.stringify(await everything(table, 'latest-gifts'));
  const mail = (outcome: Awaited<ReturnType<Parameters<typeof sendMail>[1]['send']>>) =>
    sendMail(key, {
      table,
      siteUrl: 'https://give.example.org',
      clock: () => now,
      send: async () => outcome,
    });
  const site = (at: Date) => siteOn(table, nobody, { clock: () => at });
  const asStaff = (role: 'campaigns' | 'finance') => staffOn(table, now, role);
  const ends = async (id = checkout.id) =>
    (await everything(table, 'person')).filter(({ checkoutId }) => checkoutId === id).map(endOf);
  return { table, pay, gifts, latest, mail, site, asStaff, ends };
}

type People = Awaited<ReturnType<typeof openPeople>>;
const it = campaignStory.extend('people', { auto: true }, ({ log: _, table }) => openPeople(table));

/** Whether a reader finds the person, by the file that reads; `paidAt` is the moment that counts. */
const readers: readonly (readonly [
  path: string,
  title: string,
  finds: (people: People, paidAt: Date) => Promise<boolean>,
])[] = [
  [
    'functions/giving/gift-form/read-choices.ts',
    'the form that a donor comes back to, at that moment',
    async ({ site }, paidAt) => {
      const page = await site(paidAt).request(`/campaigns/${slug}?checkout=${unpaid.id}`);
      return (await page.text()).includes('juniper@example.org');
    },
  ],
  [
    'functions/giving/thanks/read-thanks.ts',
    'the thanks page',
    async ({ site }) =>
      (await (await site(now).request(`/thanks/${checkout.id}`)).text()).includes('Juniper Ash'),
  ],
  [
    'functions/giving/thanks/read-thanks.ts',
    'the correction of the address',
    async ({ site }) => {
      const body = new URLSearchParams({ email: 'right@example.org' });
      const path = `/thanks/${checkout.id}/address`;
      const { status } = await site(now).request(path, { method: 'POST', body });
      expect([303, 404]).toContain(status);
      return status === 303;
    },
  ],
  [
    'functions/giving/latest-gifts/list-gifts.ts',
    'the list of supporters',
    async ({ site }) =>
      (await (await site(now).request(`/api/campaigns/${slug}/gifts`)).text()).includes('Juniper'),
  ],
  [
    'functions/giving/latest-gifts/rebuild-latest-gifts.ts',
    'the newest gifts, made anew',
    async ({ table, latest }) => {
      await rebuildLatestGifts(slug, { table, now });
      return (await latest()).includes('Juniper');
    },
  ],
  [
    'functions/apps/workers/project-payments.ts',
    'the projector',
    async ({ table, gifts, latest }) => {
      await projectPayments({ slug, gifts: await gifts() }, { table });
      return (await latest()).includes('Juniper');
    },
  ],
  [
    'functions/giving/comments/list-waiting-comments.ts',
    'the list of comments that wait',
    async ({ table, gifts, asStaff }) => {
      await putAll(table, (await gifts()).map(toCommentItem));
      return (await (await asStaff('campaigns').request('/api/staff/words')).text()).includes('the rice');
    },
  ],
  [
    'functions/giving/comments/list-names.ts',
    'the list of names',
    async ({ asStaff }) => {
      const path = `/api/staff/campaigns/${slug}/names`;
      return (await (await asStaff('campaigns').request(path)).text()).includes('Juniper');
    },
  ],
  [
    'functions/giving/comments/read-paid-person.ts',
    'who decides about a comment',
    async ({ asStaff }) => {
      const path = `/api/staff/words/${checkout.id}`;
      const { status } = await asStaff('campaigns').request(path, post({ decision: 'approve' }));
      expect([200, 409]).toContain(status);
      return status === 200;
    },
  ],
  [
    'functions/payments/payment/read-payment.ts',
    'who looks a gift up',
    async ({ asStaff }) => {
      const path = `/api/staff/gifts/${paymentId}`;
      return (await (await asStaff('finance').request(path)).text()).includes('juniper@example.org');
    },
  ],
  [
    'functions/apps/staff/payments/read-listed.ts',
    'the payments at the desk',
    async ({ table, gifts }) => {
      await projectPayments({ slug, gifts: await gifts() }, { table });
      const { status, html } = await deskOn(table, 'finance', now).get('/staff/payments');
      expect(status).toBe(200);
      return html.includes('Juniper');
    },
  ],
  [
    'functions/accounting/statements/read-statement.ts',
    'the month of the books at the desk',
    async ({ table, gifts }) => {
      await projectPayments({ slug, gifts: await gifts() }, { table });
      const { status, html } = await deskOn(table, 'finance', now).get('/staff/funds');
      expect(status).toBe(200);
      return html.includes('Juniper');
    },
  ],
  [
    'functions/giving/entered-payments/list-entered-payments.ts',
    'the entries that are not booked yet',
    async ({ table }, paidAt) => {
      const entry = {
        ...{
          id: 'off_1',
          checkoutId: checkout.id,
          fund: slug,
          amount: 50_000,
          day: '2026-11-22',
          reference: 'a',
        },
        ...({ means: 'cash', language: 'en', thank: true, donor: undefined, by: 'sub-1' } as const),
        enteredAt: paidAt,
      } as const;
      await putAll(table, [toEnteredPaymentItem(entry)]);
      const may = permit({ id: 'sub-1', roles: ['finance'] }, 'payment.enter');
      const [listed] = await listEnteredPayments({ permit: may }, { table, now: paidAt });
      expect(listed?.id).toBe('off_1');
      return listed?.name === 'Juniper Ash';
    },
  ],
  [
    'functions/giving/promises/list-promises.ts',
    'the promises that wait for their money',
    async ({ table }, paidAt) => {
      const promise = { reference: '00000198', checkoutId: checkout.id, fund: slug, amount: 50_000 } as const;
      const [named] = await withNames([{ ...promise, way: 'fps', madeAt: paidAt, state: 'open' }], { table });
      return named?.name === 'Juniper Ash';
    },
  ],
  [
    'functions/accounting/exports/read-payment-rows.ts',
    'an export of gifts with their donors',
    async ({ table }) => {
      const rows: unknown[] = [];
      const asked = { from: '2026-11', to: '2026-11', people: true, slugs: [slug] } as const;
      for await (const page of giftRows(asked, { table })) rows.push(page);
      return JSON.stringify(rows).includes('juniper@example.org');
    },
  ],
  [
    'functions/giving/donors/read-donor.ts',
    'who corrects an address',
    async ({ table }) => {
      const { html } = await deskOn(table, 'finance', now).get(`/staff/payments/${paymentId}/address`);
      return html.includes('juniper@example.org');
    },
  ],
  [
    'functions/giving/donors/keep-donor-index.ts',
    'the index of names',
    async ({ table, gifts }) => {
      await projectPayments({ slug, gifts: await gifts() }, { table });
      const hash = async () => new KeyedHash(hashKey);
      return (await keepDonorIndex({ since: start }, { table, now, hash })) > 0;
    },
  ],
  [
    'functions/giving/donors/list-named-payments.ts',
    'the search by name',
    async ({ table, gifts }) => {
      await projectPayments({ slug, gifts: await gifts() }, { table });
      const [payment] = await gifts();
      const person = aPerson(checkout, { name: 'Juniper Ash' });
      const hash = new KeyedHash(hashKey);
      if (payment) await putAll(table, toDonorIndexItems(payment, person, hash).ofWords);
      return (await deskOn(table, 'finance', now).get('/staff/payments?q=juniper')).html.includes(paymentId);
    },
  ],
  [
    'functions/apps/mailer/thank-again.ts',
    'who sends the thanks again',
    async ({ mail, asStaff }) => {
      await mail({ kind: 'sent', resendId: 'resend-1' });
      const path = `/api/staff/gifts/${paymentId}/thanks`;
      return (await asStaff('finance').request(path, post({}))).status === 200;
    },
  ],
  [
    'functions/giving/comments/read-paid-person.ts',
    'who hides an amount',
    async ({ asStaff }) => {
      const path = `/api/staff/amounts/${checkout.id}`;
      return (await asStaff('campaigns').request(path, post({ decision: 'hide' }))).status === 200;
    },
  ],
  [
    'functions/accounting/exports/read-month-rows.ts',
    'the accountant’s file with the donors',
    async ({ table }) => {
      const rows: unknown[] = [];
      const asked = {
        kind: 'month',
        campaign: undefined,
        from: '2026-11',
        to: '2026-11',
        people: true,
      } as const;
      for await (const page of monthRows({ ...asked, slugs: [slug] }, { table })) rows.push(page);
      return JSON.stringify(rows).includes('juniper@example.org');
    },
  ],
  [
    'functions/accounting/exports/read-receipt-rows.ts',
    'what receipts say',
    async ({ table }) => {
      const rows: unknown[] = [];
      const asked = { from: '2026-11', to: '2026-11', slugs: [slug] } as const;
      for await (const page of receiptRows(asked, { table, now })) rows.push(page);
      return JSON.stringify(rows).includes('juniper@example.org');
    },
  ],
  [
    'functions/apps/mailer/gift-facts.ts',
    'the mailer',
    async ({ mail }) => {
      const { kind } = await mail({ kind: 'sent', resendId: 'resend-1' });
      expect(['sent', 'stopped']).toContain(kind);
      return kind === 'sent';
    },
  ],
  [
    'functions/apps/mailer/gift-facts.ts',
    'the mailer at its second attempt',
    async ({ mail }) => {
      await mail({ kind: 'failed-for-now', reason: 'down' });
      return (await mail({ kind: 'sent', resendId: 'resend-1' })).kind === 'sent';
    },
  ],
  [
    'functions/apps/mailer/gift-facts.ts',
    'who sends a stopped mail again',
    async ({ mail, asStaff }) => {
      await mail({ kind: 'refused', reason: 'odd address' });
      const path = `/api/staff/mails/${encodeURIComponent(key)}/send-again`;
      const { status } = await asStaff('finance').request(path, post({}));
      expect([200, 409]).toContain(status);
      return status === 200;
    },
  ],
];

const post = (body: object) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', 'idempotency-key': 'a key' },
  body: JSON.stringify(body),
});

describe.each(readers)('%s: %s', (_path, _title, finds) => {
  it('finds a donor who paid before the end of the data, though it has ended since', async ({ people }) => {
    await people.pay(later(59));
    expect(await finds(people, later(59))).toBe(true);
  });

  it('finds nobody who paid after the end, though the item is there', async ({ table, people }) => {
    await people.pay(later(61));
    expect(await finds(people, later(61))).toBe(false);
    expect(await everything(table, 'person')).toHaveLength(2);
  });
});

it('every file that reads a person is among those that are tried here', () => {
  const reading = treeFiles.filter(
    (path) => /^functions\/.*\.tsx?$/.test(path) && textOf(path).includes('personAt('),
  );
  const own = 'functions/kernel/people/read-person.ts';
  expect([...new Set(readers.map(([path]) => path)), own].sort()).toEqual(reading.sort());
});

describe('the end of a person’s data', () => {
  it.for([
    [later(59), undefined],
    [later(60), end],
    [later(61), end],
  ] as const)(
    'is taken away by a payment at %s only before it has come',
    async ([paidAt, expected], { table, people: { pay, gifts, ends } }) => {
      await pay(paidAt);
      const person = keys.person(checkout.id);
      for (const gift of await gifts())
        await writeEach(table, cancelErasure(gift, await readItems(table, [person])));
      expect(await ends()).toEqual([expected]);
    },
  );

  it('stays where a checkout expires or is worked on after it, and the checkout moves on', async ({
    table,
    people: { ends },
  }) => {
    expect(await expireCheckout(checkout.id, { table, now })).toBe('moved');
    expect(await processCheckout(unpaid.id, { table, now })).toBe('moved');
    expect([...(await ends()), ...(await ends(unpaid.id))]).toEqual([end, end]);
  });

  it.for([
    ['a day later, when the checkout has expired, in time', 60 * 23, 'sent'],
    ['a day later, when the checkout has expired, too late', 60 * 25, 'stopped'],
  ] as const)(
    '%s for a payment that comes all the same',
    async ([_, minutes, kind], { table, people: { pay, ends, mail } }) => {
      expect(await expireCheckout(checkout.id, { table, now: start })).toBe('moved');
      await pay(later(minutes));
      expect(await everything(table, 'attention')).toEqual([]);
      expect((await ends())[0] === undefined).toBe(kind === 'sent');
      expect((await mail({ kind: 'sent', resendId: 'resend-1' })).kind).toBe(kind);
    },
  );
});
