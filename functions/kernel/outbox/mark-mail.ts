import { toAttentionItem } from '#kernel/attention/attention-item.ts';
import { count } from '#platform/log.ts';
import { type Change, commit } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import type { Table } from '#platform/table/table.ts';
import { type MailAttempt, toMailChange } from './mail-item.ts';
import { markDone } from './mark-done.ts';
import { mailNameOf } from './outbox.ts';
import type { StoredOutboxMessage } from './outbox-item.ts';

/** Writes a message's outcome, and what its mail's item says beside it, in one transaction; without the item where it was erased. */
async function write(
  table: Table,
  changes: { readonly outbox: Change; readonly attention?: Change },
  mail: Change | undefined,
): Promise<void> {
  const outcome = await commit(table, () => ({ ...changes, ...(mail && { mail }) }));
  if (!outcome.committed) await commit(table, () => changes);
}

/** Takes a message out of the list of unsent ones. */
function toDoneChange(message: StoredOutboxMessage, name: 'sentAt' | 'stopped', value: string): Change {
  return {
    update: keys.outbox(message.key),
    set: {
      expression: 'SET #name = :value REMOVE #list, listOrder',
      names: { '#name': name, '#list': 'list' },
      values: { ':value': value },
    },
  };
}

/** Marks a message as sent. What had delayed its mail is over. */
export async function markSent(
  message: StoredOutboxMessage,
  attempt: MailAttempt,
  now: Date,
  table: Table,
): Promise<void> {
  const wasDelayed = attempt.doubtful || (attempt.troubles ?? []).length > 0;
  if (!wasDelayed) return markDone(keys.outbox(message.key), now, table);
  const mail = toMailChange(attempt, 'REMOVE troubles, doubtful');
  await write(table, { outbox: toDoneChange(message, 'sentAt', now.toISOString()) }, mail);
}

/** Stops a message that nobody is to be written to about: no person has to look at it. */
export async function markSuperseded(
  message: StoredOutboxMessage,
  reason: 'refund-failed' | 'address-corrected',
  table: Table,
): Promise<void> {
  await write(table, { outbox: toDoneChange(message, 'stopped', reason) }, undefined);
}

/** Stops a message until a person decides, and calls one. The giver's page says so, where the mail has an item. */
export async function stopMail(
  message: StoredOutboxMessage,
  reason: string,
  now: Date,
  table: Table,
): Promise<void> {
  const { key, checkoutId } = message;
  const attention = { kind: 'mail-stopped', id: key, checkoutId, at: now, reason } as const;
  const mail = toMailChange({ checkoutId, name: mailNameOf(message) }, 'SET stopped = :reason', {
    ':reason': reason,
  });
  const changes = {
    outbox: toDoneChange(message, 'stopped', reason),
    attention: { put: toAttentionItem(attention) },
  };
  await write(table, changes, reason === 'person-erased' ? undefined : mail);
  count('MailNeedsPerson', { outboxKey: key, reason });
}
