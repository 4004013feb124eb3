import { callForTrouble } from '#kernel/outbox/call-for-trouble.ts';
import { markDone, stop, supersede } from '#kernel/outbox/end-message.ts';
import type { StoredMessage } from '#kernel/outbox/outbox-item.ts';
import { readTrusteeLink } from '#kernel/trustees/read-trustee-link.ts';
import { endOfLink, type TrusteeLink, trusteeDoor, trusteeOf } from '#kernel/trustees/trustee-link.ts';
import { charity, type Trustee } from '#platform/charity.ts';
import { formatDate, formatTime } from '#platform/clock.ts';
import { Problem } from '#platform/errors.ts';
import { trusteeToken } from '#platform/ids.ts';
import { formatMoney } from '#platform/money.ts';
import { renderMail } from '../../../emails/render.tsx';
import type { MailContext, Mailed } from './mail-context.ts';
import type { OutgoingMail } from './resend-gateway.ts';

/**
 * Asks a trustee by mail, at the address in the configuration. All that the mail says stands with the link, but for its secret, which
 * follows from the link's id; so each attempt sends the same bytes, and none comes later than the link is good.
 */
export async function sendTrusteeMail(message: StoredMessage<'trustee'>, ctx: MailContext): Promise<Mailed> {
  const now = ctx.clock();
  if (message.sentAt) return { kind: 'already-sent' };
  if (message.stopped) return { kind: 'stopped', reason: message.stopped };
  if (!ctx.hash) throw new Error('Without the hash key no link can be made.');
  const token = trusteeToken(await ctx.hash(), message.linkId);
  const link = await readTrusteeLink(token, { table: ctx.table, now }).catch(goneOf);
  const trustee = link && trusteeOf(link.trustee);
  if (!link || !trustee || endOfLink(link, now)) {
    await supersede({ message, reason: 'link-over' }, ctx);
    return { kind: 'stopped', reason: 'link-over' };
  }
  const outcome = await ctx.send(toMail(link, trustee, ctx.siteUrl + trusteeDoor + token), message.key);
  switch (outcome.kind) {
    case 'sent':
      await markDone({ message }, { table: ctx.table, now });
      return { kind: 'sent' };
    case 'refused':
      await stop({ message, reason: outcome.reason }, { table: ctx.table, now });
      return { kind: 'stopped', reason: outcome.reason };
    case 'account':
      await callForTrouble(outcome.trouble, { table: ctx.table, now });
      return outcome;
    default:
      return outcome;
  }
}

function goneOf(error: unknown): undefined {
  if (!(error instanceof Problem)) throw error;
}

function toMail(link: TrusteeLink, { name, email, language }: Trustee, url: string): OutgoingMail {
  const { amount, currency, fund, what, requester } = link.asked;
  const separator = language === 'en' ? ', ' : ' ';
  return {
    from: `${JSON.stringify(charity.name[language])} <${charity.sender}>`,
    to: email,
    replyTo: charity.replyTo,
    ...renderMail('trustee-asked', {
      ...{ language, name, requester, url },
      amount: formatMoney(amount, currency),
      ...{ fund: fund[language], what: what[language] },
      until: `${formatDate(link.until, language)}${separator}${formatTime(link.until)}`,
      charity: { name: charity.name[language], replyTo: charity.replyTo },
    }),
    headers: { 'Auto-Submitted': 'auto-generated' },
    tags: [{ name: 'mail', value: 'trustee-asked' }],
  };
}
