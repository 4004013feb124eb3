import type { WaitingCount } from '#kernel/attention/attention-item.ts';
import { attentionKindWords } from '#kernel/attention/attention-words.ts';
import { callForTrouble } from '#kernel/outbox/call-for-trouble.ts';
import { markDone, supersede } from '#kernel/outbox/end-message.ts';
import type { StoredMessage } from '#kernel/outbox/outbox-item.ts';
import { charity } from '#platform/charity.ts';
import { formatDate } from '#platform/clock.ts';
import type { MailFacts } from '../../../emails/catalogue.ts';
import { renderMail } from '../../../emails/render.tsx';
import { lastAutomaticAttempt, type MailContext, type Mailed } from './mail-context.ts';
import type { OutgoingMail } from './resend-gateway.ts';

/**
 * Sends the day's digest to the staff, once. The message holds all that it says, so that a retry sends the same bytes. One that is
 * refused, or that could not be sent all day, is left out: the next day's says what waits then.
 */
export async function sendDigest(message: StoredMessage<'digest'>, ctx: MailContext): Promise<Mailed> {
  const { table } = ctx;
  const now = ctx.clock();
  if (message.sentAt) return { kind: 'already-sent' };
  if (message.stopped) return { kind: 'stopped', reason: message.stopped };
  if (now.getTime() - message.createdAt.getTime() > lastAutomaticAttempt) return leaveOut('digest-late');
  const outcome = await ctx.send(toMail(message, ctx), message.key);
  switch (outcome.kind) {
    case 'sent':
      await markDone({ message }, { table, now });
      return { kind: 'sent' };
    case 'refused':
      return leaveOut('digest-refused');
    case 'account':
      await callForTrouble(outcome.trouble, { table, now });
      return outcome;
    default:
      return outcome;
  }

  async function leaveOut(reason: 'digest-late' | 'digest-refused'): Promise<Mailed> {
    await supersede({ message, reason }, { table });
    return { kind: 'stopped', reason };
  }
}

function toMail(message: StoredMessage<'digest'>, { siteUrl }: Pick<MailContext, 'siteUrl'>): OutgoingMail {
  const facts: MailFacts['what-waits'] = {
    language: 'en',
    day: formatDate(message.createdAt, 'en'),
    count: message.waiting.reduce((sum, { count }) => sum + count, 0),
    waiting: message.waiting.map((each) => ({
      what: nameOf(each),
      count: String(each.count),
      ...(each.dueBy && { due: formatDate(each.dueBy, 'en') }),
    })),
    deskUrl: `${siteUrl}/staff/waiting`,
    sender: charity.name.en,
  };
  return {
    from: `${JSON.stringify(charity.name.en)} <${charity.sender}>`,
    to: [...message.to],
    replyTo: charity.replyTo,
    ...renderMail('what-waits', facts),
    headers: { 'Auto-Submitted': 'auto-generated' },
    tags: [{ name: 'mail', value: 'digest' }],
  };
}

function nameOf({ what }: WaitingCount): string {
  if (what === 'comments') return 'Comments and names to read';
  if (what === 'complaints') return 'Complaints to answer, for those who read them';
  if (what === 'disbursements') return 'Money for families that waits for a step';
  return attentionKindWords[what].title;
}
