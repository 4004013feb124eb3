import type { FundName } from '#kernel/staff/desk-context.ts';
import { deskPage } from '#kernel/staff/desk-endpoint.ts';
import { fundTitle } from '#kernel/staff/desk-list.tsx';
import { deskForm } from '#kernel/staff/form-endpoint.ts';
import { nextCursor, pageOf } from '#kernel/staff/list-cursor.ts';
import { choosableMonths, earlierMonth, month } from '#kernel/staff/month-input.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import { page } from '#platform/http/input.ts';
import { formatMoney } from '#platform/money.ts';
import { categoryLabel, categoryNames } from './categories.ts';
import { mayTake, recipientKinds, type Step } from './disbursement.ts';
import { disbursementId, payOutEndpoint, requestEndpoint, stepEndpoints } from './disbursement-api.ts';
import { DisbursementDesk, Disbursements, titleOf } from './disbursement-desk.tsx';
import { disbursementSchema } from './disbursement-request.ts';
import { disbursementWords as words } from './disbursement-words.ts';
import { listDisbursements } from './list-disbursements.ts';
import { readDisbursement, rightOf } from './transition-disbursement.ts';

const list = deskPage({
  path: '/staff/disbursements',
  right: 'passed-on.read',
  label: words.label,
  input: { month, ...page },
  read: async ({ month: of, ...paging }, { table, now, funds, permit }) => {
    const name = `passed-on ${of}`;
    const [names, { data, next }] = await Promise.all([
      funds(),
      listDisbursements({ month: of, paging: pageOf(name, paging), permit }, { table }),
    ]);
    return {
      ...{ month: of, requests: data, nextCursor: nextCursor(name, next), funds: names },
      months: choosableMonths(of, now),
      earlier: earlierMonth(of),
    };
  },
  title: () => words.title,
  show: (data, view) => Disbursements({ page: data, view }),
});

const one = deskPage({
  path: '/staff/disbursements/{id}',
  right: 'passed-on.read',
  input: { id: disbursementId },
  read: ({ id }, found) => readOne(id, found),
  title: ({ request }) => titleOf(request),
  show: (data, view) => DisbursementDesk({ ...data, rightOf, view }),
});

async function readOne(
  id: string,
  { table, funds }: Pick<Context, 'table'> & { readonly funds: () => Promise<readonly FundName[]> },
) {
  const [names, request] = await Promise.all([funds(), readDisbursement(id, { table })]);
  return { funds: names, request };
}

const request = deskForm({
  operation: requestEndpoint,
  path: '/staff/request-disbursement',
  read: async (_, { funds }) => ({ funds: await funds() }),
  title: () => words.requestTitle,
  fields: ({ funds }) => [
    {
      ...{ name: 'campaign', kind: 'choice', label: words.fund },
      options: funds.map(({ slug, title }) => [slug, title] as const),
    },
    { name: 'amount', kind: 'money', label: words.amount },
    {
      ...{ name: 'category', kind: 'choice', label: words.category },
      options: categoryNames.map((each) => [each, categoryLabel(each, 'en')] as const),
    },
    { name: 'recipient', kind: 'text', label: words.recipient, hint: words.recipientHint },
    {
      ...{ name: 'recipientKind', kind: 'choice', label: words.recipientKind, value: 'family' },
      options: recipientKinds.map((each) => [each, words.recipientKinds[each]] as const),
    },
    { name: 'note', kind: 'lines', label: words.note, hint: words.staffOnly, isOptional: true },
  ],
  button: words.goOn,
  confirm: (body, { funds }) => {
    const { amount, category, recipient, campaign } = disbursementSchema.parse(body);
    const what = words.of(formatMoney(amount, 'hkd'), categoryLabel(category, 'en'), recipient);
    return { sentence: words.askRequest(what, fundTitle(campaign, funds)), button: words.request };
  },
  back: () => '/staff/disbursements',
  done: 'requested',
});

const reasonField = { name: 'reason', kind: 'lines', label: words.reason } as const;

/** The form of each step; those with a reason ask for nothing more. */
const stepForms = (['approve', 'refuse', 'cancel', 'acknowledge'] as const).flatMap((step) =>
  deskForm({
    ...common(step),
    operation: stepEndpoints[step],
    path: `/staff/disbursements/{id}/${step}`,
    fields: () => (step === 'refuse' || step === 'cancel' ? [reasonField] : []),
    confirm: (_, { request: asked, funds }) => {
      if (!mayTake(step, asked.state)) throw new Problem('passed-on-state', words.notNow);
      const what = titleOf(asked);
      const sentence =
        step === 'acknowledge'
          ? words.askAcknowledge(what)
          : words.askApprove(what, fundTitle(asked.campaign, funds));
      return {
        sentence: step === 'refuse' || step === 'cancel' ? `${what}.` : sentence,
        button: words.steps[step],
      };
    },
  }),
);

const payOut = deskForm({
  ...common('hand-over'),
  operation: payOutEndpoint,
  path: '/staff/disbursements/{id}/hand-over',
  fields: () => [
    { name: 'day', kind: 'day', label: words.day },
    {
      ...{ name: 'from', kind: 'choice', label: words.from },
      options: Object.entries(words.sources),
    },
    { name: 'voucherNumber', kind: 'text', label: words.voucherNumber },
    { name: 'voucher', kind: 'file', label: words.voucher, hint: words.voucherHint },
  ],
});

/** What the forms of all steps have alike. */
function common(step: Step) {
  type Data = Awaited<ReturnType<typeof readOne>>;
  return {
    read: ({ id }: { readonly id: string }, found: Parameters<typeof readOne>[1]) => readOne(id, found),
    title: ({ request: asked }: Data) => `${words.steps[step]}: ${titleOf(asked)}`,
    over: ({ request: asked }: Data) => (mayTake(step, asked.state) ? undefined : words.notNow),
    button: words.steps[step],
    back: ({ id }: { readonly id: string }) => `/staff/disbursements/${id}`,
    done: step,
  };
}

/** The pages of disbursements. */
export const disbursementPages = [list, one, ...request, ...stepForms, ...payOut];
