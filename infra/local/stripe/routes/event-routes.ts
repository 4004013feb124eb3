import type { Hono } from 'hono';
import type { Account } from '../account/account.ts';
import type { StoredEvent } from '../account/store.ts';
import type { Webhooks } from '../account/webhooks.ts';
import { type EventFilter, matchesFilter } from '../objects/events.ts';
import { invalidRequest } from '../protocol/errors.ts';
import { type ApiEnvironment, operation } from '../protocol/operation.ts';
import { boolean, list, text } from '../protocol/parameters.ts';
import { found, listOf, onlyExpand, retrieve } from './reading.ts';

/** Events, and the call that sends one again. */
export function addEventRoutes(api: Hono<ApiEnvironment>, account: Account, webhooks: Webhooks): void {
  const { store } = account;
  api.get('/events/:id', retrieve(account, 'event', store.events));
  const readers = { delivery_success: boolean, type: text(), types: list(text(), 20) };
  const listEvents = listOf<StoredEvent>(account, {
    kind: 'event',
    items: store.events,
    readers,
    where: (event, input) => matchesFilter(event, input as EventFilter),
  });
  api.get('/events', (context) => {
    const names = [...new URL(context.req.url).searchParams.keys()];
    if (names.includes('type') && names.some((name) => name.startsWith('types['))) {
      throw invalidRequest('You may only specify one of these parameters: type, types.', 'types');
    }
    return listEvents(context);
  });
  api.post(
    '/events/:id/retry',
    operation(account, { readers: { ...onlyExpand, webhook_endpoint: text() }, kind: 'event' }, ({ id }) => {
      const event = found(store.events, 'event', id);
      webhooks.sendLater(event, 0);
      return event;
    }),
  );
}
