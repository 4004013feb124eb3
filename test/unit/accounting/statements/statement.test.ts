import { describe, expect, it } from 'vitest';
import { hasLine, statementSums, wayOf } from '#accounting/statements/statement.ts';
import { ledgerEntry, type Posting } from '#kernel/ledger/ledger-entry.ts';

const entry = (postings: readonly Posting[], fund?: string) =>
  ledgerEntry({
    ...{ sourceId: 'x', kind: 'correction', postings, currency: 'hkd', at: new Date('2026-11-22T12:00:00Z') },
    ...(fund !== undefined && { fund }),
  });

describe('a line of the statement', () => {
  it('counts what came into Stripe, the bank and the cash box together, and what left them', () => {
    const gift = entry([
      { account: 'stripe', amount: 500 },
      { account: 'raised:rice', amount: -480 },
      { account: 'cover', amount: -20 },
    ]);
    expect(statementSums(gift)).toEqual({ came: 500, went: 0, moved: 0, funds: ['rice'] });
    const fee = entry(
      [
        { account: 'fee', amount: 20 },
        { account: 'stripe', amount: -20 },
      ],
      'rice',
    );
    expect(statementSums(fee)).toEqual({ came: 0, went: 20, moved: 0, funds: ['rice'] });
  });

  it('says of what changed its place only how much, from where and to where', () => {
    const payout = entry([
      { account: 'bank', amount: 700 },
      { account: 'stripe', amount: -700 },
    ]);
    expect(statementSums(payout)).toEqual({ came: 0, went: 0, moved: 700, funds: [] });
    expect(wayOf(payout.postings)).toEqual(['stripe', 'bank']);
    const transfer = entry([
      { account: 'raised:rice', amount: 300 },
      { account: 'raised:rent', amount: -300 },
    ]);
    expect(wayOf(transfer.postings)).toEqual(['raised:rice', 'raised:rent']);
    expect(statementSums(transfer)).toMatchObject({ moved: 300, funds: ['rice', 'rent'] });
  });

  it('is left out for the fee of a payment, which stands beside it', () => {
    expect(hasLine({ kind: 'fee', payment: 'pi_1' })).toBe(false);
    expect(hasLine({ kind: 'fee' })).toBe(true);
  });
});
