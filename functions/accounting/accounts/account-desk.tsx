import { fundOf } from '#kernel/ledger/ledger-entry.ts';
import type { FundName } from '#kernel/staff/desk-context.ts';
import { momentOf } from '#kernel/staff/desk-list.tsx';
import { formatMoney, sum } from '#platform/money.ts';
import { accountName } from './account-words.ts';
import { missingMoney } from './coverage.ts';
import type { Accounts } from './list-accounts.ts';
import { MoneyLinks } from './money-links.tsx';

/** The sentences of the page. */
export const accountWords = {
  title: 'What every account holds',
  asOf: (moment: string) => `As it was added up on ${moment}; that happens every hour.`,
  never: 'Nothing was added up yet: that happens every hour.',
  places: 'Where the money is',
  funds: 'What the funds hold',
  others: 'The other accounts',
  account: 'Account',
  holds: 'Holds',
  sum: 'Together',
  covered: 'The money that the funds hold is there.',
  missing: (amount: string) =>
    `${amount} of what the funds hold are not there: that is what the card fees took. Who bears the card fees pays it in; then enter “Card fees paid in”.`,
};
const words = accountWords;

interface Props {
  readonly accounts: Accounts;
  readonly funds: readonly FundName[];
}

/** Where the money is, what the funds hold, and whether the one covers the other. */
export function AccountsDesk({ accounts: { balances, asOf, coverage }, funds }: Props) {
  const places = ['stripe', 'bank', 'cash'].map((account) => [account, balances[account] ?? 0] as const);
  const held = new Map<string, number>();
  const others: (readonly [string, number])[] = [];
  for (const [account, amount] of Object.entries(balances)) {
    const slug = /^(?:raised|passed-on):(.+)$/.exec(account)?.[1];
    if (slug !== undefined) held.set(`raised:${slug}`, (held.get(`raised:${slug}`) ?? 0) - amount);
    else if (!places.some(([place]) => place === account)) others.push([account, amount]);
  }
  const missing = coverage ? missingMoney(coverage) : 0;
  return (
    <>
      <h1>{words.title}</h1>
      <MoneyLinks at="/staff/accounts" />
      <p class="lead">{asOf ? words.asOf(momentOf(asOf)) : words.never}</p>
      {coverage && (
        <p class="notice">{missing > 0 ? words.missing(formatMoney(missing, 'hkd')) : words.covered}</p>
      )}
      <AccountTable title={words.places} rows={places} funds={funds} isSummed />
      <AccountTable title={words.funds} rows={[...held]} funds={funds} isSummed />
      <AccountTable title={words.others} rows={others.map(inWords)} funds={funds} />
    </>
  );
}

/** Accounts of what came in are kept with a minus. */
function inWords([account, amount]: readonly [string, number]): readonly [string, number] {
  const isCredit =
    /^(?:cover|unassigned|opening|fee-reimbursement|sales:)/.test(account) || fundOf(account) !== undefined;
  return [account, isCredit ? 0 - amount : amount];
}

interface TableProps {
  readonly title: string;
  readonly rows: readonly (readonly [account: string, amount: number])[];
  readonly funds: readonly FundName[];
  readonly isSummed?: true;
}

function AccountTable({ title, rows, funds, isSummed }: TableProps) {
  if (rows.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <table class="measure">
        <thead>
          <tr>
            <th scope="col">{words.account}</th>
            <th scope="col">{words.holds}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([account, amount]) => (
            <tr>
              <th scope="row">{capital(accountName(account, funds))}</th>
              <td class="sum">{formatMoney(amount, 'hkd')}</td>
            </tr>
          ))}
        </tbody>
        {isSummed && (
          <tfoot>
            <tr>
              <th scope="row">{words.sum}</th>
              <td class="sum">{formatMoney(sum(rows.map(([, amount]) => amount)), 'hkd')}</td>
            </tr>
          </tfoot>
        )}
      </table>
    </section>
  );
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
