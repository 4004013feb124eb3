import { moneyAccounts } from '#accounting/accounts/account.ts';
import { accountName } from '#accounting/accounts/account-words.ts';
import { readMoneyAccount } from '#accounting/accounts/plan-money-changes.ts';
import type { FundName } from '#kernel/staff/desk-context.ts';
import { deskPage } from '#kernel/staff/desk-endpoint.ts';
import type { DeskField } from '#kernel/staff/desk-input.ts';
import { fundTitle } from '#kernel/staff/desk-list.tsx';
import { deskForm } from '#kernel/staff/form-endpoint.ts';
import { formatDate } from '#platform/clock.ts';
import { Problem } from '#platform/errors.ts';
import { formatMoney } from '#platform/money.ts';
import { AboutEntry, Entries } from './entry-desk.tsx';
import { type EntryForm, entryWords as words } from './entry-words.ts';
import { enterEndpoint, readKind } from './ledger-api.ts';
import type { StaffEntry } from './staff-entry.ts';
import { type EntryRequest, largestEntry, parseEntry } from './staff-entry-request.ts';

const list = deskPage({
  path: '/staff/entries',
  right: 'ledger.enter',
  input: {},
  read: async () => undefined,
  title: () => words.title,
  show: (_, view) => Entries({ view }),
});

/** @throws Problem `not-found` */
function formOf(kind: string): EntryForm {
  const path = readKind(kind);
  if (path === 'corrections') throw new Problem('not-found', 'A correction of many postings has no form.');
  return path;
}

const most = largestEntry;
const amount: DeskField = { name: 'amount', kind: 'money', label: words.amount, most };
const reason: DeskField = { name: 'reason', kind: 'lines', label: words.reason, hint: words.reasonHint };
const at: DeskField = { name: 'at', kind: 'day', label: words.at, hint: words.atHint, isOptional: true };
const maybeReason: DeskField = { ...reason, isOptional: true };

const choice = (
  name: string,
  label: string,
  options: DeskField['options'] = [],
  hint?: string,
): DeskField => ({
  ...{ name, kind: 'choice', label, options },
  ...(hint !== undefined && { hint }),
});

function fieldsOf(form: EntryForm, funds: readonly FundName[]): readonly DeskField[] {
  const named = funds.map(({ slug, title }) => [slug, title] as const);
  switch (form) {
    case 'opening-balances':
      return [
        choice('account', words.account, accounts(['bank', 'cash', 'stripe'], ['raised'], funds)),
        amount,
        at,
        maybeReason,
      ];
    case 'transfers':
      return [choice('from', words.fundFrom, named), choice('to', words.fundTo, named), amount, reason, at];
    case 'cash-floats':
      return [choice('to', words.to, Object.entries(words.floats)), amount, at, maybeReason];
    case 'cash-counts':
      return [{ name: 'counted', kind: 'money', label: words.counted, least: 0, most }, reason];
    case 'fee-reimbursements':
      return [choice('to', words.paidInto, Object.entries(words.places)), amount, at, maybeReason];
    case 'reclassifications':
      return [
        choice('debit', words.debit, accounts(correctable, ['raised'], funds), words.debitHint),
        choice(
          'credit',
          words.credit,
          accounts(correctable, ['raised', 'passed-on'], funds),
          words.creditHint,
        ),
        ...[amount, reason, at],
      ];
  }
}

const correctable = [
  ...['unassigned', ...moneyAccounts, 'stripe', 'fee', 'dispute-fee', 'fee-reimbursement'],
  ...['cover', 'cash-difference', 'opening'],
];

/** Accounts to choose from: of all funds together, and of each fund. */
function accounts(shared: readonly string[], ofFunds: readonly string[], funds: readonly FundName[]) {
  const all = [...shared, ...ofFunds.flatMap((kind) => funds.map(({ slug }) => `${kind}:${slug}`))];
  return all.map((account) => [account, accountName(account, funds)] as const);
}

const enter = deskForm({
  operation: enterEndpoint,
  path: '/staff/entries/{kind}',
  read: async ({ kind }, { table, funds }) => {
    const form = formOf(kind);
    const cash = form === 'cash-counts' ? await readMoneyAccount('cash', { table }) : undefined;
    return { form, funds: await funds(), cash: cash?.sum };
  },
  title: ({ form }) => words.forms[form].title,
  about: ({ form, cash }) =>
    AboutEntry({ form, cash: cash === undefined ? undefined : formatMoney(cash, 'hkd') }),
  fields: ({ form, funds }) => fieldsOf(form, funds),
  button: words.goOn,
  confirm: (body, { form, funds, cash = 0 }) => {
    const request = parseEntry(form, body);
    return { sentence: sentenceOf(request, funds, cash), button: words.enter };
  },
  back: () => '/staff/entries',
  done: 'entered',
});

/** What is about to be entered, with its sum and names. */
function sentenceOf({ entry, at: when }: EntryRequest, funds: readonly FundName[], cash: number): string {
  const day = when ? formatDate(when, 'en') : words.today;
  return entry.kind === 'cash-count'
    ? countedSentence(entry.counted, cash)
    : plainSentence(entry, funds, day);
}

function countedSentence(counted: number, cash: number): string {
  const money = (cents: number) => formatMoney(cents, 'hkd');
  if (counted === cash) return words.ask.counted(money(counted));
  return words.ask.differs(money(counted), money(cash), money(Math.abs(counted - cash)), counted > cash);
}

function plainSentence(
  entry: Exclude<StaffEntry, { readonly kind: 'cash-count' }>,
  funds: readonly FundName[],
  day: string,
): string {
  const { ask } = words;
  const money = (cents: number) => formatMoney(cents, 'hkd');
  const fund = (slug: string) => `“${fundTitle(slug, funds)}”`;
  switch (entry.kind) {
    case 'opening-balance':
      return ask.opened(money(entry.amount), accountName(entry.account, funds), day);
    case 'transfer':
      return ask.transfer(money(entry.amount), fund(entry.from), fund(entry.to), day);
    case 'cash-float':
      return ask.float(money(entry.amount), words.floats[entry.to], day);
    case 'fee-reimbursement':
      return ask.paidIn(money(entry.amount), words.places[entry.to], day);
    case 'correction': {
      const [debit, credit] = entry.sides.map(({ account }) => accountName(account, funds));
      return ask.correction(money(entry.sides[0]?.amount ?? 0), debit ?? '', credit ?? '', day);
    }
  }
}

/** The pages of what is entered by hand. */
export const entryPages = [list, ...enter];
