import type { LedgerEntry } from '#kernel/ledger/ledger-entry.ts';
import type { FundName } from '#kernel/staff/desk-context.ts';
import type { DeskView } from '#kernel/staff/desk-endpoint.ts';
import { ActionButton, Done } from '#kernel/staff/desk-form.tsx';
import { fundTitle, momentOf } from '#kernel/staff/desk-list.tsx';
import { mayDo } from '#kernel/staff/rights.ts';
import { type Payment, refundableAmount } from '#payments/payment/payment.ts';
import type { Proceeds } from '#payments/payment/proceeds-item.ts';
import type { ReceiptData } from '#payments/payment/receipt-data-item.ts';
import { wholeOf } from '#payments/received/parts.ts';
import type { PaymentRefunds } from '#payments/refunds/list-refunds.ts';
import { formatMoney } from '#platform/money.ts';
import { DonorFacts } from './donor-facts.tsx';
import { PaymentActs } from './payment-acts.tsx';
import { nameOf, PaymentRows, StateOf } from './payment-list.tsx';
import { paymentWords as words } from './payment-words.ts';
import type { ListedPayment, ShownPerson } from './read-listed.ts';
import type { MailFate } from './read-mails.ts';

/** A payment with all that belongs to it, as far as who looks may know. */
export interface WholePayment {
  readonly payment: Payment;
  readonly shown: ShownPerson;
  readonly proceeds: Proceeds | undefined;
  readonly entries: readonly LedgerEntry[];
  readonly refunds: PaymentRefunds;
  /** Undefined without the right to read about people. */
  readonly mails: readonly MailFate[] | undefined;
  /** Undefined without that right. */
  readonly others: readonly ListedPayment[] | undefined;
  readonly funds: readonly FundName[];
  /** What is kept of an erased donor; undefined without the right to read about people. */
  readonly receipt: ReceiptData | undefined;
}

interface PaymentProps {
  readonly whole: WholePayment;
  readonly view: DeskView;
}

/** Everything about one payment, with what can be done about it. */
export function PaymentDesk({ whole, view }: PaymentProps) {
  const { payment, shown, funds, others } = whole;
  const { parts, currency, fund } = payment;
  const gift = formatMoney(wholeOf(parts) - parts.cover, currency);
  return (
    <>
      <p class="up">
        <a href="/staff/payments">{words.back}</a>
      </p>
      <h1 dir="auto">{nameOf(shown)}</h1>
      <Done word={view.done} sentences={words.done} />
      <p class="lead">
        {words.amountTo(gift, fundTitle(fund, funds))}
        {parts.cover > 0 && ` ${words.withCover(formatMoney(parts.cover, currency))}`}
        {' · '}
        <time datetime={payment.at.toISOString()}>{momentOf(payment.at)}</time>
      </p>
      <StateOf payment={payment} />
      <PaymentActs payment={payment} shown={shown} view={view} />
      <MoneyFacts whole={whole} />
      <DonorFacts shown={shown} payment={payment} receipt={whole.receipt} />
      <Refunds refunds={whole.refunds} />
      {whole.mails && <Mails mails={whole.mails} whole={whole} view={view} />}
      {others && (
        <section>
          <h2>{words.others}</h2>
          {others.length === 0 && <p>{payment.donor ? words.othersNone : words.othersUnknown}</p>}
          <PaymentRows listed={others} funds={funds} />
        </section>
      )}
      <Books whole={whole} />
    </>
  );
}

function MoneyFacts({ whole: { payment, funds, proceeds } }: { readonly whole: WholePayment }) {
  const { parts, currency } = payment;
  const money = (amount: number) => formatMoney(amount, currency);
  const facts: (readonly [string, string] | false)[] = [
    [words.taken, money(wholeOf(parts))],
    parts.gift > 0 && [words.gift, money(parts.gift)],
    parts.sales > 0 && [words.sales, money(parts.sales)],
    parts.cover > 0 && [words.cover, money(parts.cover)],
    ...arrived(payment, proceeds),
    payment.source === 'stripe'
      ? [words.refundable, money(refundableAmount(payment))]
      : [words.howToReturn, words.refundOutside],
    [words.fund, fundTitle(payment.fund, funds)],
    payment.for !== undefined && [words.for, payment.for],
    [words.every, words.frequencies[payment.frequency]],
    [words.source, words.sources[payment.source]],
  ];
  return (
    <section>
      <h2>{words.money}</h2>
      <dl class="facts">
        {facts.map(
          (fact) =>
            fact && (
              <div>
                <dt>{fact[0]}</dt>
                <dd>{fact[1]}</dd>
              </div>
            ),
        )}
      </dl>
    </section>
  );
}

/** What Stripe took and what arrived; nothing of money that came otherwise. */
function arrived(
  { source, parts, currency }: Payment,
  proceeds: Proceeds | undefined,
): (readonly [string, string])[] {
  if (source !== 'stripe') return [];
  if (!proceeds) return [[words.fee, words.feeUnknown]];
  return [
    [words.fee, formatMoney(proceeds.fee, currency)],
    [words.net, formatMoney(wholeOf(parts) - proceeds.fee, currency)],
    [words.payout, proceeds.payout ?? words.payoutNone],
  ];
}

function Refunds({ refunds: { refunds, requests } }: { readonly refunds: PaymentRefunds }) {
  // A request that is done is its refund.
  const open = requests.filter(({ state }) => state !== 'done');
  if (refunds.length + open.length === 0) return null;
  return (
    <section>
      <h2>{words.refunds}</h2>
      <ul class="gifts">
        {refunds.map(({ amount, currency, at, status }) => (
          <li>
            {words.refundLine(formatMoney(amount, currency), momentOf(at))}: {words.refundStates[status]}
          </li>
        ))}
        {open.map(({ amount, currency, at, state, reason }) => (
          <li>
            {words.refundLine(formatMoney(amount, currency), momentOf(at))}: {words.refundStates[state]} (
            {words.reasons[reason]})
          </li>
        ))}
      </ul>
    </section>
  );
}

interface MailsProps {
  readonly mails: readonly MailFate[];
  readonly whole: WholePayment;
  readonly view: DeskView;
}

function Mails({ mails, whole: { payment, shown }, view }: MailsProps) {
  const may = mayDo(view.session.actor, 'mail.send-again');
  const page = `/staff/payments/${payment.paymentId}`;
  const thanks = mails.filter(({ name }) => name !== 'refund').at(-1);
  const mayThank = shown.kind === 'known' && shown.person.email !== '' && isOver(thanks);
  return (
    <section>
      <h2>{words.mails}</h2>
      {mails.length === 0 && <p>{words.noMail}</p>}
      <ul class="gifts">
        {mails.map(({ name, fate, at, to, stopped }) => (
          <li>
            <p>
              <strong>{words.mailNames[name]}</strong>: {words.mailFates[fate]}
              {at && `, ${momentOf(at)}`}
            </p>
            {to && <p class="note">{to}</p>}
            {may && stopped && (
              <ActionButton
                sending={view}
                action={`/staff/mails/${encodeURIComponent(stopped)}/send-again`}
                from={page}
                label={words.sendAgain}
                of={words.mailNames[name]}
              />
            )}
          </li>
        ))}
      </ul>
      {may && mayThank && (
        <div class="acts">
          <ActionButton
            sending={view}
            action={`${page}/thanks`}
            label={thanks ? words.thankAgain : words.thank}
          />
        </div>
      )}
    </section>
  );
}

/** Whether thanks are neither on their way nor stopped, for which there is a button of its own. */
function isOver(thanks: MailFate | undefined): boolean {
  return thanks === undefined || !['waiting', 'delayed', 'stopped'].includes(thanks.fate);
}

/** What the books hold of it, and the ids: for who has to look deeper. */
function Books({ whole: { payment, entries } }: { readonly whole: WholePayment }) {
  const ids = [
    [words.paymentId, payment.paymentId],
    [words.checkoutId, payment.checkoutId],
    ...(payment.donor ? [[words.donorId, payment.donor] as const] : []),
  ] as const;
  return (
    <section>
      <details>
        <summary>{words.books}</summary>
        {entries.map(({ kind, at, postings, currency }) => (
          <table>
            <caption>
              {words.entryKinds[kind] ?? kind}, {momentOf(at)}
            </caption>
            <thead>
              <tr>
                <th scope="col">{words.account}</th>
                <th scope="col">{words.amount}</th>
              </tr>
            </thead>
            <tbody>
              {postings.map(({ account, amount }) => (
                <tr>
                  <th scope="row">{account}</th>
                  <td>{formatMoney(amount, currency)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ))}
      </details>
      <details>
        <summary>{words.ids}</summary>
        <dl class="facts">
          {ids.map(([name, id]) => (
            <div>
              <dt>{name}</dt>
              <dd class="id">{id}</dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  );
}
