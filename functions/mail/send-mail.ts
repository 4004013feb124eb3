import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { renderMail } from '../../emails/render.tsx';
import { toAttentionItem } from '../gifts/attention-item.ts';
import { charity } from '../platform/charity.ts';
import type { Clock } from '../platform/clock.ts';
import { bodyDigest } from '../platform/ids.ts';
import { count } from '../platform/log.ts';
import { commit } from '../table/commit.ts';
import { keys } from '../table/keys.ts';
import { fromOutboxItem, mailNameOf, type StoredOutboxMessage } from '../table/outbox.ts';
import { readItems, type Table } from '../table/table.ts';
import { giftReceivedAttempt, nobodyToWriteTo } from './gift-received-facts.ts';
import { giftRefundedAttempt, hasRefundFailed } from './gift-refunded-facts.ts';
import { fromMailItem, type MailAttempt, toMailItem } from './mail-item.ts';
import { toTags } from './mail-tags.ts';
import type { OutgoingMail, SendMail } from './resend-gateway.ts';

/** What sending needs from the outside. */
export interface MailDeps {
  readonly table: Table;
  readonly send: SendMail;
  readonly clock: Clock;
  /** Without a trailing slash. */
  readonly siteUrl: string;
}

/** What became of a mail: sent now; nothing to do; try again after a while; or a person has to decide. */
export type Mailed =
  | { readonly kind: 'sent' | 'already-sent' | 'gone' | 'stopped' }
  | { readonly kind: 'slow-down'; readonly afterSeconds: number }
  | { readonly kind: 'failed-for-now'; readonly reason: string };

/** Resend forgets an idempotency key after 24 hours; an attempt later than this could arrive twice. Milliseconds. */
const lastAutomaticAttempt = 23 * 3_600_000;

/**
 * Sends one message of the outbox, once. What it says is fixed at the first attempt, so a retry under the same key sends the
 * same bytes; a message that was sent is marked and never sent again. Whether anybody is to be written to is read at each
 * attempt: not when the person's data was erased, and not to an address that was corrected.
 */
export async function sendMail(outboxKey: string, deps: MailDeps): Promise<Mailed> {
  const outboxAt = keys.outbox(outboxKey);
  const item = (await readItems(deps.table, [outboxAt], { consistent: true })).itemAt(outboxAt);
  if (!item) return { kind: 'gone' };
  const message = fromOutboxItem(item);
  if (message.sentAt) return { kind: 'already-sent' };
  if (message.stopped) return { kind: 'stopped' };
  if (message.template === 'gift-refunded' && (await hasRefundFailed(message, deps.table))) {
    await mark(message, 'stopped', 'refund-failed', deps.table);
    return { kind: 'stopped' };
  }
  const now = deps.clock();
  const attempt = await firstAttempt(message, now, deps);
  if (attempt === 'erased') return stop(message, 'person-erased', now, deps);
  if (attempt === 'superseded') {
    await mark(message, 'stopped', 'address-corrected', deps.table);
    return { kind: 'stopped' };
  }
  if (now.getTime() - attempt.firstAttemptAt.getTime() > lastAutomaticAttempt) {
    return stop(message, 'too-old', now, deps);
  }
  const mail = toMail(attempt);
  if (attempt.digest && attempt.digest !== bodyDigest(mail)) {
    return stop(message, 'template-changed', now, deps);
  }
  const outcome = await deps.send(mail, message.key);
  switch (outcome.kind) {
    case 'sent':
      await mark(message, 'sentAt', now.toISOString(), deps.table);
      return { kind: 'sent' };
    case 'refused':
      return stop(message, outcome.reason, now, deps);
    default:
      return outcome;
  }
}

/** The first attempt's facts: those that are kept, or new ones that are kept now; or why nobody is written to. */
async function firstAttempt(
  message: StoredOutboxMessage,
  now: Date,
  deps: MailDeps,
): Promise<MailAttempt | 'erased' | 'superseded'> {
  const at = keys.personMail(message.checkoutId, mailNameOf(message));
  const personAt = keys.person(message.checkoutId);
  const read = await readItems(deps.table, [at, personAt], { consistent: true });
  const kept = read.itemAt(at);
  if (kept) return nobodyToWriteTo(message, read.itemAt(personAt)) ?? fromMailItem(kept);
  const facts = await gatherFacts[message.template](message, now, deps);
  if (facts === 'erased' || facts === 'superseded') return facts;
  const attempt: MailAttempt = { ...facts, digest: bodyDigest(toMail(facts)) };
  try {
    await deps.table.client.send(
      new PutCommand({
        TableName: deps.table.name,
        Item: toMailItem(attempt),
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    );
    return attempt;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return firstAttempt(message, now, deps);
  }
}

const gatherFacts = {
  'gift-received': giftReceivedAttempt,
  'gift-refunded': giftRefundedAttempt,
} as const;

type Unsigned = MailAttempt extends infer Each
  ? Each extends unknown
    ? Omit<Each, 'digest'>
    : never
  : never;

function toMail(attempt: Unsigned): OutgoingMail {
  const sender = charity.name[attempt.facts.language];
  return {
    from: `${JSON.stringify(sender)} <${charity.sender}>`,
    to: attempt.to,
    replyTo: charity.replyTo,
    ...render(attempt),
    tags: toTags(attempt),
  };
}

function render(attempt: Unsigned) {
  return attempt.template === 'gift-received'
    ? renderMail(attempt.template, attempt.facts)
    : renderMail(attempt.template, attempt.facts);
}

/** Takes a message out of the list of unsent ones, with the reason. */
async function mark(
  message: StoredOutboxMessage,
  name: 'sentAt' | 'stopped',
  value: string,
  table: Table,
): Promise<void> {
  const { pk, sk } = keys.outbox(message.key);
  await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: { pk, sk },
      UpdateExpression: 'SET #name = :value REMOVE #list, listOrder',
      ExpressionAttributeNames: { '#name': name, '#list': 'list' },
      ExpressionAttributeValues: { ':value': value },
    }),
  );
}

async function stop(
  message: StoredOutboxMessage,
  reason: string,
  now: Date,
  deps: MailDeps,
): Promise<Mailed> {
  const attention = {
    kind: 'mail-stopped',
    id: message.key,
    checkoutId: message.checkoutId,
    at: now,
    reason,
  } as const;
  await commit(deps.table, () => ({
    outbox: {
      update: keys.outbox(message.key),
      set: {
        expression: 'SET stopped = :reason REMOVE #list, listOrder',
        names: { '#list': 'list' },
        values: { ':reason': reason },
      },
    },
    attention: { put: toAttentionItem(attention) },
  }));
  count('MailNeedsPerson', { outboxKey: message.key, reason });
  return { kind: 'stopped' };
}
