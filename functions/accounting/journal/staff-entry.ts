import type { MoneyAccount } from '#accounting/accounts/account.ts';
import type { Account, Posting } from '#kernel/ledger/ledger-entry.ts';

/** An entry that the staff makes by hand. Amounts are minor units. */
export type StaffEntry =
  /** What an account held before these books began. */
  | { readonly kind: 'opening-balance'; readonly account: Account; readonly amount: number }
  /** Money given for one campaign goes to another. */
  | { readonly kind: 'transfer'; readonly from: string; readonly to: string; readonly amount: number }
  /** Cash that was taken from the bank, or brought back to it. */
  | { readonly kind: 'cash-float'; readonly to: MoneyAccount; readonly amount: number }
  /** A count of the cash. */
  | { readonly kind: 'cash-count'; readonly counted: number }
  /** What the receiver pays in of its own money for card fees, so that no fee comes out of the gifts. */
  | { readonly kind: 'fee-reimbursement'; readonly to: MoneyAccount; readonly amount: number }
  /** Anything else, posting by posting. */
  | { readonly kind: 'correction'; readonly sides: readonly Posting[] };

/** @param cash the cash balance by the books, minor units; used only for a cash count */
export function postingsOf(entry: StaffEntry, cash: number): Posting[] {
  switch (entry.kind) {
    case 'opening-balance': {
      const { account, amount } = entry;
      // What a fund holds has the opposite sign of what the bank holds.
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
        // No negative zero: JSON and the table write it differently.
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
