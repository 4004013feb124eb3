import { standingKeys } from '#giving/campaigns/read-campaigns.ts';
import {
  callForTrouble,
  openTroubles,
  resolveTroubles,
  troubleKeys,
} from '#kernel/outbox/call-for-trouble.ts';
import { markDone, stop, supersede } from '#kernel/outbox/end-message.ts';
import { fromMailItem, type MailAttempt, toMailChange, toMailItem } from '#kernel/outbox/mail-item.ts';
import { toTags } from '#kernel/outbox/mail-tags.ts';
import { type MailAbout, mailNameOf } from '#kernel/outbox/outbox.ts';
import { fromOutboxItem, mailAbout, requireKind, type StoredMessage } from '#kernel/outbox/outbox-item.ts';
import { charity } from '#platform/charity.ts';
import { bodyDigest } from '#platform/ids.ts';
import { commit } from '#platform/table/commit.ts';
import { type Key, keys } from '#platform/table/keys.ts';
import { type ItemsRead, readItems } from '#platform/table/table.ts';
import { putNew } from '#platform/table/write-one.ts';
import { sameValue } from '#platform/values.ts';
import { renderMail } from '../../../emails/render.tsx';
import { type NoReader, type PromiseReader, type Reader, readerKeys, readerOf } from './gift-facts.ts';
import { giftReceivedAttempt } from './gift-received-facts.ts';
import { giftRefundedAttempt, hasRefundFailed } from './gift-refunded-facts.ts';
import { lastAutomaticAttempt, type MailContext, type Mailed } from './mail-context.ts';
import { promiseFactKeys, promiseMadeAttempt } from './promise-made-facts.ts';
import type { OutgoingMail, SendOutcome } from './resend-gateway.ts';
import { sendDigest } from './send-digest.ts';
import { sendTrusteeMail } from './trustee-mail.ts';

/**
 * Sends one message of the outbox, once. The first attempt stores the facts, so a retry under the same key sends the same bytes; a sent
 * message is marked and never sent again. Each attempt reads whether to write at all: not when the person's data was erased, and not to
 * an address that was corrected.
 *
 * @param about what the queue says the mail is about: then all is read at once
 */
export async function sendMail(outboxKey: string, ctx: MailContext, about?: MailAbout): Promise<Mailed> {
  const outboxAt = keys.outbox(outboxKey);
  const wanted = [outboxAt, ...troubleKeys, ...(about ? attemptKeys({ key: outboxKey, ...about }) : [])];
  const read = await readItems(ctx.table, wanted, { consistent: true });
  const item = read.itemAt(outboxAt);
  if (!item) return { kind: 'gone' };
  const found = fromOutboxItem(item);
  if (found.kind === 'digest') return sendDigest(requireKind(found, 'digest'), ctx);
  if (found.kind === 'trustee') return sendTrusteeMail(requireKind(found, 'trustee'), ctx);
  const message = requireKind(found, 'mail');
  if (message.sentAt) return { kind: 'already-sent' };
  if (message.stopped) return { kind: 'stopped', reason: message.stopped };
  if (message.template === 'gift-refunded' && (await hasRefundFailed(message, ctx))) {
    return superseded(message, 'refund-failed', ctx);
  }
  const now = ctx.clock();
  const first = await firstAttempt(message, now, ctx, about && isAbout(message, about) ? read : undefined);
  if (first === 'erased') return stopped(message, 'person-erased', now, ctx);
  if (first === 'superseded') return superseded(message, 'address-corrected', ctx);
  if (first === 'promise-over') return superseded(message, first, ctx);
  const { attempt, mail = toMail(attempt) } = first;
  if (now.getTime() - attempt.firstAttemptAt.getTime() > lastAutomaticAttempt) {
    return stopped(message, 'too-old', now, ctx);
  }
  if (attempt.digest && attempt.digest !== bodyDigest(mail) && !(await bindAnew(attempt, mail, ctx))) {
    return stopped(message, 'template-changed', now, ctx);
  }
  const outcome = await ctx.send(mail, message.key);
  const mailed = await conclude(message, attempt, outcome, now, ctx);
  // A mail that Resend takes proves that earlier trouble of the account is over, even if this mail had none.
  if (mailed.kind === 'sent') await resolveTroubles(openTroubles(read), { table: ctx.table, now });
  return mailed;
}

function isDelayed({ doubtful, troubles = [] }: MailAttempt): boolean {
  return doubtful === true || troubles.length > 0;
}

/** Records what Resend did with a mail. */
async function conclude(
  message: StoredMessage<'mail'>,
  attempt: MailAttempt,
  outcome: SendOutcome,
  now: Date,
  ctx: MailContext,
): Promise<Mailed> {
  const { table } = ctx;
  const troubles = attempt.troubles ?? [];
  switch (outcome.kind) {
    case 'sent':
      // The trouble that delayed the mail is over.
      await markDone(
        {
          message,
          mail: isDelayed(attempt) ? toMailChange(attempt, 'REMOVE troubles, doubtful') : undefined,
        },
        { table, now },
      );
      return { kind: 'sent' };
    case 'refused':
      return stopped(message, outcome.reason, now, ctx);
    case 'account':
      if (!troubles.includes(outcome.trouble)) {
        const all = { ':troubles': [...troubles, outcome.trouble] };
        await commit(table, () => ({ mail: toMailChange(attempt, 'SET troubles = :troubles', all) }));
      }
      await callForTrouble(outcome.trouble, { table, now });
      return outcome;
    case 'failed-for-now':
      if (!attempt.doubtful) {
        await commit(table, () => ({ mail: toMailChange(attempt, 'SET doubtful = :yes', { ':yes': true }) }));
      }
      return outcome;
    case 'slow-down':
      return outcome;
  }
}

/**
 * Binds a mail to new bytes, when Resend has certainly taken none of its attempts: mending the account may change them, for example the
 * sender.
 */
async function bindAnew(attempt: MailAttempt, mail: OutgoingMail, { table }: MailContext): Promise<boolean> {
  if (attempt.doubtful || (attempt.troubles ?? []).length === 0) return false;
  const digest = { ':digest': bodyDigest(mail) };
  return (await commit(table, () => ({ mail: toMailChange(attempt, 'SET digest = :digest', digest) })))
    .committed;
}

async function stopped(
  message: StoredMessage<'mail'>,
  reason: string,
  now: Date,
  { table }: MailContext,
): Promise<Mailed> {
  await stop({ message, reason }, { table, now });
  return { kind: 'stopped', reason };
}

async function superseded(
  message: StoredMessage<'mail'>,
  reason: 'refund-failed' | 'address-corrected' | 'promise-over',
  { table }: MailContext,
): Promise<Mailed> {
  await supersede({ message, reason }, { table });
  return { kind: 'stopped', reason };
}

/** The items that the first attempt is made of, or stands in. */
function attemptKeys(about: MailAbout & { readonly key: string }): Key[] {
  const mailAt = keys.personMail(about.checkoutId, mailNameOf(about));
  return [mailAt, ...readerKeys(about), ...factKeys(about)];
}

/** What a mail says beyond its reader, as far as the message knows where it stands. */
function factKeys({ template, checkoutId, fund }: MailAbout): Key[] {
  if (fund === undefined) return [];
  return template === 'promise-made' ? promiseFactKeys({ checkoutId, fund }) : standingKeys(fund);
}

/** Whether a queue says of a message what the message says of itself. */
function isAbout(message: StoredMessage<'mail'>, about: MailAbout): boolean {
  return sameValue(mailAbout(message), mailAbout(about));
}

/**
 * The facts of the first attempt: stored before or stored now, with the mail that was made of them; or the reason why nobody is
 * written to.
 * @param known holds the items at `attemptKeys`, where they were read
 */
async function firstAttempt(
  message: StoredMessage<'mail'>,
  now: Date,
  ctx: MailContext,
  known?: ItemsRead,
): Promise<{ readonly attempt: MailAttempt; readonly mail?: OutgoingMail } | NoReader> {
  const at = keys.personMail(message.checkoutId, mailNameOf(message));
  const read = known ?? (await readItems(ctx.table, attemptKeys(message), { consistent: true }));
  const reader = readerOf(message, read);
  if (typeof reader === 'string') return reader;
  const stored = read.itemAt(at);
  if (stored) return { attempt: fromMailItem(stored) };
  const facts = await gatherFacts(message, reader, { ...ctx, now });
  if (facts === 'erased') return facts;
  const mail = toMail(facts);
  const attempt: MailAttempt = { ...facts, digest: bodyDigest(mail) };
  const before = await putNew(ctx.table, toMailItem(attempt));
  return before ? firstAttempt(message, now, ctx) : { attempt, mail };
}

async function gatherFacts(
  message: StoredMessage<'mail'>,
  reader: Reader | PromiseReader,
  ctx: MailContext & { readonly now: Date },
): Promise<Unsigned | 'erased'> {
  if ('promise' in reader) return promiseMadeAttempt(message, reader, ctx);
  const gather = message.template === 'gift-refunded' ? giftRefundedAttempt : giftReceivedAttempt;
  return gather(message, reader, ctx);
}

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
    // Of the first attempt, so that a retry sends the same bytes.
    replyTo: attempt.facts.charity.replyTo,
    ...render(attempt),
    // Marks the mail as written by a program (RFC 3834), so that no out-of-office reply answers it.
    headers: { 'Auto-Submitted': 'auto-generated' },
    tags: toTags(attempt),
  };
}

function render(attempt: Unsigned) {
  switch (attempt.template) {
    case 'gift-received':
      return renderMail(attempt.template, attempt.facts);
    case 'gift-refunded':
      return renderMail(attempt.template, attempt.facts);
    case 'promise-made':
      return renderMail(attempt.template, attempt.facts);
  }
}
