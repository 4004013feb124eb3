import { whatWaits } from '#kernel/attention/attention-item.ts';
import { utcHour } from '#platform/clock.ts';
import { shardOf } from '#platform/ids.ts';
import { keys, outboxLists, outboxShards } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import {
  type MailAbout,
  type MessageOf,
  type OutboxKind,
  type OutboxMessage,
  outboxTemplates,
  refreshedObjects,
} from './outbox.ts';

/** The kind of an outbox item: it follows from what the item holds. */
export function kindOf(item: Item): OutboxKind {
  if (item.exportId !== undefined) return 'export';
  if (item.linkId !== undefined) return 'trustee';
  if (item.waiting !== undefined) return 'digest';
  if (item.uploadId !== undefined) return 'photo';
  if (item.object !== undefined) return 'refresh';
  return item.template === undefined ? 'fulfil' : 'mail';
}

/** The item of a message that waits. It stands in one list of the hour in which it was made, until it is done or stopped. */
export function toOutboxItem(message: OutboxMessage): Item {
  const { key, createdAt } = message;
  return toItem(keys.outbox(key), 'outbox', 1, {
    key,
    ...facts(message),
    createdAt: createdAt.toISOString(),
    list: String(outboxLists(utcHour(createdAt))[shardOf(key, outboxShards)]),
    listOrder: createdAt.toISOString(),
  });
}

function facts(message: OutboxMessage): object {
  switch (message.kind) {
    case 'mail':
      return mailAbout(message);
    case 'trustee':
      return { linkId: message.linkId };
    case 'digest':
      return {
        to: message.to,
        waiting: message.waiting.map(({ what, count, dueBy }) => ({
          ...{ what, count },
          ...(dueBy && { dueBy: dueBy.toISOString() }),
        })),
      };
    case 'refresh': {
      const { object, objectId, eventId } = message;
      return { object, objectId, eventId };
    }
    case 'fulfil': {
      const { paymentId, checkoutId } = message;
      return { paymentId, checkoutId };
    }
    case 'export':
      return { exportId: message.exportId };
    case 'photo':
      return { slug: message.slug, uploadId: message.uploadId };
  }
}

export function mailAbout({ template, paymentId, checkoutId, fund }: MailAbout): MailAbout {
  return { template, paymentId, checkoutId, ...(fund !== undefined && { fund }) };
}

/** Whether a message that waits stands where the sweep looks; one that is done or stopped stands in no list. */
export function isSwept(item: Item): boolean {
  const fields = read(item);
  const list = fields.maybeText('list');
  return list === undefined || outboxLists(utcHour(fields.date('createdAt'))).includes(list);
}

/** A message as it stands in the table. */
export type StoredMessage<Kind extends OutboxKind = OutboxKind> = MessageOf<Kind> & {
  /** When it was sent or done; undefined while it waits. */
  readonly sentAt: Date | undefined;
  /** Why a person has to decide; undefined while it is done by itself. */
  readonly stopped: string | undefined;
  /** The key of the message by which a person sent it again. */
  readonly sentAgainAs: string | undefined;
};

export function fromOutboxItem(item: Item): StoredMessage {
  const fields = read(item);
  return {
    ...messageOf(item),
    sentAt: fields.maybeDate('sentAt'),
    stopped: fields.maybeText('stopped'),
    sentAgainAs: fields.maybeText('sentAgainAs'),
  };
}

function messageOf(item: Item): OutboxMessage {
  const fields = read(item);
  const common = { key: fields.text('key'), createdAt: fields.date('createdAt') };
  const kind = kindOf(item);
  switch (kind) {
    case 'mail':
      return {
        kind,
        ...common,
        template: fields.oneOf('template', outboxTemplates),
        paymentId: fields.text('paymentId'),
        checkoutId: fields.text('checkoutId'),
        fund: fields.maybeText('fund'),
      };
    case 'trustee':
      return { kind, ...common, linkId: fields.text('linkId') };
    case 'digest':
      return {
        kind,
        ...common,
        to: fields.texts('to'),
        waiting: fields.list('waiting').map((each) => ({
          what: each.oneOf('what', whatWaits),
          count: each.int('count'),
          dueBy: each.maybeDate('dueBy'),
        })),
      };
    case 'refresh':
      return {
        kind,
        ...common,
        object: fields.oneOf('object', refreshedObjects),
        objectId: fields.text('objectId'),
        eventId: fields.text('eventId'),
      };
    case 'fulfil':
      return {
        kind,
        ...common,
        paymentId: fields.text('paymentId'),
        checkoutId: fields.text('checkoutId'),
      };
    case 'export':
      return { kind, ...common, exportId: fields.text('exportId') };
    case 'photo':
      return { kind, ...common, slug: fields.text('slug'), uploadId: fields.text('uploadId') };
  }
}

/**
 * Narrows a message to the kind that its worker does.
 * @throws Error for another one: it came into the wrong queue
 */
export function requireKind<Kind extends OutboxKind>(
  message: StoredMessage,
  kind: Kind,
): StoredMessage<Kind> {
  if (message.kind !== kind) throw new Error(`Message ${message.key} is of the kind ${message.kind}.`);
  return message as StoredMessage<Kind>;
}
