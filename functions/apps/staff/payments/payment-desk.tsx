import type { LedgerEntry } from '#kernel/ledger/ledger-entry.ts';
import type { FundName } from '#kernel/staff/desk-context.ts';
import type { DeskView } from '#kernel/staff/desk-endpoint.ts';
import { ActionButton, Done } from '#kernel/staff/desk-form.tsx';
import { fundTitle, momentOf } from '#kernel/staff/desk-list.tsx';
import { mayDo } from '#kernel/staff/rights.ts';
import { type Payment, refundableAmount } from '#payments/payment/payment.ts';
import { wholeOf } from '#payments/received/parts.ts';
import type { PaymentRefunds } from '#payments/refunds/list-refunds.ts';
import { formatMoney } from '#platform/money.ts';
import { DonorFacts } from './donor-facts.tsx';
import { nameOf, PaymentRows, StateOf } from './payment-list.tsx';
import { paymentWords as words } from './payment-words.ts';
import type { ListedPayment, ShownPerson } from './read-listed.ts';
import type { MailFate } from './read-mails.ts';

/** A payment with all that belongs to it, as far as who looks may know. */
export interface WholePayment {
  readonly payment: Payment;
  readonly shown: ShownPerson;
  readonly entries: readonly LedgerEntry[];
  readonly refunds: PaymentRefunds;
  /** Undefined without the right to read about people. */
  readonly mails: readonly MailFate[] | undefined;
  /** Undefined without that right. */
  readonly others: readonly ListedPayment[] | undefined;
  readonly funds: readonly FundName[];
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
      <Acts whole={whole} view={view} />
      <MoneyFacts whole={whole} />
      <DonorFacts shown={shown} payment={payment} />
      <Refunds refunds={whole.refunds} />
      {whole.mails && <Mails mails={whole.mails} payment={payment} view={view} />}
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

/** What can be done, by what stands there and who looks. */
function Acts({ whole: { payment, shown }, view: sending }: PaymentProps) {
  const { actor } = sending.session;
  const at = `/staff/payments/${payment.paymentId}`;
  const may = mayDo(actor, 'words.moderate');
  const person = shown.kind === 'known' ? shown.person : undefined;
  const ofName = `/staff/names/${payment.checkoutId}`;
  const ofComment = `/staff/comments/${payment.checkoutId}`;
  return (
    <div class="acts">
      {mayDo(actor, 'gift.refund') &&
        payment.source === 'stripe' &&
        refundableAmount(payment) > 0 &&
        !payment.disputeOpen && (
          <a class="button quiet small" href={`${at}/refund`}>
            {words.refund}
          </a>
        )}
      {mayDo(actor, 'gift.hold-release') && payment.underReview && (
        <ActionButton sending={sending} action={`${at}/release`} label={words.release} />
      )}
      {may && person?.displayName && !person.hideName && person.nameState !== 'refused' && (
        <ActionButton
          {...{ sending, action: ofName, from: at, label: words.hideName }}
          values={{ decision: 'hide' }}
        />
      )}
      {may && person?.displayName && !person.hideName && person.nameState !== 'approved' && (
        <ActionButton
          {...{ sending, action: ofName, from: at, label: words.showName }}
          values={{ decision: 'show' }}
        />
      )}
      {may && person?.message && person.messageState !== 'approved' && (
        <ActionButton
          {...{ sending, action: ofComment, from: at, label: words.approve }}
          values={{ decision: 'approve' }}
        />
      )}
      {may && person?.message && person.messageState !== 'refused' && (
        <ActionButton
          {...{ sending, action: ofComment, from: at, label: words.reject }}
          values={{ decision: 'refuse' }}
        />
      )}
    </div>
  );
}

function MoneyFacts({ whole: { payment, funds } }: { readonly whole: WholePayment }) {
  const { parts, currency } = payment;
  const money = (amount: number) => formatMoney(amount, currency);
  const facts: (readonly [string, string] | false)[] = [
    [words.taken, money(wholeOf(parts))],
    parts.gift > 0 && [words.gift, money(parts.gift)],
    parts.sales > 0 && [words.sales, money(parts.sales)],
    parts.cover > 0 && [words.cover, money(parts.cover)],
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
  readonly payment: Payment;
  readonly view: DeskView;
}

function Mails({ mails, payment, view }: MailsProps) {
  const may = mayDo(view.session.actor, 'mail.send-again');
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
                from={`/staff/payments/${payment.paymentId}`}
                label={words.sendAgain}
                of={words.mailNames[name]}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
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
