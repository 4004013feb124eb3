import { listDonorPayments } from '#giving/supporters/list-donor-payments.ts';
import type { Actor } from '#kernel/staff/actor.ts';
import type { FundName } from '#kernel/staff/desk-context.ts';
import { deskPage } from '#kernel/staff/desk-endpoint.ts';
import { fundTitle } from '#kernel/staff/desk-list.tsx';
import { deskForm } from '#kernel/staff/form-endpoint.ts';
import { nextCursor, pageOf } from '#kernel/staff/list-cursor.ts';
import { choosableMonths, earlierMonth, month } from '#kernel/staff/month-input.ts';
import { mayDo, permit as permitFor } from '#kernel/staff/rights.ts';
import { listPayments } from '#payments/payment/list-payments.ts';
import { refundableAmount } from '#payments/payment/payment.ts';
import { releaseEndpoint } from '#payments/payment/payment-api.ts';
import { fundInQuery, listName, paymentInPath, searchInQuery } from '#payments/payment/payment-input.ts';
import { readPayment } from '#payments/payment/read-payment.ts';
import { fromReceiptDataItem } from '#payments/payment/receipt-data-item.ts';
import { wholeOf } from '#payments/received/parts.ts';
import { listRefunds } from '#payments/refunds/list-refunds.ts';
import { refundEndpoint } from '#payments/refunds/refund-api.ts';
import { refundReasons } from '#payments/refunds/refund-request.ts';
import { formatDate } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import { page } from '#platform/http/input.ts';
import { formatMoney } from '#platform/money.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems } from '#platform/table/table.ts';
import { findPayments, findPromise } from './find-payments.ts';
import { PaymentDesk, type WholePayment } from './payment-desk.tsx';
import { nameOf, PaymentList } from './payment-list.tsx';
import { paymentWords as words } from './payment-words.ts';
import { readListed } from './read-listed.ts';
import { readMails } from './read-mails.ts';

interface Reading extends Pick<Context, 'table' | 'now'> {
  readonly actor: Actor;
  readonly funds: () => Promise<readonly FundName[]>;
}

/** Reads whose payment it is, for a form about it. */
async function readWho(paymentId: string, { table, actor, funds }: Reading) {
  const allowed = { permit: permitFor(actor, 'gift.read'), personPermit: undefined };
  const file = await readPayment({ paymentId, ...allowed }, { table });
  const [names, listed] = await Promise.all([funds(), readListed([file.payment], { table, actor })]);
  return {
    ...file,
    shown: listed[0]?.shown ?? ({ kind: 'erased' } as const),
    proceeds: listed[0]?.proceeds,
    funds: names,
  };
}

/** Reads a payment with all that belongs to it. */
async function readWhole(paymentId: string, reading: Reading): Promise<WholePayment> {
  const { table, now, actor } = reading;
  const [who, refunds] = await Promise.all([
    readWho(paymentId, reading),
    listRefunds({ paymentId, permit: permitFor(actor, 'gift.read') }, { table, now }),
  ]);
  const { payment, funds } = who;
  const whole = { ...who, refunds };
  if (!mayDo(actor, 'person.read')) {
    return { ...whole, mails: undefined, others: undefined, receipt: undefined };
  }
  const ofPerson = permitFor(actor, 'person.read');
  const ids = refunds.refunds.map(({ refundId }) => refundId);
  const receiptAt = keys.receiptData(payment.checkoutId, paymentId);
  const [mails, paid, receipts] = await Promise.all([
    readMails({ payment, refunds: ids, permit: ofPerson }, { table }),
    payment.donor
      ? listDonorPayments(
          { donor: payment.donor, funds: funds.map(({ slug }) => slug), permit: ofPerson },
          { table },
        )
      : [],
    who.shown.kind === 'erased' ? readItems(table, [receiptAt]) : undefined,
  ]);
  const receipt = fromReceiptDataItem(receipts?.itemAt(receiptAt), now);
  const others = paid.filter((each) => each.paymentId !== paymentId);
  return { ...whole, mails, receipt, others: await readListed(others, { table, actor }) };
}

const list = deskPage({
  path: '/staff/payments',
  right: 'gift.read',
  label: words.label,
  input: { q: searchInQuery, month, fund: fundInQuery, ...page },
  read: async ({ q, month: of, fund, ...paging }, { table, actor, funds, permit, now, hash }) => {
    const months = choosableMonths(of, now);
    const byAddress = mayDo(actor, 'person.read');
    if (q !== undefined) {
      const names = await funds();
      const slugs = async () => names.map(({ slug }) => slug);
      const { data: found, nextCursor: cursor } = await findPayments(
        { typed: q, paging, permit },
        { table, now, actor, hash, funds: slugs },
      );
      const listed = await readListed(found, { table, actor });
      const promise =
        found.length === 0 && mayDo(actor, 'payment.enter')
          ? await findPromise({ typed: q, permit: permitFor(actor, 'payment.enter') }, { table })
          : undefined;
      const none = { nextCursor: cursor, earlier: undefined };
      return { q, byAddress, promise, month: of, fund, funds: names, listed, months, ...none };
    }
    const name = listName(of, fund);
    const asked = { month: of, fund, paging: pageOf(name, paging), permit };
    const [names, { data, next }] = await Promise.all([funds(), listPayments(asked, { table })]);
    return {
      ...{
        q,
        byAddress,
        promise: undefined,
        month: of,
        fund,
        funds: names,
        nextCursor: nextCursor(name, next),
      },
      listed: await readListed(data, { table, actor }),
      months,
      earlier: earlierMonth(of),
    };
  },
  title: () => words.payments,
  show: (data) => PaymentList(data),
});

const one = deskPage({
  path: '/staff/payments/{paymentId}',
  right: 'gift.read',
  input: { paymentId: paymentInPath },
  read: async ({ paymentId }, found) => readWhole(paymentId, found),
  title: ({ shown }) => nameOf(shown),
  show: (whole, view) => PaymentDesk({ whole, view }),
});

const refund = deskForm({
  operation: refundEndpoint,
  path: '/staff/payments/{paymentId}/refund',
  read: async ({ paymentId }, found) => readWho(paymentId, found),
  title: ({ shown }) => words.refundTitle(nameOf(shown)),
  over: ({ payment }) => {
    if (payment.source !== 'stripe') return words.refundOutside;
    if (payment.disputeOpen) return words.refundDisputed;
    return refundableAmount(payment) === 0 ? words.refundNothing : undefined;
  },
  fields: ({ payment }) => [
    {
      ...{ name: 'amount', kind: 'money', label: words.refundAmount },
      hint: words.refundAll(formatMoney(refundableAmount(payment), payment.currency)),
    },
    {
      ...{ name: 'reason', kind: 'choice', label: words.reason },
      options: refundReasons.map((reason) => [reason, words.reasons[reason]] as const),
    },
  ],
  button: words.goOn,
  confirm: ({ amount }, { payment, shown }) => {
    const money = (cents: number) => formatMoney(cents, payment.currency);
    const left = refundableAmount(payment);
    const asked = Number(amount);
    if (asked > left)
      throw new Problem('refund-above-left', words.refundAbove(money(left)), amountAbove(money(left)));
    const [name, day] = [nameOf(shown), formatDate(payment.at, 'en')];
    return {
      sentence: words.refundSentence(money(asked), money(wholeOf(payment.parts)), name, day),
      button: words.refundButton(money(asked), name),
    };
  },
  back: ({ paymentId }) => `/staff/payments/${paymentId}`,
  done: 'refund',
});

const amountAbove = (left: string) => ({ errors: [{ pointer: '/amount', detail: words.refundAbove(left) }] });

const release = deskForm({
  operation: releaseEndpoint,
  path: '/staff/payments/{paymentId}/release',
  read: async ({ paymentId }, found) => readWho(paymentId, found),
  title: ({ shown }) => words.releaseTitle(nameOf(shown)),
  over: ({ payment }) => (payment.underReview ? undefined : words.releaseNothing),
  fields: () => [],
  button: words.goOn,
  confirm: (_, { payment, shown, funds }) => ({
    sentence: words.releaseSentence(
      formatMoney(wholeOf(payment.parts), payment.currency),
      nameOf(shown),
      fundTitle(payment.fund, funds),
    ),
    button: words.release,
  }),
  back: ({ paymentId }) => `/staff/payments/${paymentId}`,
  done: 'release',
});

/** The pages of payments. */
export const paymentPages = [list, one, ...refund, ...release];
