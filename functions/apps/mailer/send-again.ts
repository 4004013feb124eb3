import { resolvedAlong } from '#kernel/attention/attention-item.ts';
import { auditChange } from '#kernel/audit-log/audit-change.ts';
import { againKey, mailNameOf } from '#kernel/outbox/outbox.ts';
import { fromOutboxItem, type StoredMessage, toOutboxItem } from '#kernel/outbox/outbox-item.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import { commit, isNew } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { retryOnConflict } from '#platform/table/retry-on-conflict.ts';
import { readItems, type Table } from '#platform/table/table.ts';
import { readerKeys, readerOf } from './gift-facts.ts';
import { hasRefundFailed } from './gift-refunded-facts.ts';

/** A mail that a person sent again: its new message, and whether this request created it. */
export interface SentAgain {
  /** The key of the new message. */
  readonly as: string;
  readonly changed: boolean;
}

/**
 * Sends a stopped mail again, as a new message: it has its own key, so its own idempotency key at Resend, and its facts are gathered
 * again. A message has one such successor at most, so a repeated request changes nothing; when the successor is stopped too, it can be
 * sent again in its turn.
 *
 * @throws Problem `not-found`; `mail-not-stopped` while it is on its way or was sent; `mail-without-reader` when the person's data is
 * erased, when another mail went to a corrected address, or when the refund that the mail is about has failed
 */
export async function sendAgain(
  { key, permit }: { readonly key: string; readonly permit: Permit<'mail.send-again'> },
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<SentAgain> {
  return retryOnConflict(async () => {
    const outboxAt = keys.outbox(key);
    const attentionAt = keys.attention('mail-stopped', key);
    const found = await readItems(table, [outboxAt, attentionAt], { consistent: true });
    const item = found.itemAt(outboxAt);
    const message = item && fromOutboxItem(item);
    if (message?.kind !== 'mail') throw new Problem('not-found', 'There is no such mail.');
    if (message.sentAgainAs) return { as: message.sentAgainAs, changed: false };
    if (!message.stopped) throw new Problem('mail-not-stopped', 'This mail is on its way, or it was sent.');
    await requireReader(message, table);
    const as = againKey(key);
    const outcome = await commit(table, () => ({
      stopped: {
        update: outboxAt,
        set: { expression: 'SET sentAgainAs = :as', values: { ':as': as } },
        condition: 'attribute_exists(stopped) AND attribute_not_exists(sentAgainAs)',
      },
      // The facts are gathered again; without the person's data there is nobody to write to.
      mail: { remove: keys.personMail(message.checkoutId, mailNameOf(message)) },
      person: { check: keys.person(message.checkoutId), condition: { expression: 'attribute_exists(pk)' } },
      outbox: {
        put: toOutboxItem({
          key: as,
          kind: 'mail',
          template: message.template,
          paymentId: message.paymentId,
          checkoutId: message.checkoutId,
          createdAt: now,
        }),
        condition: isNew,
      },
      ...resolvedAlong(found.itemAt(attentionAt), { by: permit.actor.id, at: now, note: 'Sent again.' }),
      audit: auditChange(
        permit,
        { object: { kind: 'mail', id: key }, before: { state: 'stopped' }, after: { state: 'sent-again' } },
        now,
      ),
    }));
    return outcome.committed ? { as, changed: true } : undefined;
  });
}

async function requireReader(message: StoredMessage<'mail'>, table: Table): Promise<void> {
  const reader = readerOf(message, await readItems(table, readerKeys(message), { consistent: true }));
  if (reader === 'erased') {
    throw new Problem('mail-without-reader', "The person's data was erased: nobody is there to write to.");
  }
  if (reader === 'superseded') {
    throw new Problem('mail-without-reader', 'The address was corrected, and another mail went there.');
  }
  if (reader === 'promise-over') {
    throw new Problem('mail-without-reader', 'The promise that it is about is kept, or over.');
  }
  if (message.template === 'gift-refunded' && (await hasRefundFailed(message, { table }))) {
    throw new Problem('mail-without-reader', 'The refund that it reports has failed.');
  }
}
