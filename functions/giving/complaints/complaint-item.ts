import { languages } from '#platform/charity.ts';
import { hongKongMonth } from '#platform/clock.ts';
import type { Change } from '#platform/table/commit.ts';
import { keys, lists } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import { timeToLive } from '#platform/table/time-to-live.ts';
import { type Complaint, type ComplaintAnswer, lifetime } from './complaint.ts';

/** The item of a new complaint; it stands in the list of its month, and ends by itself. */
export function toComplaintItem({ id, text, contact, about, language, receivedAt }: Complaint): Item {
  return toItem(keys.complaint(id), 'complaint', 1, {
    ...{ id, text, language, receivedAt: receivedAt.toISOString() },
    ...(contact !== undefined && { contact }),
    ...(about !== undefined && { about }),
    list: lists.complaints(hongKongMonth(receivedAt)),
    listOrder: `${receivedAt.toISOString()}#${id}`,
    ...timeToLive('complaint', new Date(receivedAt.getTime() + lifetime)),
  });
}

export function fromComplaintItem(item: Item): Complaint {
  const fields = read(item);
  const at = fields.maybeDate('answeredAt');
  return {
    id: fields.text('id'),
    text: fields.text('text'),
    contact: fields.maybeText('contact'),
    about: fields.maybeText('about'),
    language: fields.oneOf('language', languages),
    receivedAt: fields.date('receivedAt'),
    answer: at && { by: fields.text('answeredBy'), at, note: fields.text('answer') },
  };
}

/** Keeps what was answered, unless it was answered before. */
export function toAnsweredChange({ id }: Pick<Complaint, 'id'>, { by, at, note }: ComplaintAnswer): Change {
  return {
    update: keys.complaint(id),
    set: {
      expression: 'SET answeredBy = :by, answeredAt = :at, answer = :answer',
      values: { ':by': by, ':at': at.toISOString(), ':answer': note },
    },
    condition: 'attribute_exists(pk) AND attribute_not_exists(answeredAt)',
  };
}
