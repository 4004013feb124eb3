import { describe, expect } from 'vitest';
import { ledgerHeader, ledgerRows } from '#accounting/exports/read-ledger-rows.ts';
import { giftRows, paymentsHeader } from '#accounting/exports/read-payment-rows.ts';
import { auditTable } from '#accounting/integrity/audit-table.ts';
import { checkStripe } from '#accounting/integrity/check-stripe.ts';
import { Findings } from '#accounting/integrity/findings.ts';
import { type Cell, csvLines } from '#platform/files/csv.ts';
import { checkInvariants } from '../histories/check.ts';
import { comeToRest } from '../histories/come-to-rest.ts';
import { campaigns, inBank, openHistory } from '../histories/history.ts';
import { play } from '../histories/play.ts';
import { parseCsv } from '../support/csv.ts';
import { fillAccount } from '../support/fill-account.ts';
import { story } from '../support/story.ts';

const [fund] = campaigns;
const all = { do: 'deliver', which: 'all', how: 'in order', copies: 1 } as const;
const quiet = () => {};

/** A payer buys for HK$300.00 and gives HK$500.01, with what covers the gift’s fee: HK$820.04 in all. */
const it = story.extend('shop', { auto: true }, async ({ log: _ }, { onCleanup }) => {
  const books = await openHistory();
  onCleanup(() => books.close());
  const order = async () => {
    await play(books, { do: 'give', campaign: 0, amount: 50_001, hidden: false, sales: 30_000 });
    await play(books, all);
    const made = books.gifts.at(-1);
    if (!made) throw new Error('Nothing was ordered.');
    const { amount_total: paid } = await sessionOf(made.paymentId);
    return { ...made, paid: paid ?? 0 };
  };
  const sessionOf = async (payment_intent: string) => {
    const [session] = (await books.truth.checkout.sessions.list({ payment_intent })).data;
    if (!session) throw new Error(`${payment_intent} has no Session.`);
    return session;
  };
  /** The rows of a file as a spreadsheet reads it, by the names in its header. */
  const rowsOf = async (header: readonly string[], pages: AsyncIterable<Cell[][]>) => {
    let text = '';
    for await (const page of pages) text += csvLines(page);
    return parseCsv(text).map((cells) => Object.fromEntries(cells.map((cell, at) => [header[at], cell])));
  };
  const months = { from: '2026-11', to: '2027-01', slugs: campaigns } as const;
  return {
    books,
    order,
    refund: async (payment_intent: string, amount: number) => {
      await books.truth.refunds.create({ payment_intent, amount });
      await play(books, all);
    },
    dispute: async (chargeId: string, amount: number) => {
      await books.control(`charges/${chargeId}/dispute`, { kind: 'chargeback', amount: String(amount) });
      await play(books, all);
    },
    payments: () => rowsOf(paymentsHeader({ people: false }), giftRows({ ...months, people: false }, books)),
    ledger: () => rowsOf(ledgerHeader, ledgerRows({ ...months, campaign: undefined }, books)),
    audited: async () => {
      // The history lets the bank hold this without an entry, for disbursements.
      await fillAccount(books.table, 'bank', -inBank);
      const findings = new Findings();
      const now = new Date(books.clock().getTime() + 3 * 3_600_000);
      await auditTable({ table: books.table, now, say: quiet }, findings);
      await checkStripe({ table: books.table, stripe: books.truth, now, say: quiet }, findings);
      return findings.named;
    },
  };
});

describe('an order of three parts', () => {
  it('is refunded up to and across each border, disputed three ways, paid out, exported and audited', async ({
    shop: { books, order, refund, dispute, payments, ledger, audited },
  }) => {
    const refunded = await order();
    const disputed = [await order(), await order(), await order()] as const;
    const cover = 2003;
    expect(refunded.paid).toBe(30_000 + 50_001 + cover);
    // Up to the first border, across it; up to the second, across it; and the rest.
    for (const amount of [30_000, 1, 50_000, 1, cover - 1]) await refund(refunded.paymentId, amount);
    const [lostAll, lostSome, won] = disputed;
    await dispute(lostAll.chargeId, lostAll.paid);
    await dispute(lostSome.chargeId, 30_001);
    await dispute(won.chargeId, 80_002);
    for (const [number, to] of (['lose', 'lose', 'win'] as const).entries()) {
      await play(books, { do: 'move-dispute', dispute: number, to });
    }
    for (const step of [all, { do: 'work', task: 'fees' } as const, { do: 'pass', days: 10 } as const]) {
      await play(books, step);
    }
    await play(books, { do: 'pay-out', isExplained: false });
    for (const to of ['pay', 'reconcile'] as const) await play(books, { do: 'move-payout', payout: 0, to });
    await comeToRest(books);
    await checkInvariants(books);
    expect(await audited()).toEqual([]);

    const row = ({ paymentId }: { paymentId: string }, changes: object) =>
      expect.objectContaining({
        Payment: paymentId,
        Amount: '500.01',
        Sales: '300.00',
        Cover: (cover / 100).toFixed(2),
        ...changes,
      });
    const paid = (refunded.paid / 100).toFixed(2);
    expect(await payments()).toEqual(
      expect.arrayContaining([
        row(refunded, { Refunded: paid, Disputed: '0.00' }),
        row(lostAll, { Refunded: '0.00', Disputed: paid }),
        row(lostSome, { Disputed: '300.01' }),
        row(won, { Disputed: '0.00' }),
      ]),
    );
    const rows = await ledger();
    const sumOf = (account: string) =>
      rows
        .filter((each) => each.Account === account)
        .reduce((sum, each) => sum + Math.round(Number(each.Amount) * 100), 0);
    // Raised and sold stand negative: two orders are left, of which one lost all its sales and a cent of its gift.
    expect([`sales:${fund}`, `raised:${fund}`, 'cover'].map(sumOf)).toEqual([-30_000, -100_001, -2 * cover]);
    expect(sumOf('stripe')).toBe(0);
    expect(rows.reduce((sum, each) => sum + Math.round(Number(each.Amount) * 100), 0)).toBe(0);
  });
});
