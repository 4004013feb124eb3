import type { MoneyAccount } from '#accounting/accounts/account.ts';
import { fromAccountMonthItem } from '#accounting/accounts/account-month-item.ts';
import { givenOutOf } from '#accounting/disbursements/fund-balance-item.ts';
import { fromRunningSumItem } from '#kernel/ledger/running-sum-item.ts';
import { fromRollUpItem } from '#kernel/totals/roll-up-item.ts';
import { addUp, readTogether as sameGeneration } from '#kernel/totals/totals.ts';
import { fromTotalsItem } from '#kernel/totals/totals-item.ts';
import type { Month } from '#platform/clock.ts';
import { sum } from '#platform/money.ts';
import { type Key, keys } from '#platform/table/keys.ts';
import type { Item, ItemsRead } from '#platform/table/table.ts';
import type { CheckName } from './findings.ts';
import type { Sums } from './sums.ts';

/** Sums of the table that can be read as of one moment, with what they must be. */
export interface Summed {
  readonly check: CheckName;
  readonly name: string;
  readonly keys: readonly Key[];
  /** The differences, as sentences; empty when the sums agree. */
  compare(read: ItemsRead, sums: Sums): string[];
}

/** A campaign's totals, in all shards and its roll-up, and the balance that its fund keeps itself. */
export function campaignSums(slug: string): Summed {
  const shards = keys.allTotals(slug);
  return {
    check: '2 totals',
    name: `campaign ${slug}`,
    keys: [...shards, keys.rollUp(slug), keys.fundSum(slug), keys.fundBalance(slug)],
    compare: (read, sums) => {
      const items = shards.flatMap((key) => read.itemAt(key) ?? []).map(fromTotalsItem);
      const rollUp = fromRollUpItem(read.itemAt(keys.rollUp(slug)));
      const totals = addUp(items, rollUp);
      const expected = new Map(
        [...sums.raised].flatMap(([key, amount]) =>
          key.startsWith(`${slug} `) ? [[key.slice(slug.length + 1), amount] as const] : [],
        ),
      );
      const all = [...expected.values()].reduce((all, each) => all + each, 0);
      const says: string[] = [];
      const hold = (what: string, stored: number, due: number) => {
        if (stored !== due) says.push(`${what} is ${stored}, its entries and gifts give ${due}`);
      };
      hold('raised', totals.raised, all);
      hold('sold', totals.sales, sums.sales.get(slug) ?? 0);
      const counted = sum(items.map(({ supporters }) => supporters));
      hold('supporters', counted, sums.supporters.get(slug) ?? 0);
      for (const month of new Set([...expected.keys(), ...Object.keys(totals.months)])) {
        hold(`raised in ${month}`, totals.months[month] ?? 0, expected.get(month) ?? 0);
      }
      if (!sameGeneration(items, rollUp)) says.push('its shards and its roll-up are of different roll-ups');
      const { sum: moved } = fromRunningSumItem(read.itemAt(keys.fundSum(slug)));
      hold('what was moved of its fund', moved, sums.moved.get(slug) ?? 0);
      const given = givenOutOf(read.itemAt(keys.fundBalance(slug)));
      hold('what its fund gave out', given, sums.givenOut.get(slug) ?? 0);
      return says;
    },
  };
}

/** The balance of cash or of the bank. */
export function moneySums(account: MoneyAccount): Summed {
  const key = keys.moneySum(account);
  return {
    check: '2 totals',
    name: account,
    keys: [key],
    compare: (read, sums) => {
      const { sum: moved } = fromRunningSumItem(read.itemAt(key));
      const due = sums.money.get(account) ?? 0;
      return moved === due ? [] : [`is ${moved}, its entries give ${due}`];
    },
  };
}

/**
 * The sums of accounts and funds that tasks stored for a month. A closed month must hold all of its entries. An open month is as old as
 * its last sum, so it is compared only when it counts as many entries as there are.
 */
export function monthSums(month: Month, slugs: readonly string[]): Summed {
  const funds = slugs.map((slug) => keys.fundMonth(slug, month));
  return {
    check: '2 months of accounts and funds',
    name: `month ${month}`,
    keys: [keys.accountMonth(month), ...funds].slice(0, 100),
    compare: (read, sums) => {
      const item = read.itemAt(keys.accountMonth(month));
      const says = item ? compareAccounts(item, month, sums) : [];
      for (const [index, key] of funds.entries()) {
        const fund = read.itemAt(key);
        const name = `${slugs[index]} ${month}`;
        if (!fund || fund.payments !== (sums.gifts.get(name) ?? 0)) continue;
        const due = sums.received.get(name) ?? 0;
        if (fund.received !== due) {
          says.push(`what ${slugs[index]} received is ${String(fund.received)}, its entries give ${due}`);
        }
      }
      return says;
    },
  };
}

function compareAccounts(item: Item, month: Month, sums: Sums): string[] {
  const { sums: stored, entries, isFinal } = fromAccountMonthItem(item);
  const due = sums.entriesOf.get(month) ?? 0;
  if (entries !== due) return isFinal ? [`is closed with ${entries} entries, and has ${due}`] : [];
  const expected = [...sums.accounts].filter(([key]) => key.startsWith(`${month} `));
  const names = new Set([...expected.map(([key]) => key.slice(8)), ...Object.keys(stored)]);
  return [...names].sort().flatMap((account) => {
    const is = (stored as Record<string, number>)[account] ?? 0;
    const must = sums.accounts.get(`${month} ${account}`) ?? 0;
    return is === must ? [] : [`${account} is ${is}, its entries give ${must}`];
  });
}
