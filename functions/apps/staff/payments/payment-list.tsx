import type { FundName } from '#kernel/staff/desk-context.ts';
import { Filter, FundChoice, fundTitle, MonthChoice, momentOf, OlderLink } from '#kernel/staff/desk-list.tsx';
import { isFullyReversed, type Payment } from '#payments/payment/payment.ts';
import { wholeOf } from '#payments/received/parts.ts';
import { formatMonth, type Month } from '#platform/clock.ts';
import { formatMoney } from '#platform/money.ts';
import { htmlLanguage, languageOfText } from '#platform/web/languages.ts';
import { paymentWords as words } from './payment-words.ts';
import type { ListedPayment, ShownPerson } from './read-listed.ts';

/** A page of the payments. */
export interface PaymentsPage {
  /** What was looked for; month and fund do not count then. */
  readonly q: string | undefined;
  /** Whether who looks may find payments by an address. */
  readonly byAddress: boolean;
  /** The reference that was looked for, where it is of a promise that waits for its money. */
  readonly promise: string | undefined;
  readonly month: Month;
  /** The slug of the only fund that is shown. */
  readonly fund: string | undefined;
  readonly funds: readonly FundName[];
  readonly listed: readonly ListedPayment[];
  readonly nextCursor: string | null;
  /** The months that can be chosen, newest first. */
  readonly months: readonly Month[];
  /** The month before; undefined before the first. */
  readonly earlier: Month | undefined;
}

/** The payments of a month, newest first, with what to choose other ones by. */
export function PaymentList(page: PaymentsPage) {
  const { q, byAddress, promise, month, fund, funds, listed, nextCursor, earlier, months } = page;
  const of = formatMonth(month, 'en');
  return (
    <>
      <h1>{words.payments}</h1>
      <Filter action="/staff/payments" button={words.find}>
        <div class="field">
          <label for="q">{byAddress ? words.search : words.searchByReference}</label>
          <span class="note" id="q-hint">
            {byAddress ? words.searchHint : words.searchHintByReference}
          </span>
          <input
            {...{ id: 'q', name: 'q', type: 'search', value: q ?? '', maxlength: 254, autocomplete: 'off' }}
            aria-describedby="q-hint"
          />
        </div>
      </Filter>
      {q !== undefined && (
        <p class="lead" role="status">
          {listed.length > 0 && words.found(listed.length, q)}
          {listed.length === 0 && (nextCursor === null ? words.foundNone(q) : words.foundNoneHere(q))}
          {listed.length === 0 && nextCursor === null && byAddress && !promise && ` ${words.addressExactly}`}
          {promise && ` ${words.promised}`}
        </p>
      )}
      {promise && (
        <p class="row">
          <a class="button quiet" href={`/staff/promises/${promise}/match`}>
            {words.toPromise}
          </a>
        </p>
      )}
      {q === undefined && (
        <Filter action="/staff/payments">
          <MonthChoice month={month} months={months} />
          <FundChoice fund={fund} funds={funds} all={words.allFunds} />
        </Filter>
      )}
      {q === undefined && listed.length === 0 && (
        <p>{fund ? words.noneOfFund(of, fundTitle(fund, funds)) : words.none(of)}</p>
      )}
      <PaymentRows listed={listed} funds={funds} />
      <p class="row">
        {q !== undefined && (
          <a class="button quiet" href="/staff/payments">
            {words.back}
          </a>
        )}
        <OlderLink
          next={nextCursor === null ? undefined : linkTo({ month, fund, q, cursor: nextCursor })}
          earlier={earlier}
          hrefOf={(each) => linkTo({ month: each, fund })}
        />
      </p>
    </>
  );
}

function linkTo(asked: {
  readonly month: Month;
  readonly fund: string | undefined;
  readonly q?: string | undefined;
  readonly cursor?: string;
}) {
  const { month, fund, q, cursor } = asked;
  const of = q === undefined ? { month, ...(fund && { fund }) } : { q };
  const query = new URLSearchParams({ ...of, ...(cursor && { cursor }) });
  return `/staff/payments?${query}`;
}

interface RowsProps {
  readonly listed: readonly ListedPayment[];
  readonly funds: readonly FundName[];
}

/** Payments one below the other: who, how much, to what, when, and how it stands. */
export function PaymentRows({ listed, funds }: RowsProps) {
  if (listed.length === 0) return null;
  return (
    <ul class="gifts">
      {listed.map(({ payment, shown, proceeds }) => (
        <li>
          <header>
            <a href={`/staff/payments/${payment.paymentId}`} dir="auto">
              {nameOf(shown)}
            </a>
            <span class="sum">{formatMoney(wholeOf(payment.parts), payment.currency)}</span>
          </header>
          <p class="note">
            {fundTitle(payment.fund, funds)}
            {' · '}
            <time datetime={payment.at.toISOString()}>{momentOf(payment.at)}</time>
            {payment.frequency === 'monthly' && ` · ${words.monthly}`}
          </p>
          <Facts listed={{ payment, shown, proceeds }} />
          <StateOf payment={payment} />
          {shown.kind !== 'erased' && shown.comment && (
            <blockquote lang={htmlLanguage(languageOfText(shown.comment))} dir="auto">
              {shown.comment}
            </blockquote>
          )}
        </li>
      ))}
    </ul>
  );
}

function Facts({ listed }: { readonly listed: ListedPayment }) {
  const facts = factsOf(listed);
  return facts.length === 0 ? null : <p class="note">{facts.join(' · ')}</p>;
}

/** What arrived of a payment, and whether the donor agreed to appeals. */
function factsOf({ payment, shown, proceeds }: ListedPayment): string[] {
  const money = (amount: number) => formatMoney(amount, payment.currency);
  const person = shown.kind === 'known' ? shown.person : undefined;
  return [
    ...(proceeds ? [words.feeAndNet(money(proceeds.fee), money(wholeOf(payment.parts) - proceeds.fee))] : []),
    ...(proceeds?.payout === undefined ? [] : [words.inPayout(proceeds.payout)]),
    ...(person?.marketingConsent ? [words.agreed] : []),
  ];
}

/** How a payment stands, where it is not simply paid. */
export function StateOf({ payment }: { readonly payment: Payment }) {
  const states = statesOf(payment);
  return states.length === 0 ? null : <p>{states.join('. ')}</p>;
}

function statesOf(payment: Payment): string[] {
  const { refunded, disputed, refundReserved, disputeOpen, underReview, currency } = payment;
  const { states } = words;
  const money = (amount: number) => formatMoney(amount, currency);
  const isAllRefunded = refunded > 0 && disputed === 0 && isFullyReversed(payment);
  return [
    ...(underReview ? [states.review] : []),
    ...(disputeOpen ? [states.disputed] : disputed > 0 ? [states.lost(money(disputed))] : []),
    ...(refunded > 0 ? [isAllRefunded ? states.refunded : states.partly(money(refunded))] : []),
    ...(refundReserved > 0 ? [states.asked(money(refundReserved))] : []),
  ];
}

/** Who gave, as far as who looks may know. */
export function nameOf(shown: ShownPerson): string {
  if (shown.kind === 'erased') return words.erased;
  return shown.kind === 'known' ? shown.person.name : (shown.name ?? words.anonymous);
}
