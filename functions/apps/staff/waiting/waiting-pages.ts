import { type Disbursement, mayTake, type Step } from '#accounting/disbursements/disbursement.ts';
import { listDisbursements } from '#accounting/disbursements/list-disbursements.ts';
import { rightOf } from '#accounting/disbursements/transition-disbursement.ts';
import { readListed } from '#apps/staff/payments/read-listed.ts';
import { listWaitingComments } from '#giving/comments/list-waiting-comments.ts';
import { isReader } from '#giving/complaints/complaint.ts';
import { readComplaints } from '#giving/complaints/read-complaints.ts';
import type { ListedAttention } from '#kernel/attention/attention-item.ts';
import { listOpenAttention } from '#kernel/attention/list-open-attention.ts';
import type { Actor } from '#kernel/staff/actor.ts';
import { deskPage } from '#kernel/staff/desk-endpoint.ts';
import { mayDo, permit } from '#kernel/staff/rights.ts';
import { paymentOf } from '#payments/checkout/checkout-item.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import { isPaymentId } from '#payments/payment/read-payment.ts';
import { lastMonths } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { enteredPaymentOf } from '#platform/ids.ts';
import { keys } from '#platform/table/keys.ts';
import { readIntact } from '#platform/table/read-item.ts';
import { readItems } from '#platform/table/table.ts';
import { WaitingDesk, type WaitingThing } from './waiting-desk.tsx';
import { waitingWords as words } from './waiting-words.ts';

const waiting = deskPage({
  path: '/staff/waiting',
  right: null,
  label: words.label,
  input: {},
  read: async (_, { table, now, actor, funds }) => {
    const [things, comments, requests, complaints, names] = await Promise.all([
      mayDo(actor, 'attention.read') ? readThings({ actor }, { table, now }) : undefined,
      mayDo(actor, 'words.moderate') ? listWaitingComments({ table, now }) : undefined,
      mayDo(actor, 'passed-on.read') ? readRequests({ actor }, { table, now }) : undefined,
      isReader(actor.id) && mayDo(actor, 'complaint.answer')
        ? readComplaints({ permit: permit(actor, 'complaint.answer') }, { table, now })
        : undefined,
      funds(),
    ]);
    const unanswered = complaints?.filter(({ answer }) => !answer);
    return { things, comments: comments?.length, requests, complaints: unanswered, funds: names };
  },
  title: () => words.title,
  show: (data, view) => WaitingDesk({ waiting: data, view }),
});

/** A request waits no longer than a few months for its next step. */
const monthsBack = 3;

/** The disbursements of the last months whose next step is this person's: nobody approves their own. */
async function readRequests(
  { actor }: { readonly actor: Actor },
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<Disbursement[]> {
  const allowed = permit(actor, 'passed-on.read');
  const paging = { before: undefined, limit: 100 };
  const pages = await Promise.all(
    lastMonths(now, monthsBack).map((month) =>
      listDisbursements({ month, paging, permit: allowed }, { table }),
    ),
  );
  const mine = (request: Disbursement, step: Step) =>
    mayTake(step, request.state) &&
    mayDo(actor, rightOf[step]) &&
    !(step === 'approve' && request.requestedBy === actor.id);
  return pages.flatMap(({ data }) => data).filter((request) => forward.some((step) => mine(request, step)));
}

const forward = ['approve', 'hand-over', 'acknowledge'] as const satisfies Step[];

/** Reads what waits for a person, with the payments that it is about: three requests more. */
async function readThings(
  { actor }: { readonly actor: Actor },
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<WaitingThing[]> {
  const open = await listOpenAttention({ permit: permit(actor, 'attention.read') }, { table, now });
  const paid = await readPaid(open, { table });
  const paymentsIn = (attention: ListedAttention) => paymentsOf(attention, paid);
  const wanted = open.flatMap(paymentsIn).map(keys.payment);
  const found = await readItems(table, wanted);
  const payments = readIntact(
    wanted.flatMap((key) => found.itemAt(key) ?? []),
    fromPaymentItem,
  );
  const listed = await readListed(payments, { table, actor });
  return open.map((attention) => {
    const ids = paymentsIn(attention);
    return { attention, about: listed.find(({ payment }) => ids.includes(payment.paymentId)) };
  });
}

/** The payments of the checkouts that things are about, by the checkout's id; what was entered has no item of a checkout. */
async function readPaid(
  open: readonly ListedAttention[],
  { table }: Pick<Context, 'table'>,
): Promise<ReadonlyMap<string | undefined, string | undefined>> {
  const ids = open.flatMap(({ paymentId, checkoutId }) => (paymentId ? [] : (checkoutId ?? [])));
  const found = await readItems(table, ids.map(keys.checkout));
  const paid = readIntact(ids, (id) => {
    const item = found.itemAt(keys.checkout(id));
    return [id, item ? paymentOf(item) : enteredPaymentOf(id)] as const;
  });
  return new Map(paid);
}

/** The payments that it may be about: named so; by the id alone, which for a mail follows the kind of mail; or of its checkout. */
function paymentsOf(
  { id, paymentId, checkoutId }: ListedAttention,
  paid: Awaited<ReturnType<typeof readPaid>>,
): string[] {
  const named = id.split('/').at(id.includes('/') ? 1 : 0) ?? '';
  return (paymentId ? [paymentId] : [named, paid.get(checkoutId) ?? '']).filter(isPaymentId);
}

/** The page of what waits. */
export const waitingPages = [waiting];
