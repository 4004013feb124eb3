import type { Child } from 'hono/jsx';
import type { Account } from './account.ts';
import { showAmount } from './hosted-words.ts';
import { PageFrame } from './page-frame.tsx';
import type { Delivery, Session } from './store.ts';

const shown = 50;

interface DashboardProps {
  readonly account: Account;
  readonly isHolding: boolean;
}

/** Lists what the local Stripe holds, with the buttons that send events twice, late or out of order. */
export function DashboardPage({ account, isHolding }: DashboardProps) {
  const { store } = account;
  return (
    <PageFrame
      language="en"
      title="Local Stripe"
      banner="Demonstration: this is the local Stripe. No real money moves."
      isWide
    >
      <h1>{account.name}</h1>
      <p class="note">The newest {shown} of each kind. Everything here is forgotten when the program ends.</p>
      <HoldButtons isHolding={isHolding} />
      <Sessions sessions={store.sessions.newestFirst().slice(0, shown)} />
      <Payments account={account} />
      <Events account={account} />
      <Deliveries deliveries={store.deliveries.newestFirst().slice(0, shown)} />
    </PageFrame>
  );
}

function HoldButtons({ isHolding }: { readonly isHolding: boolean }) {
  if (!isHolding) {
    return (
      <div class="hold">
        Webhooks go out at once. <Press path="/__local/hold" label="Hold new webhooks" />
      </div>
    );
  }
  return (
    <div class="hold">
      Webhooks are held.{' '}
      <Press path="/__local/release" label="Release, oldest first" name="order" value="oldest-first" />
      <Press path="/__local/release" label="Release, newest first" name="order" value="newest-first" />
    </div>
  );
}

function Sessions({ sessions }: { readonly sessions: readonly Session[] }) {
  return (
    <Table title="Checkout Sessions" columns={['Session', 'Amount', 'Status', 'Payment', '']}>
      {sessions.map((session) => (
        <tr key={session.id}>
          <td>{session.url === null ? session.id : <a href={session.url}>{session.id}</a>}</td>
          <td>{showAmount(session.amount_total ?? 0, session.currency ?? 'hkd')}</td>
          <td>{session.status}</td>
          <td>{session.payment_status}</td>
          <td>
            {session.status === 'open' ? (
              <Press path={`/__local/sessions/${session.id}/expire`} label="Expire" />
            ) : null}
            {session.status === 'complete' && session.payment_status === 'unpaid' ? (
              <>
                <Press path={`/__local/sessions/${session.id}/settle`} label="End the delayed payment" />
                <Press
                  path={`/__local/sessions/${session.id}/settle`}
                  label="Let it fail"
                  name="outcome"
                  value="failed"
                />
              </>
            ) : null}
          </td>
        </tr>
      ))}
    </Table>
  );
}

function Payments({ account }: { readonly account: Account }) {
  const { charges, balanceTransactions, paymentIntents } = account.store;
  return (
    <Table title="Payments" columns={['PaymentIntent', 'Amount', 'Status', 'Fee', 'Last error']}>
      {paymentIntents
        .newestFirst()
        .slice(0, shown)
        .map((intent) => {
          const charge = charges.find(intent.latest_charge);
          const balance = balanceTransactions.find(charge?.balance_transaction);
          return (
            <tr key={intent.id}>
              <td>{intent.id}</td>
              <td>{showAmount(intent.amount, intent.currency)}</td>
              <td>{intent.status}</td>
              <td>{balance ? showAmount(balance.fee, balance.currency) : ''}</td>
              <td>{intent.last_payment_error?.message ?? ''}</td>
            </tr>
          );
        })}
    </Table>
  );
}

function Events({ account }: { readonly account: Account }) {
  return (
    <Table title="Events" columns={['Event', 'Type', 'Made', 'Pending', '']}>
      {account.store.events
        .newestFirst()
        .slice(0, shown)
        .map((event) => (
          <tr key={event.id}>
            <td>{event.id}</td>
            <td>{event.type}</td>
            <td>{showTime(event.created)}</td>
            <td>{event.pending_webhooks}</td>
            <td>
              <Press path={`/__local/events/${event.id}/send`} label="Send again" />
              <Press path={`/__local/events/${event.id}/send`} label="Twice at once" name="times" value="2" />
              <Press
                path={`/__local/events/${event.id}/send`}
                label="In 30 seconds"
                name="after"
                value="30"
              />
            </td>
          </tr>
        ))}
    </Table>
  );
}

function Deliveries({ deliveries }: { readonly deliveries: readonly Delivery[] }) {
  return (
    <Table title="Deliveries" columns={['Event', 'Type', 'State', 'Tries', 'Answer', 'Next try']}>
      {deliveries.map((delivery) => (
        <tr key={delivery.id}>
          <td>{delivery.event}</td>
          <td>{delivery.type}</td>
          <td>{delivery.state}</td>
          <td>{delivery.attempts}</td>
          <td>{delivery.reason ?? delivery.status ?? ''}</td>
          <td>{delivery.due === null ? '' : showTime(delivery.due)}</td>
        </tr>
      ))}
    </Table>
  );
}

interface TableProps {
  readonly title: string;
  readonly columns: readonly string[];
  readonly children?: Child;
}

function Table({ title, columns, children }: TableProps) {
  return (
    <section>
      <h2>{title}</h2>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              {columns.map((column) => (
                <th scope="col" key={column}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
      </div>
    </section>
  );
}

interface PressProps {
  readonly path: string;
  readonly label: string;
  readonly name?: string;
  readonly value?: string;
}

function Press({ path, label, name, value }: PressProps) {
  return (
    <form method="post" action={path}>
      {name === undefined ? null : <input type="hidden" name={name} value={value} />}
      <button type="submit" class="quiet">
        {label}
      </button>
    </form>
  );
}

function showTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
}
