import { describe, expect } from 'vitest';
import { checkInvariants } from '../histories/check.ts';
import { comeToRest } from '../histories/come-to-rest.ts';
import { readFacts } from '../histories/facts.ts';
import { openHistory } from '../histories/history.ts';
import { play } from '../histories/play.ts';
import type { Step } from '../histories/steps.ts';
import { readableLedger } from '../support/readable-ledger.ts';
import { story } from '../support/story.ts';

/** A history whose ledger is read. */
const it = story.extend('books', { auto: true }, async ({ log: _ }, { onCleanup }) => {
  const history = await openHistory();

  onCleanup(() => history.close());

  /** Plays a story from 20 November 2026 on, lets it come to rest, checks the invariants, and gives the ledger to read. */
  async function story(...steps: readonly Step[]): Promise<string> {
    for (const step of steps) await play(history, step);
    await comeToRest(history);
    await checkInvariants(history);
    const { movements, gifts, refunds, payouts: paidOut } = await readFacts(history);
    const names = {
      ...numbered(
        'gift',
        gifts.map(({ paymentId }) => paymentId),
      ),
      ...numbered(
        'fee',
        movements.filter(({ type }) => type === 'charge').map(({ id }) => id),
      ),
      ...numbered(
        'refund',
        refunds.map(({ id }) => id),
      ),
      ...numbered(
        'dispute',
        movements.filter(({ type }) => type === 'dispute').map(({ id }) => id),
      ),
      ...numbered(
        'payout',
        paidOut.map(({ id }) => id),
      ),
    };
    return `\n${await readableLedger(history.table, names)}\n`;
  }

  /** What an account holds, minor units, by the whole ledger. */
  async function balanceOf(account: string): Promise<number> {
    const lines = (await readableLedger(history.table)).split('\n');
    const moved = lines.flatMap((line) => [...line.matchAll(new RegExp(`\\b${account} ([+−][\\d.]+)`, 'g'))]);
    const cents = moved.map(([, amount = '']) => Math.round(Number(amount.replace('−', '-')) * 100));
    return cents.reduce((sum, each) => sum + each, 0);
  }

  return { story, balanceOf };
});

const give: Step = { do: 'give', campaign: 0, amount: 50_000, hidden: false };
const deliver: Step = { do: 'deliver', which: 'all', how: 'in order', copies: 1 };
const fees: Step = { do: 'work', task: 'fees' };
const payOut: Step = { do: 'pay-out', isExplained: false };
const payouts: Step = { do: 'work', task: 'payouts' };
const pass = (days: number): Step => ({ do: 'pass', days });
const refund = (part: 'all' | 'half' | 'a cent'): Step => ({
  do: 'refund',
  gift: 0,
  part,
  by: 'dashboard',
  again: false,
});
const dispute = (claims: 'all' | 'less' | 'more'): Step => ({
  do: 'dispute',
  gift: 0,
  kind: 'chargeback',
  claims,
});
const moveDispute = (to: 'win' | 'win a part' | 'lose' | 'appeal'): Step => ({
  do: 'move-dispute',
  dispute: 0,
  to,
});
const movePayout = (to: 'pay' | 'fail' | 'reconcile'): Step => ({ do: 'move-payout', payout: 0, to });

function numbered(name: string, ids: readonly string[]): Record<string, string> {
  return Object.fromEntries(ids.map((id, index) => [id, `${name} ${index + 1}`]));
}

describe('the ledger reads, story by story', () => {
  it('a gift, and what Stripe kept of it', async ({ books: { story } }) => {
    expect(await story(give, deliver, fees)).toMatchInlineSnapshot(`
      "
      2026-11-20 | gift 1 | payment | stripe +500.00, raised:a-warehouse −500.00
      2026-11-20 | fee 1  | fee     | fee +19.35, stripe −19.35
      "
    `);
  });

  it('two gifts to two campaigns', async ({ books: { story } }) => {
    const other: Step = { do: 'give', campaign: 1, amount: 12_345, hidden: true };
    expect(await story(give, other, deliver, fees)).toMatchInlineSnapshot(`
      "
      2026-11-20 | gift 1 | payment | stripe +500.00, raised:a-warehouse −500.00
      2026-11-20 | fee 1  | fee     | fee +19.35, stripe −19.35
      2026-11-20 | gift 2 | payment | stripe +130.23, raised:b-kitchen −123.45, cover −6.78
      2026-11-20 | fee 2  | fee     | fee +6.78, stripe −6.78
      "
    `);
  });

  it('a gift, a half of it refunded', async ({ books: { story } }) => {
    expect(await story(give, pass(1), refund('half'), deliver)).toMatchInlineSnapshot(`
      "
      2026-11-20 | gift 1   | payment | stripe +500.00, raised:a-warehouse −500.00
      2026-11-20 | fee 1    | fee     | fee +19.35, stripe −19.35
      2026-11-21 | refund 1 | refund  | raised:a-warehouse +250.00, stripe −250.00
      "
    `);
  });

  it('a gift refunded in two parts, the last a month later', async ({ books: { story } }) => {
    const steps = [give, pass(1), refund('half'), pass(25), refund('all'), deliver];
    expect(await story(...steps)).toMatchInlineSnapshot(`
      "
      2026-11-20 | gift 1   | payment | stripe +500.00, raised:a-warehouse −500.00
      2026-11-20 | fee 1    | fee     | fee +19.35, stripe −19.35
      2026-11-21 | refund 1 | refund  | raised:a-warehouse +250.00, stripe −250.00
      2026-12-16 | refund 2 | refund  | raised:a-warehouse +250.00, stripe −250.00
      "
    `);
  });

  it('a refund that fails: the money is the charity’s again, on the day of the failure', async ({
    books: { story },
  }) => {
    const fail: Step = { do: 'fail-refund', refund: 0 };
    expect(await story(give, refund('all'), pass(10), fail, deliver)).toMatchInlineSnapshot(`
      "
      2026-11-20 | gift 1   | payment       | stripe +500.00, raised:a-warehouse −500.00
      2026-11-20 | fee 1    | fee           | fee +19.35, stripe −19.35
      2026-11-20 | refund 1 | refund        | raised:a-warehouse +500.00, stripe −500.00
      2026-11-30 | refund 1 | refund-failed | raised:a-warehouse −500.00, stripe +500.00
      "
    `);
  });

  it('a dispute that is lost, for what was given', async ({ books: { story } }) => {
    expect(await story(give, pass(3), dispute('all'), pass(1), moveDispute('lose'))).toMatchInlineSnapshot(`
      "
      2026-11-20 | gift 1    | payment           | stripe +500.00, raised:a-warehouse −500.00
      2026-11-20 | fee 1     | fee               | fee +19.35, stripe −19.35
      2026-11-23 | dispute 1 | dispute-withdrawn | raised:a-warehouse +500.00, dispute-fee +85.00, stripe −585.00
      "
    `);
  });

  it('a dispute that is lost, for less', async ({ books: { story } }) => {
    expect(await story(give, pass(3), dispute('less'), pass(1), moveDispute('lose'))).toMatchInlineSnapshot(`
      "
      2026-11-20 | gift 1    | payment           | stripe +500.00, raised:a-warehouse −500.00
      2026-11-20 | fee 1     | fee               | fee +19.35, stripe −19.35
      2026-11-23 | dispute 1 | dispute-withdrawn | raised:a-warehouse +300.00, dispute-fee +85.00, stripe −385.00
      "
    `);
  });

  it('a dispute that is lost, for more', async ({ books: { story } }) => {
    expect(await story(give, pass(3), dispute('more'), pass(1), moveDispute('lose'))).toMatchInlineSnapshot(`
      "
      2026-11-20 | gift 1    | payment           | stripe +500.00, raised:a-warehouse −500.00
      2026-11-20 | fee 1     | fee               | fee +19.35, stripe −19.35
      2026-11-23 | dispute 1 | dispute-withdrawn | raised:a-warehouse +600.00, dispute-fee +85.00, stripe −685.00
      "
    `);
  });

  it('a dispute that is won: the money comes back, its fee does not', async ({ books: { story } }) => {
    expect(await story(give, pass(3), dispute('all'), pass(10), moveDispute('win'))).toMatchInlineSnapshot(`
      "
      2026-11-20 | gift 1    | payment            | stripe +500.00, raised:a-warehouse −500.00
      2026-11-20 | fee 1     | fee                | fee +19.35, stripe −19.35
      2026-11-23 | dispute 1 | dispute-withdrawn  | raised:a-warehouse +500.00, dispute-fee +85.00, stripe −585.00
      2026-12-03 | dispute 2 | dispute-reinstated | raised:a-warehouse −500.00, stripe +500.00
      "
    `);
  });

  it('a dispute that is won, appealed and lost', async ({ books: { story } }) => {
    const bank = [dispute('all'), pass(1), moveDispute('win'), pass(1), moveDispute('appeal'), pass(1)];
    expect(await story(give, ...bank, moveDispute('lose'))).toMatchInlineSnapshot(`
      "
      2026-11-20 | gift 1    | payment            | stripe +500.00, raised:a-warehouse −500.00
      2026-11-20 | fee 1     | fee                | fee +19.35, stripe −19.35
      2026-11-20 | dispute 1 | dispute-withdrawn  | raised:a-warehouse +500.00, dispute-fee +85.00, stripe −585.00
      2026-11-21 | dispute 2 | dispute-reinstated | raised:a-warehouse −500.00, stripe +500.00
      2026-11-22 | dispute 3 | dispute-withdrawn  | raised:a-warehouse +500.00, stripe −500.00
      "
    `);
  });

  it('a payout: the bank has what Stripe had', async ({ books: { story, balanceOf } }) => {
    const steps = [give, give, deliver, pass(3), payOut, pass(1), movePayout('pay'), movePayout('reconcile')];
    expect(await story(...steps)).toMatchInlineSnapshot(`
      "
      2026-11-20 | gift 1   | payment | stripe +500.00, raised:a-warehouse −500.00
      2026-11-20 | fee 1    | fee     | fee +19.35, stripe −19.35
      2026-11-20 | gift 2   | payment | stripe +500.00, raised:a-warehouse −500.00
      2026-11-20 | fee 2    | fee     | fee +19.35, stripe −19.35
      2026-11-23 | payout 1 | payout  | bank +961.30, stripe −961.30
      "
    `);
    expect(await balanceOf('stripe')).toBe(0);
  });

  it('a payout that Stripe has not explained yet is in no account', async ({ books: { story } }) => {
    expect(await story(give, deliver, pass(3), payOut, movePayout('pay'))).toMatchInlineSnapshot(`
      "
      2026-11-20 | gift 1 | payment | stripe +500.00, raised:a-warehouse −500.00
      2026-11-20 | fee 1  | fee     | fee +19.35, stripe −19.35
      "
    `);
  });

  it('a payout that comes back, and the next one that takes its money', async ({
    books: { story, balanceOf },
  }) => {
    const first = [payOut, pass(1), movePayout('fail')];
    const second: Step = { do: 'move-payout', payout: 1, to: 'reconcile' };
    const steps = [give, deliver, pass(3), ...first, deliver, payouts, pass(1), payOut, second];
    expect(await story(...steps)).toMatchInlineSnapshot(`
      "
      2026-11-20 | gift 1   | payment       | stripe +500.00, raised:a-warehouse −500.00
      2026-11-20 | fee 1    | fee           | fee +19.35, stripe −19.35
      2026-11-23 | payout 1 | payout        | bank +480.65, stripe −480.65
      2026-11-24 | payout 1 | payout-failed | bank −480.65, stripe +480.65
      2026-11-25 | payout 2 | payout        | bank +480.65, stripe −480.65
      "
    `);
    expect(await balanceOf('stripe')).toBe(0);
  });

  it('a month that is closed: what is reported late counts in the next, under its own day', async ({
    books: { story },
  }) => {
    const close: Step = { do: 'close-month' };
    const before = [give, give, { ...deliver, which: 'oldest' } as const, pass(10), refund('half')];
    expect(await story(...before, close, deliver)).toMatchInlineSnapshot(`
      "
      2026-11-20            | gift 1   | payment | stripe +500.00, raised:a-warehouse −500.00
      2026-11-20 in 2026-12 | fee 1    | fee     | fee +19.35, stripe −19.35
      2026-11-20 in 2026-12 | gift 2   | payment | stripe +500.00, raised:a-warehouse −500.00
      2026-11-20 in 2026-12 | fee 2    | fee     | fee +19.35, stripe −19.35
      2026-11-30 in 2026-12 | refund 1 | refund  | raised:a-warehouse +250.00, stripe −250.00
      "
    `);
  });

  it('a gift refunded in part, disputed for the rest and won in part, paid out over two months', async ({
    books: { story },
  }) => {
    const money = [refund('half'), pass(1), dispute('less'), pass(10), moveDispute('win a part')];
    const out = [payOut, movePayout('pay'), movePayout('reconcile')];
    expect(await story(give, give, deliver, fees, ...out, pass(1), ...money, deliver)).toMatchInlineSnapshot(`
      "
      2026-11-20 | gift 1    | payment            | stripe +500.00, raised:a-warehouse −500.00
      2026-11-20 | fee 1     | fee                | fee +19.35, stripe −19.35
      2026-11-20 | gift 2    | payment            | stripe +500.00, raised:a-warehouse −500.00
      2026-11-20 | fee 2     | fee                | fee +19.35, stripe −19.35
      2026-11-20 | payout 1  | payout             | bank +961.30, stripe −961.30
      2026-11-21 | refund 1  | refund             | raised:a-warehouse +250.00, stripe −250.00
      2026-11-22 | dispute 1 | dispute-withdrawn  | raised:a-warehouse +300.00, dispute-fee +85.00, stripe −385.00
      2026-12-02 | dispute 2 | dispute-reinstated | raised:a-warehouse −100.00, stripe +100.00
      "
    `);
  });
});
