import type { Account } from '../account/account.ts';
import type { Session } from '../account/store.ts';
import { disputesOf } from '../objects/disputes.ts';
import { Badge, Press, Section, Time } from './dashboard-parts.tsx';
import { showAmount } from './hosted-words.ts';

interface PartProps {
  readonly account: Account;
  /** How many of the newest are shown. */
  readonly shown: number;
}

/** Checkout Sessions: to open, to expire, to end a delayed payment. */
export function Sessions({ account, shown }: PartProps) {
  return (
    <Section
      id="sessions"
      title="Checkout Sessions"
      empty="None yet. Give something on the site, and its Session appears here."
      items={account.store.sessions.newestFirst().slice(0, shown)}
      columns={[
        { head: 'Session', kind: 'id', cell: ({ id, url }) => (url === null ? id : <a href={url}>{id}</a>) },
        { head: 'Made', cell: ({ created }) => <Time at={created} /> },
        {
          head: 'Amount',
          kind: 'amount',
          cell: ({ amount_total: amount, currency }) => showAmount(amount ?? 0, currency ?? 'hkd'),
        },
        { head: 'Status', cell: ({ status }) => <Badge word={status ?? 'open'} /> },
        { head: 'Payment', cell: (session) => <Badge word={session.payment_status} /> },
        {
          head: '',
          kind: 'actions',
          cell: (session) => <SessionButtons account={account} session={session} />,
        },
      ]}
    />
  );
}

function SessionButtons({ account, session }: { readonly account: Account; readonly session: Session }) {
  const path = `/__local/sessions/${session.id}`;
  if (session.status === 'open') return <Press path={`${path}/expire`} label="Expire" />;
  const intent = account.store.paymentIntents.find(session.payment_intent);
  if (intent?.status !== 'processing') return null;
  return (
    <>
      <Press path={`${path}/settle`} label="Let the payment succeed" name="outcome" value="succeeded" />
      <Press path={`${path}/settle`} label="Let it fail" name="outcome" value="failed" />
    </>
  );
}

/** Payments with their fee, what was refunded, and the buttons to refund and dispute. */
export function Payments({ account, shown }: PartProps) {
  const { charges, balanceTransactions, paymentIntents } = account.store;
  const items = paymentIntents
    .newestFirst()
    .slice(0, shown)
    .map((intent) => {
      const charge = charges.find(intent.latest_charge);
      return {
        id: intent.id,
        intent,
        charge,
        balance: balanceTransactions.find(charge?.balance_transaction),
      };
    });
  return (
    <Section
      id="payments"
      title="Payments"
      empty="None yet."
      items={items}
      columns={[
        { head: 'Payment', kind: 'id', cell: ({ id }) => id },
        { head: 'Amount', kind: 'amount', cell: ({ intent }) => showAmount(intent.amount, intent.currency) },
        {
          head: 'Fee',
          kind: 'amount',
          cell: ({ balance }) => (balance ? showAmount(balance.fee, balance.currency) : null),
        },
        {
          head: 'Refunded',
          kind: 'amount',
          cell: ({ charge }) =>
            charge && charge.amount_refunded > 0 ? showAmount(charge.amount_refunded, charge.currency) : null,
        },
        {
          head: 'Status',
          cell: ({ intent, charge }) => (
            <>
              <Badge word={intent.status} /> {charge?.disputed ? <Badge word="disputed" /> : null}
              {intent.last_payment_error ? <div class="soft">{intent.last_payment_error.message}</div> : null}
            </>
          ),
        },
        {
          head: '',
          kind: 'actions',
          cell: ({ charge }) =>
            charge?.captured ? <ChargeButtons account={account} chargeId={charge.id} /> : null,
        },
      ]}
    />
  );
}

function ChargeButtons({ account, chargeId }: { readonly account: Account; readonly chargeId: string }) {
  const charge = account.store.charges.find(chargeId);
  if (!charge) return null;
  const path = `/__local/charges/${charge.id}`;
  const disputes = disputesOf(account, charge);
  const left = charge.amount_captured - charge.amount_refunded;
  const isRefundable = left > 0 && disputes.every((dispute) => dispute.is_charge_refundable);
  return (
    <>
      {isRefundable ? (
        <>
          <Press path={`${path}/refund`} label="Refund all" />
          <Press
            path={`${path}/refund`}
            label="Refund a part"
            amount={{ label: 'Cents to refund', value: Math.ceil(left / 2), most: left }}
          />
        </>
      ) : null}
      {disputes.length === 0 ? (
        <>
          <Press path={`${path}/dispute`} label="Dispute" name="kind" value="chargeback" />
          <Press path={`${path}/dispute`} label="Inquiry" name="kind" value="inquiry" />
        </>
      ) : null}
    </>
  );
}

/** Refunds, and the button that lets one come back. */
export function Refunds({ account, shown }: PartProps) {
  return (
    <Section
      id="refunds"
      title="Refunds"
      empty="None yet. Refund a payment above."
      items={account.store.refunds.newestFirst().slice(0, shown)}
      columns={[
        { head: 'Refund', kind: 'id', cell: ({ id }) => id },
        { head: 'Payment', kind: 'id', cell: (refund) => String(refund.payment_intent) },
        { head: 'Made', cell: ({ created }) => <Time at={created} /> },
        { head: 'Amount', kind: 'amount', cell: ({ amount, currency }) => showAmount(amount, currency) },
        { head: 'Status', cell: ({ status }) => <Badge word={status ?? ''} /> },
        {
          head: '',
          kind: 'actions',
          cell: ({ id, status }) =>
            status === 'failed' ? null : <Press path={`/__local/refunds/${id}/fail`} label="Let it fail" />,
        },
      ]}
    />
  );
}
