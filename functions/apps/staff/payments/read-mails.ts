import { chainOf } from '#apps/mailer/mail-chain.ts';
import {
  fromMailItem,
  type MailProblem,
  type MailWay,
  mailProblemOf,
  mailWayOf,
} from '#kernel/outbox/mail-item.ts';
import { giftReceivedAgainKey, giftReceivedKey, giftRefundedKey } from '#kernel/outbox/outbox.ts';
import { fromOutboxItem, type StoredMessage } from '#kernel/outbox/outbox-item.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import type { Context } from '#platform/context/context.ts';
import { keys } from '#platform/table/keys.ts';
import { readIntact } from '#platform/table/read-item.ts';
import { type Item, readCollection, readItems } from '#platform/table/table.ts';

/** A mail that a donor was sent, or is about to be. */
export interface MailFate {
  readonly name: 'thanks' | 'corrected' | 'refund';
  readonly fate: 'sent' | 'waiting' | Exclude<MailWay, 'usual'> | MailProblem;
  /** When the first attempt was; undefined before it. */
  readonly at: Date | undefined;
  readonly to: string | undefined;
  /** The message by which a person can send it again; undefined where that is not their part. */
  readonly stopped: string | undefined;
}

/** A payment is refunded in few parts. */
const mostMails = 50;

/** Reads what became of the mails about a payment; two requests. */
export async function readMails(
  {
    payment,
    refunds,
  }: {
    readonly payment: { readonly paymentId: string; readonly checkoutId: string };
    /** The refunds that mails may be about. */
    readonly refunds: readonly string[];
    readonly permit: Permit<'person.read'>;
  },
  { table }: Pick<Context, 'table'>,
): Promise<MailFate[]> {
  const { paymentId, checkoutId } = payment;
  const mails = [
    { name: 'thanks', key: giftReceivedKey(paymentId), sk: 'gift-received' },
    { name: 'corrected', key: giftReceivedAgainKey(paymentId), sk: 'gift-received-corrected' },
    ...refunds.map(
      (id) => ({ name: 'refund', key: giftRefundedKey(id), sk: `gift-refunded-${id}` }) as const,
    ),
  ] as const;
  const [beside, sent] = await Promise.all([
    readCollection(table, keys.person(checkoutId).pk, { order: 'oldest', limit: mostMails }),
    readItems(table, mails.flatMap(({ key }) => chainOf(key)).map(keys.outbox)),
  ]);
  const fates = readIntact(mails, ({ name, key, sk }): MailFate | undefined => {
    const items = chainOf(key).flatMap((each) => sent.itemAt(keys.outbox(each)) ?? []);
    const message = items.map(fromOutboxItem).at(-1);
    if (message?.kind !== 'mail') return undefined;
    const item = beside.find((each) => each.sk === keys.personMail(checkoutId, sk).sk);
    const mail = item && fromMailItem(item);
    return {
      ...{ name, fate: fateOf(message, item), at: mail?.firstAttemptAt, to: mail?.to },
      stopped: message.stopped === undefined ? undefined : message.key,
    };
  });
  return fates.filter((each) => each !== undefined);
}

function fateOf(message: StoredMessage<'mail'>, item: Item | undefined): MailFate['fate'] {
  if (message.stopped !== undefined) return 'stopped';
  const problem = item && mailProblemOf(item);
  if (problem) return problem;
  if (message.sentAt !== undefined) return 'sent';
  return item && mailWayOf(item) !== 'usual' ? 'delayed' : 'waiting';
}
