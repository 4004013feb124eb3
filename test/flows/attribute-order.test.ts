import { describe, expect } from 'vitest';
import { summarizeAccounts } from '#accounting/accounts/summarize-accounts.ts';
import { KnownMonths, summarizeFunds } from '#accounting/funds/summarize-funds.ts';
import { auditTable } from '#accounting/integrity/audit-table.ts';
import { sendMail } from '#apps/mailer/send-mail.ts';
import { staffRoutes } from '#apps/staff/endpoints.ts';
import { createStaffApp } from '#apps/staff/staff-app.ts';
import { projectPayments } from '#apps/workers/project-payments.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import { hongKongMonth } from '#platform/clock.ts';
import type { Item } from '#platform/table/table.ts';
import { shuffleAttributes } from '../support/attribute-order.ts';
import { demoTable } from '../support/demo.ts';
import { nobody } from '../support/local-stripe.ts';
import { aCheckout, sessionEvent, store, webhookOn } from '../support/payments.ts';
import { siteOn } from '../support/site.ts';
import { campaignStory } from '../support/story.ts';
import { everything, existingTable } from '../support/table.ts';

const times = 6;
/** For what reads all items: of thousands some come in another order each time. */
const fewTimes = 3;
const now = new Date('2026-11-22T04:00:00Z');

/** The demonstration, of which nothing is changed; `shuffled` is its table with the attributes in another order each time. */
const it = campaignStory.extend('demo', { scope: 'file' }, async ({}) => {
  const table = await demoTable(now);
  return {
    table,
    items: await everything(table),
    shuffled: shuffleAttributes(existingTable(table.name), 7),
  };
});

/** What is read, several times; each answer once. */
async function distinct(read: () => Promise<unknown>, often = times): Promise<unknown[]> {
  const answers = new Set<string>();
  for (let time = 0; time < often; time += 1) answers.add(JSON.stringify(await read()));
  return [...answers];
}

// The first test waits for the demonstration to be written.
describe('whatever order the table gives the attributes of items in', { timeout: 120_000 }, () => {
  const answerOf = async (app: { request: (path: string) => Response | Promise<Response> }, path: string) => {
    const answer = await app.request(path);
    expect([path, answer.status]).toEqual([path, 200]);
    return [answer.headers.get('etag'), await answer.text()];
  };

  it('the table of this test gives them in many', async ({ demo: { shuffled } }) => {
    const orders = new Set<string>();
    for (let time = 0; time < times; time += 1) {
      const [campaign] = await everything(shuffled, 'campaign');
      orders.add(Object.keys(campaign ?? {}).join() + Object.keys(campaign?.title ?? {}).join());
    }
    expect(orders.size).toBeGreaterThan(3);
  });

  it.for([
    '/',
    '/zh',
    '/api/campaigns',
    '/api/campaigns/education',
    '/api/campaigns/lai-chi-kok-warehouse/gifts?limit=100',
    '/api/campaigns/emergency-cash/money',
    '/campaigns/emergency-cash',
    '/campaigns/emergency-cash/supporters',
    '/campaigns/emergency-cash/money',
    '/zh/campaigns/emergency-cash/money.csv',
  ])('%s has the same bytes and the same ETag', async (path, { demo: { shuffled } }) => {
    // A site of its own for each read: nothing comes from memory.
    const read = () => answerOf(siteOn(shuffled, nobody, { clock: () => now }), path);
    expect(await distinct(read)).toHaveLength(1);
  });

  it.for(staffRoutes.filter((route) => route.startsWith('GET ')))(
    '%s has the same bytes',
    async (route, { demo: { items, shuffled } }) => {
      const one = (entity: string) => items.find((item) => item.entity === entity);
      const ids: Readonly<Record<string, unknown>> = {
        '{slug}': 'education',
        '{paymentId}': one('refund')?.paymentId ?? one('payment')?.paymentId,
        '{kind}': 'passed-on',
        '{id}': one('disbursement')?.id,
      };
      const path = route.slice(4).replaceAll(/\{\w+\}/g, (name) => String(ids[name]));
      // The people of the staff stand at the sign-in, not in the table.
      if (path.startsWith('/api/staff/exports/') || path === '/api/staff/team') return;
      // The demonstration has no photo and no page of its own.
      if (/\/photo$|^\/api\/staff\/pages\//.test(path)) return;
      const staff = createStaffApp({
        random: Math.random,
        table: shuffled,
        clock: () => now,
        actorOf: () => ({ id: 'somebody', roles: ['admin'] }),
      });
      const months = [undefined, hongKongMonth(new Date(now.getTime() - 40 * 86_400_000))];
      for (const month of months) {
        const query = month && !path.endsWith('/months') ? `?month=${month}` : '';
        expect(await distinct(() => answerOf(staff, path + query)), path + query).toHaveLength(1);
      }
    },
  );

  it('the audit finds what it finds, and no total that changed meanwhile', async ({ demo: { shuffled } }) => {
    const findings = await distinct(async () => {
      const { named } = await auditTable({ table: shuffled, now: new Date(), say: () => {} });
      return named;
    }, fewTimes);
    expect(findings).toHaveLength(1);
    expect(findings[0]).not.toContain('changing');
    expect(findings[0]).toBe('[]');
  });

  it('nightly sums and projections write nothing when nothing has changed', async ({
    demo: { table, items, shuffled },
  }) => {
    const writes = async () => {
      const known = new KnownMonths();
      await summarizeAccounts({ table: shuffled, now, ledger: known.ledger });
      await summarizeFunds({ known }, { table: shuffled, now });
      const gifts = items.filter(({ entity, fund }) => entity === 'payment' && fund === 'education');
      await projectPayments({ slug: 'education', gifts: gifts.map(fromPaymentItem) }, { table: shuffled });
      // A projection that is made anew counts its versions.
      return inOneOrder((await everything(table)).map((item) => ({ ...item, version: undefined })));
    };
    const first = await writes();
    for (let time = 1; time < fewTimes; time += 1) expect(await writes()).toEqual(first);
  });
});

/** Every item as a text, its names in order. */
function inOneOrder(all: readonly Item[]): string[] {
  const ordered = (_: string, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Set)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value instanceof Set
        ? [...value].sort()
        : value;
  return all.map((item) => JSON.stringify(item, ordered)).sort();
}

describe('a mail whose first attempt failed', () => {
  it('goes out with the same bytes however the table orders the facts that it was made of', async ({
    table: inOrder,
  }) => {
    const table = shuffleAttributes(inOrder, 3);
    const sent: string[] = [];
    for (let number = 1; number <= times; number += 1) {
      const checkout = aCheckout(number);
      await store(table, checkout);
      await webhookOn(table).deliver(sessionEvent(checkout));
      const [message] = (await everything(table, 'outbox')).filter(
        ({ checkoutId }) => checkoutId === checkout.id,
      );
      for (const kind of ['failed-for-now', 'failed-for-now', 'sent'] as const) {
        const outcome = await sendMail(message?.key as string, {
          table,
          clock: () => new Date('2026-11-22T12:00:00.000Z'),
          siteUrl: 'https://give.example.org',
          send: async (mail) => {
            sent.push(JSON.stringify(mail));
            return kind === 'sent' ? { kind, resendId: 're_1' } : { kind, reason: 'application_error' };
          },
        });
        expect(outcome.kind).toBe(kind);
      }
      expect(new Set(sent.splice(0)).size).toBe(1);
    }
  });
});
