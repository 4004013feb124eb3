import type { Account } from '../account.ts';
import { disputesOf } from '../objects/disputes.ts';
import type { Session } from '../store.ts';
import { Badge, Cell, Press, Section, Time } from './dashboard-parts.tsx';
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
      columns={['Session', 'Made', 'Amount', 'Status', 'Payment', '']}
      rows={account.store.sessions
        .newestFirst()
        .slice(0, shown)
        .map((session) => (
          <tr key={session.id}>
            <Cell label="Session" kind="id">
              {session.url === null ? session.id : <a href={session.url}>{session.id}</a>}
            </Cell>
            <Cell label="Made">
              <Time at={session.created} />
            </Cell>
            <Cell label="Amount" kind="amount">
              {showAmount(session.amount_total ?? 0, session.currency ?? 'hkd')}
            </Cell>
            <Cell label="Status">
              <Badge word={session.status ?? 'open'} />
            </Cell>
            <Cell label="Payment">
              <Badge word={session.payment_status} />
            </Cell>
            <Cell label="" kind="actions">
              <SessionButtons account={account} session={session} />
            </Cell>
          </tr>
        ))}
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
  const rows = paymentIntents
    .newestFirst()
    .slice(0, shown)
    .map((intent) => {
      const charge = charges.find(intent.latest_charge);
      const balance = balanceTransactions.find(charge?.balance_transaction);
      return (
        <tr key={intent.id}>
          <Cell label="Payment" kind="id">
            {intent.id}
          </Cell>
          <Cell label="Amount" kind="amount">
            {showAmount(intent.amount, intent.currency)}
          </Cell>
          <Cell label="Fee" kind="amount">
            {balance ? showAmount(balance.fee, balance.currency) : null}
          </Cell>
          <Cell label="Refunded" kind="amount">
            {charge && charge.amount_refunded > 0
              ? showAmount(charge.amount_refunded, charge.currency)
              : null}
          </Cell>
          <Cell label="Status">
            <Badge word={intent.status} /> {charge?.disputed ? <Badge word="disputed" /> : null}
            {intent.last_payment_error ? <div class="soft">{intent.last_payment_error.message}</div> : null}
          </Cell>
          <Cell label="" kind="actions">
            {charge?.captured ? <ChargeButtons account={account} chargeId={charge.id} /> : null}
          </Cell>
        </tr>
      );
    });
  return (
    <Section
      id="payments"
      title="Payments"
      empty="None yet."
      columns={['Payment', 'Amount', 'Fee', 'Refunded', 'Status', '']}
      rows={rows}
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
      columns={['Refund', 'Payment', 'Made', 'Amount', 'Status', '']}
      rows={account.store.refunds
        .newestFirst()
        .slice(0, shown)
        .map((refund) => (
          <tr key={refund.id}>
            <Cell label="Refund" kind="id">
              {refund.id}
            </Cell>
            <Cell label="Payment" kind="id">
              {String(refund.payment_intent)}
            </Cell>
            <Cell label="Made">
              <Time at={refund.created} />
            </Cell>
            <Cell label="Amount" kind="amount">
              {showAmount(refund.amount, refund.currency)}
            </Cell>
            <Cell label="Status">
              <Badge word={refund.status ?? ''} />
            </Cell>
            <Cell label="" kind="actions">
              {refund.status === 'failed' ? null : (
                <Press path={`/__local/refunds/${refund.id}/fail`} label="Let it fail" />
              )}
            </Cell>
          </tr>
        ))}
    />
  );
}
