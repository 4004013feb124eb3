import type { Account } from '../account.ts';
import type { Delivery, StoredEvent } from '../store.ts';
import { Badge, Cell, Press, Section, Time } from './dashboard-parts.tsx';

interface EventsProps {
  readonly account: Account;
  /** How many of the newest are shown. */
  readonly shown: number;
}

/** Events with every try to deliver them, and the buttons that send them twice, late or out of order. */
export function Events({ account, shown }: EventsProps) {
  const deliveries = account.store.deliveries.newestFirst().reverse();
  return (
    <Section
      id="events"
      title="Events and their deliveries"
      empty="None yet."
      columns={['Event', 'Made', 'Deliveries', '']}
      rows={account.store.events
        .newestFirst()
        .slice(0, shown)
        .map((event) => (
          <EventRow
            key={event.id}
            event={event}
            deliveries={deliveries.filter((delivery) => delivery.event === event.id)}
          />
        ))}
    />
  );
}

function EventRow({
  event,
  deliveries,
}: {
  readonly event: StoredEvent;
  readonly deliveries: readonly Delivery[];
}) {
  const path = `/__local/events/${event.id}/send`;
  const isHeld = deliveries.some(({ state }) => state === 'held');
  return (
    <tr>
      <Cell label="Event" kind="id">
        <b>{event.type}</b>
        <br />
        <span class="soft">{event.id}</span>
      </Cell>
      <Cell label="Made">
        <Time at={event.created} />
      </Cell>
      <Cell label="Deliveries">
        <div>
          {deliveries.map((delivery) => (
            <DeliveryLine key={delivery.id} delivery={delivery} />
          ))}
        </div>
      </Cell>
      <Cell label="" kind="actions">
        {isHeld ? (
          <Press path="/__local/release" label="Deliver this one now" name="events[0]" value={event.id} />
        ) : null}
        <Press path={path} label="Deliver again" />
        <Press path={path} label="Twice at once" name="times" value="2" />
        <Press path={path} label="In 30 seconds" name="after" value="30" />
      </Cell>
    </tr>
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
