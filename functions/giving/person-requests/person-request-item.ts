import { hongKongMonth } from '#platform/clock.ts';
import type { Expression } from '#platform/table/commit.ts';
import { keys, lists } from '#platform/table/keys.ts';
import { type Fields, read } from '#platform/table/read-item.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import { timeToLive } from '#platform/table/time-to-live.ts';
import {
  keptUntil,
  type PersonRequest,
  type RequestEnd,
  requestEnds,
  requestKinds,
} from './person-request.ts';

/** The item of a request; once it is ended it ends by itself. */
export function toPersonRequestItem(request: PersonRequest): Item {
  const { id, kind, day, paymentId, hasSeenIdentity, by, enteredAt, end } = request;
  return toItem(keys.personRequest(id), 'person-request', 1, {
    ...{ id, kind, day, hasSeenIdentity, by },
    ...(paymentId !== undefined && { paymentId }),
    enteredAt: enteredAt.toISOString(),
    ...(end && {
      end: { how: end.how, by: end.by, at: end.at.toISOString(), ...(end.reason && { reason: end.reason }) },
      ...timeToLive('person-request', keptUntil(end)),
    }),
    list: lists.personRequests(hongKongMonth(receivedAt(request))),
    listOrder: `${receivedAt(request).toISOString()}#${id}`,
  });
}

function receivedAt({ day }: PersonRequest): Date {
  return new Date(`${day}T00:00:00+08:00`);
}

export function fromPersonRequestItem(item: Item): PersonRequest {
  const fields = read(item);
  return {
    id: fields.text('id'),
    kind: fields.oneOf('kind', requestKinds),
    day: fields.text('day'),
    paymentId: fields.maybeText('paymentId'),
    hasSeenIdentity: fields.flag('hasSeenIdentity'),
    by: fields.text('by'),
    enteredAt: fields.date('enteredAt'),
    end: endIn(fields.maybeRecord('end')),
  };
}

function endIn(fields: Fields | undefined): RequestEnd | undefined {
  return (
    fields && {
      how: fields.oneOf('how', requestEnds),
      reason: fields.maybeText('reason'),
      by: fields.text('by'),
      at: fields.date('at'),
    }
  );
}

/** That it is open still. */
export const isOpen = {
  expression: 'attribute_exists(pk) AND attribute_not_exists(#end)',
  names: { '#end': 'end' },
} as const satisfies Expression;
