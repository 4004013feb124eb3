import type { MoneyAccount } from '#accounting/accounts/account.ts';
import type { Account, Posting } from '#kernel/ledger/ledger-entry.ts';

/** What a person of the staff enters into the books. Amounts are minor units. */
export type StaffEntry =
  /** What an account held before these books began. */
  | { readonly kind: 'opening-balance'; readonly account: Account; readonly amount: number }
  /** Money given for one campaign goes to another. */
  | { readonly kind: 'transfer'; readonly from: string; readonly to: string; readonly amount: number }
  /** Cash that was drawn from the bank, or brought back there. */
  | { readonly kind: 'cash-float'; readonly to: MoneyAccount; readonly amount: number }
  /** Cash that was counted. */
  | { readonly kind: 'cash-count'; readonly counted: number }
  /** What the receiver pays in of its own money for card fees, so that none comes out of the gifts. */
  | { readonly kind: 'fee-reimbursement'; readonly to: MoneyAccount; readonly amount: number }
  /** Anything else, side by side. */
  | { readonly kind: 'correction'; readonly sides: readonly Posting[] };

/**
 * The postings of what was entered.
 * @param cash what the books say there is in cash, minor units; counts only for a cash count
 */
export function postingsOf(entry: StaffEntry, cash: number): Posting[] {
  switch (entry.kind) {
    case 'opening-balance': {
      const { account, amount } = entry;
      // What a fund holds stands on the other side than what the bank does.
      const held = account.startsWith('raised:') ? -amount : amount;
      return [
        { account, amount: held },
        { account: 'opening', amount: -held },
      ];
    }
    case 'transfer':
      return [
        { account: `raised:${entry.from}`, amount: entry.amount },
        { account: `raised:${entry.to}`, amount: -entry.amount },
      ];
    case 'cash-float': {
      const from = entry.to === 'cash' ? 'bank' : 'cash';
      return [
        { account: entry.to, amount: entry.amount },
        { account: from, amount: -entry.amount },
      ];
    }
    case 'cash-count': {
      const found = entry.counted - cash;
      return [
        { account: 'cash', amount: found },
        // No negative zero: it is another number in JSON than in the table.
        { account: 'cash-difference', amount: found === 0 ? 0 : -found },
      ];
    }
    case 'fee-reimbursement':
      return [
        { account: entry.to, amount: entry.amount },
        { account: 'fee-reimbursement', amount: -entry.amount },
      ];
    case 'correction':
      return [...entry.sides];
  }
}
