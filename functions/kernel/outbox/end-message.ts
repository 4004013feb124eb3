import { toAttentionItem } from '#kernel/attention/attention-item.ts';
import type { Context } from '#platform/context/context.ts';
import { count } from '#platform/log.ts';
import { type Change, commit } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { writeOne } from '#platform/table/write-one.ts';
import { toMailChange } from './mail-item.ts';
import { mailNameOf, type OutboxKind, type OutboxMessage } from './outbox.ts';
import type { StoredMessage } from './outbox-item.ts';

/** Takes a message out of the list of those that wait: it was sent or done. */
export function toDoneChange({ key }: Pick<OutboxMessage, 'key'>, now: Date) {
  return toEndChange(key, 'sentAt', now.toISOString());
}

function toEndChange(key: string, name: 'sentAt' | 'stopped', value: string) {
  return {
    update: keys.outbox(key),
    set: {
      expression: 'SET #name = :value REMOVE #list, listOrder',
      names: { '#name': name, '#list': 'list' },
      values: { ':value': value },
    },
  };
}

/**
 * Marks a message as sent or done, in a write for itself: half of what a transaction costs, and a duplicate of an event that comes at
 * this moment is not turned away.
 * @param done.mail what its mail's item says from then on, if anything new; written with it
 */
export async function markDone(
  { message, mail }: { readonly message: Pick<OutboxMessage, 'key'>; readonly mail?: Change | undefined },
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<void> {
  const outbox = toDoneChange(message, now);
  if (mail) await writeWithMail({ outbox }, mail, table);
  else await writeOne(table, outbox);
}

/** Whom a message calls that only a person can let go on. An export is never stopped: it says of itself that it failed. */
const calls = {
  mail: { attention: 'mail-stopped', metric: 'MailNeedsPerson' },
  trustee: { attention: 'mail-stopped', metric: 'MailNeedsPerson' },
  refresh: { attention: 'refresh-stopped', metric: 'RefreshNeedsPerson' },
} as const satisfies { readonly [Kind in OutboxKind]?: object };

/** Stops a message until a person decides, and calls one. The donor's page says so, where a mail has an item. */
export async function stop(
  { message, reason }: { readonly message: StoredMessage<keyof typeof calls>; readonly reason: string },
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<void> {
  const { key, kind } = message;
  const checkoutId = message.kind === 'mail' ? message.checkoutId : undefined;
  const attention = { kind: calls[kind].attention, id: key, checkoutId, at: now, reason };
  const changes = {
    outbox: toEndChange(key, 'stopped', reason),
    attention: { put: toAttentionItem(attention) },
  };
  await writeWithMail(changes, stoppedMail(message, reason), table);
  count(calls[kind].metric, { outboxKey: key, reason });
}

function stoppedMail(message: StoredMessage<keyof typeof calls>, reason: string): Change | undefined {
  if (message.kind !== 'mail' || reason === 'person-erased') return undefined;
  const { checkoutId } = message;
  return toMailChange({ checkoutId, name: mailNameOf(message) }, 'SET stopped = :reason', {
    ':reason': reason,
  });
}

/** Stops a mail that must not be sent to anybody, or a digest that another day's follows; no person has to look at it. */
export async function supersede(
  {
    message,
    reason,
  }: {
    readonly message: Pick<OutboxMessage, 'key'>;
    readonly reason:
      | 'refund-failed'
      | 'address-corrected'
      | 'promise-over'
      | 'link-over'
      | 'digest-refused'
      | 'digest-late';
  },
  { table }: Pick<Context, 'table'>,
): Promise<void> {
  await commit(table, () => ({ outbox: toEndChange(message.key, 'stopped', reason) }));
}

/** Writes a message's end, and what its mail's item says beside it, in one transaction; without the item where it was erased. */
async function writeWithMail(
  changes: { readonly outbox: Change; readonly attention?: Change },
  mail: Change | undefined,
  table: Context['table'],
): Promise<void> {
  const outcome = await commit(table, () => ({ ...changes, ...(mail && { mail }) }));
  if (!outcome.committed) await commit(table, () => changes);
}
