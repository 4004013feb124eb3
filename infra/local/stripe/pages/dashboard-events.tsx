import type { Account } from '../account/account.ts';
import type { Delivery, StoredEvent } from '../account/store.ts';
import { Badge, Press, Section, Time } from './dashboard-parts.tsx';

interface EventsProps {
  readonly account: Account;
  /** How many of the newest are shown. */
  readonly shown: number;
}

/** Events with every try to deliver them, and the buttons that send them twice, late or out of order. */
export function Events({ account, shown }: EventsProps) {
  const deliveries = account.store.deliveries.newestFirst().reverse();
  const deliveriesOf = ({ id }: StoredEvent) => deliveries.filter((delivery) => delivery.event === id);
  return (
    <Section
      id="events"
      title="Events and their deliveries"
      empty="None yet."
      items={account.store.events.newestFirst().slice(0, shown)}
      columns={[
        {
          head: 'Event',
          kind: 'id',
          cell: ({ id, type }) => (
            <>
              <b>{type}</b>
              <br />
              <span class="soft">{id}</span>
            </>
          ),
        },
        { head: 'Made', cell: ({ created }) => <Time at={created} /> },
        {
          head: 'Deliveries',
          cell: (event) => (
            <div>
              {deliveriesOf(event).map((delivery) => (
                <DeliveryLine key={delivery.id} delivery={delivery} />
              ))}
            </div>
          ),
        },
        {
          head: '',
          kind: 'actions',
          cell: (event) => (
            <EventButtons id={event.id} isHeld={deliveriesOf(event).some(({ state }) => state === 'held')} />
          ),
        },
      ]}
    />
  );
}

function EventButtons({ id, isHeld }: { readonly id: string; readonly isHeld: boolean }) {
  const path = `/__local/events/${id}/send`;
  return (
    <>
      {isHeld ? (
        <Press path="/__local/release" label="Deliver this one now" name="events[0]" value={id} />
      ) : null}
      <Press path={path} label="Deliver again" />
      <Press path={path} label="Twice at once" name="times" value="2" />
      <Press path={path} label="In 30 seconds" name="after" value="30" />
    </>
  );
}

function DeliveryLine({ delivery }: { readonly delivery: Delivery }) {
  return (
    <div>
      <Badge word={delivery.state} />{' '}
      {delivery.due === null ? null : (
        <span class="soft">
          next try <Time at={delivery.due} />
        </span>
      )}
      <ol class="tries">
        {delivery.tries.map(({ at, status }, index) => (
          <li key={at} class="soft">
            {index + 1}. <Time at={at} /> → {status === 0 ? (delivery.reason ?? 'no answer') : status}
          </li>
        ))}
      </ol>
    </div>
  );
}
