import { describe, expect, vi } from 'vitest';
import { summarizeFunds } from '#accounting/funds/summarize-funds.ts';
import { ledgerEntry } from '#kernel/ledger/ledger-entry.ts';
import { toLedgerEntryItem } from '#kernel/ledger/ledger-entry-item.ts';
import { charity } from '#platform/charity.ts';
import { formatMoney } from '#platform/money.ts';
import { amidChinese } from '#platform/receiver-words.ts';
import { commit } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { inHtml, testWithCharity } from '../support/charity.ts';
import { demoTable } from '../support/demo.ts';
import { nobody } from '../support/local-stripe.ts';
import { siteOn } from '../support/site.ts';
import { story } from '../support/story.ts';
import { everything, watchRequests } from '../support/table.ts';

// The demonstration's receiver bears the fees; its sums below follow from that.
testWithCharity({ feesBorneBy: 'receiver', cardFee: { basisPoints: 340, fixed: 235 } });

const now = new Date('2026-11-22T04:00:00Z');

// The demonstration is written in the time of the first test.
vi.setConfig({ testTimeout: 120_000 });

/** The demonstration’s site. */
const it = story.extend('pages', { scope: 'file' }, async ({}) => {
  const table = await demoTable(now);
  const site = siteOn(table, nobody, { clock: () => now });

  const money = async (slug = 'emergency-cash') =>
    (await (await site.request(`/api/campaigns/${slug}/money`)).json()) as Money;

  const textOf = async (path: string) => (await site.request(path)).text();

  return { money, site, textOf, table };
});

interface Month {
  readonly month: string;
  readonly opening: number;
  readonly received: number;
  readonly refunded: number;
  readonly passedOn: number | null;
  readonly held: number;
  readonly purposes: { category: string; amount: number }[];
}
interface Money {
  readonly allPassedOn: boolean;
  readonly total: Month;
  readonly months: Month[];
}

describe('the money of a campaign', () => {
  it('is summed from the books by month, and what goes in is what was passed on and what is held', async ({
    pages: { money, site },
  }) => {
    const { months, total } = await money();
    expect(months.map(({ month }) => month)).toEqual([
      '2026-06',
      '2026-07',
      '2026-08',
      '2026-09',
      '2026-10',
      '2026-11',
    ]);
    let held = 0;
    for (const each of months) {
      held += each.opening + each.received - each.refunded - (each.passedOn ?? 0);
      expect(each.held, each.month).toBe(held);
      expect(each.purposes.reduce((all, { amount }) => all + amount, 0)).toBe(each.passedOn ?? 0);
    }
    expect(total.held).toBe(held);
    const { raised } = (await (await site.request('/api/campaigns/emergency-cash')).json()) as {
      raised: number;
    };
    expect(total.received).toBe(raised);
  });

  it('shows purposes with five payments or more, the others together, and the families’ of the running month later', async ({
    pages: { money },
  }) => {
    const { months } = await money();
    expect(months[0]?.purposes.map(({ category }) => category)).toEqual(['rent', 'food', 'other']);
    expect(months.at(-1)).toMatchObject({ passedOn: null, purposes: [] });
  });

  it('shows no recipient, voucher, person, number of payments or day to the public', async ({
    pages: { textOf, table },
  }) => {
    const all = await Promise.all(
      ['/campaigns/x/money', '/zh/campaigns/x/money', '/campaigns/x/money.csv', '/api/campaigns/x/money'].map(
        (path) => textOf(path.replace('x', 'emergency-cash')),
      ),
    );
    const hidden = (await everything(table, 'disbursement')).flatMap((item) => {
      const { voucherNumber, voucherDigest, day } = item.handOver as Record<string, string>;
      return [item.id, item.recipient, item.requestedBy, voucherNumber, voucherDigest, day] as string[];
    });
    expect(hidden.length).toBeGreaterThan(500);
    for (const text of new Set(hidden)) expect(all.join('\n').includes(text), text).toBe(false);
    expect(all.join('\n')).not.toMatch(/"payments"|"taken"/);
  });

  it('begins with what came in, what became of it, and who bore the fees, as it stands now, in both languages', async ({
    pages: { money, textOf },
  }) => {
    const { total, allPassedOn } = await money('lai-chi-kok-warehouse');
    expect(allPassedOn).toBe(true);
    expect(total.passedOn).toBe(12 * 1_000_000 + 1_000_000);
    const came = `HK$${formatMoney((total.passedOn ?? 0) + total.held, 'hkd').slice(3)}`;
    const percent = Math.round((100 * (total.passedOn ?? 0)) / ((total.passedOn ?? 0) + total.held));
    expect(percent).toBeLessThan(100);
    const english = await textOf('/campaigns/lai-chi-kok-warehouse/money');
    expect(english).toContain(`${came} came in`);
    expect(english).toContain(`${percent}% paid out, ${100 - percent}% waits.`);
    expect(english).toMatch(/Card fees HK\$[\d.,]+: /);
    expect(english).toContain(inHtml(`${charity.receiver.en} paid HK$`));
    expect(english).toContain('The books find what is held at Stripe, in the bank and in the cash box.');
    expect(english).toContain('As of 22 November 2026 12:00.');
    const chinese = await textOf('/zh/campaigns/lai-chi-kok-warehouse/money');
    expect(chinese).toContain(`合共收到 ${came}`);
    expect(chinese).toContain(`已支付 ${percent}%，尚餘 ${100 - percent}%。`);
    expect(chinese).toContain(inHtml(`${amidChinese(charity.receiver['zh-HK'])}以自有資金付了`));
    expect(chinese).toContain('lang="zh-Hant-HK"');
    for (const page of [english, chinese]) expect(page).not.toContain('100%</');
  });

  it('shows the rent of the running month at once', async ({ pages: { money, textOf } }) => {
    const { months } = await money('lai-chi-kok-warehouse');
    expect(months.at(-1)).toMatchObject({
      month: '2026-11',
      passedOn: 1_000_000,
      purposes: [{ category: 'rent', amount: 1_000_000 }],
    });
    expect(await textOf('/campaigns/lai-chi-kok-warehouse/money')).toContain('10,000.00*');
  });

  it('draws the chart on the server, with the same figures in a table beside it, and no script', async ({
    pages: { textOf },
  }) => {
    const page = await textOf('/campaigns/emergency-cash/money');
    expect(page).toMatch(/<svg[^>]*role="img"/);
    expect(page).not.toMatch(/<script|style="/);
    expect(page).toMatch(/<th scope="row">Jun 2026<\/th>/);
    expect(await textOf('/campaigns/emergency-cash')).toContain('href="/campaigns/emergency-cash/money"');
  });

  it('comes as a table with its name, and is not there for a campaign that is none', async ({
    pages: { site },
  }) => {
    const csv = await site.request('/campaigns/education/money.csv');
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename="education-money.csv"');
    const bytes = new Uint8Array(await csv.arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    for (const path of ['/campaigns/none/money', '/campaigns/none/money.csv', '/api/campaigns/none/money']) {
      expect((await site.request(path)).status, path).toBe(404);
    }
  });

  it('costs two requests, however many gifts and payments there were', async ({
    pages: { table, money },
  }) => {
    const sent = watchRequests(table);
    await money();
    expect(sent.map(({ operation }) => operation).sort()).toEqual(['BatchGetItem', 'Query']);
  });
});

describe('the summary', () => {
  it('changes nothing when it runs again, nor when two run at once', async ({ pages: { table } }) => {
    const before = await everything(table);
    const runs = await Promise.all([1, 2].map(() => summarizeFunds({ from: '2026-10' }, { table, now })));
    expect(runs).toEqual([
      { months: 2, written: 0, shown: 0 },
      { months: 2, written: 0, shown: 0 },
    ]);
    expect(await everything(table)).toEqual(expect.arrayContaining(before));
  });

  it('takes in a refund, takes the sentence back when money is missing, and leaves closed months as they were', async ({
    pages: { table, money, textOf },
  }) => {
    const at = new Date('2026-11-20T04:00:00Z');
    const put = (sourceId: string, kind: 'refund' | 'cash-count', postings: [string, number][], when = at) =>
      commit(table, () => ({
        entry: {
          put: toLedgerEntryItem(
            ledgerEntry({
              sourceId,
              kind,
              postings: postings.map(([account, amount]) => ({ account: account as 'cash', amount })),
              currency: 'hkd',
              at: when,
            }),
          ),
        },
      }));
    await put('re_1', 'refund', [
      ['raised:emergency-cash', 700],
      ['stripe', -700],
    ]);
    const closed = { ...keys.closedMonth('2026-06'), closedAt: '2026-07-20T00:00:00.000Z' };
    await commit(table, () => ({ closed: { put: closed } }));
    const june = new Date('2026-06-20T04:00:00Z');
    await put(
      're_2',
      'refund',
      [
        ['raised:emergency-cash', 900],
        ['stripe', -900],
      ],
      june,
    );
    await summarizeFunds({ from: '2026-06' }, { table, now });
    const after = await money();
    expect(after.months.map(({ refunded }) => refunded)).toEqual([0, 0, 0, 0, 0, 700]);
    expect(after.allPassedOn).toBe(true);
    await put('count_1', 'cash-count', [
      ['cash', -100],
      ['cash-difference', 100],
    ]);
    await summarizeFunds({ from: '2026-11' }, { table, now });
    expect((await money()).allPassedOn).toBe(false);
    expect(await textOf('/campaigns/emergency-cash/money')).not.toContain('The books find');
  });
});
