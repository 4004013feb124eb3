import { requireInBooks } from '#accounting/accounts/require-in-books.ts';
import { readBooksMonth } from '#kernel/ledger/in-open-month.ts';
import { nameWaits } from '#kernel/people/display-name.ts';
import { deskPage } from '#kernel/staff/desk-endpoint.ts';
import type { DeskField } from '#kernel/staff/desk-input.ts';
import { fundTitle } from '#kernel/staff/desk-list.tsx';
import { deskForm } from '#kernel/staff/form-endpoint.ts';
import { charity } from '#platform/charity.ts';
import { formatDate, formatMonth, hongKongMonth, type Month } from '#platform/clock.ts';
import { parseFields } from '#platform/http/fields.ts';
import { formatMoney } from '#platform/money.ts';
import { means, receivedAt } from './entered-payment.ts';
import { enterEndpoint, undoEndpoint } from './entered-payment-api.ts';
import { EnteredPayments } from './entered-payment-desk.tsx';
import { type EnteredPaymentRequest, enteredPaymentSchema, requireSense } from './entered-payment-request.ts';
import { enteredWords as words } from './entered-payment-words.ts';
import { listEnteredPayments } from './list-entered-payments.ts';

const list = deskPage({
  path: '/staff/entered-payments',
  right: 'payment.enter',
  label: words.label,
  input: {},
  read: async (_, { table, now, funds, permit }) => {
    const [names, entries] = await Promise.all([funds(), listEnteredPayments({ permit }, { table, now })]);
    return { funds: names, entries };
  },
  title: () => words.title,
  show: (data, view) => EnteredPayments({ ...data, view }),
});

const enter = deskForm({
  operation: enterEndpoint,
  path: '/staff/enter-payment',
  read: async (_, { funds, table, now }) => ({ funds: await funds(), ctx: { table, now } }),
  title: () => words.enterTitle,
  fields: ({ funds }) => [
    {
      ...{ name: 'means', kind: 'choice', label: words.means },
      options: means.map((each) => [each, words.meansNames[each]] as const),
    },
    { name: 'amount', kind: 'money', label: words.amount },
    {
      ...{ name: 'amountAgain', kind: 'money', label: words.amountAgain, hint: words.amountAgainHint },
      isOptional: true,
    },
    {
      ...{ name: 'fund', kind: 'choice', label: words.fund },
      options: funds.map(({ slug, title }) => [slug, title] as const),
    },
    { name: 'day', kind: 'day', label: words.day },
    { name: 'reference', kind: 'text', label: words.reference, hint: words.referenceHint },
    { name: 'name', kind: 'text', label: words.name, hint: words.nameHint, isOptional: true },
    { name: 'email', kind: 'email', label: words.email, isOptional: true },
    ...receiptField(),
    {
      ...{ name: 'language', kind: 'choice', label: words.language, value: 'en' },
      options: Object.entries(words.languages),
    },
    { name: 'mayShow', kind: 'box', label: words.mayShow },
    { name: 'thank', kind: 'box', label: words.thank },
  ],
  button: words.goOn,
  confirm: async (body, { funds, ctx }) => {
    const request = parseFields(enteredPaymentSchema, body);
    requireSense(request, ctx.now);
    await requireInBooks(request, ctx);
    const at = receivedAt(request);
    const counts = await readBooksMonth({ at }, ctx);
    const name = request.name ?? words.nobody;
    const amount = formatMoney(request.amount, 'hkd');
    const sentence = words.sentence({
      ...{ amount, name, fund: fundTitle(request.fund, funds), day: formatDate(at, 'en') },
      ...{ means: words.meansNames[request.means], reference: request.reference },
    });
    const more = [
      request.thank ? words.thanked : words.notThanked,
      publicWords(request),
      ...closedWords(hongKongMonth(at), counts),
    ];
    return { sentence: [sentence, ...more].join(' '), button: words.button(amount, name) };
  },
  back: () => '/staff/entered-payments',
  done: 'entered',
});

/** The name on a receipt is asked for only where the receiver may write receipts. */
function receiptField(): readonly DeskField[] {
  if (charity.section88 === undefined) return [];
  return [{ name: 'receiptName', kind: 'text', label: words.receiptName, isOptional: true }];
}

function publicWords({ mayShow, name = '' }: EnteredPaymentRequest): string {
  if (!mayShow) return words.anonymous;
  return nameWaits(name) ? words.nameWaits : words.shown;
}

function closedWords(own: Month, counts: Month): string[] {
  return own === counts ? [] : [words.closed(formatMonth(own, 'en'), formatMonth(counts, 'en'))];
}

const undo = deskForm({
  operation: undoEndpoint,
  path: '/staff/entered-payments/{id}/undo',
  read: async () => undefined,
  title: () => words.undoTitle,
  fields: () => [],
  button: words.undo,
  back: () => '/staff/entered-payments',
  done: 'undone',
});

/** The pages of money that came outside Stripe. */
export const enteredPaymentPages = [list, ...enter, ...undo];
