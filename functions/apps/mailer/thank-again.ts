import { resolvedAlong } from '#kernel/attention/attention-item.ts';
import { auditChange } from '#kernel/audit-log/audit-change.ts';
import { againKey, giftReceivedAgainKey, giftReceivedKey, mailNameOf } from '#kernel/outbox/outbox.ts';
import { fromOutboxItem, type StoredMessage, toOutboxItem } from '#kernel/outbox/outbox-item.ts';
import { personAt } from '#kernel/people/read-person.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import { isPaymentId } from '#payments/payment/read-payment.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import { type Change, commit, isNew } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { once } from '#platform/table/once.ts';
import { readItems, type Table } from '#platform/table/table.ts';
import { chainOf } from './mail-chain.ts';

/** The thanks that a person sends again. */
interface ThanksToSend {
  readonly paymentId: string;
  readonly checkoutId: string;
  /** The last message of it so far; undefined where none was made. */
  readonly last: StoredMessage<'mail'> | undefined;
  /** Under which it goes now. */
  readonly as: string;
}

/**
 * Sends the thanks for a payment again, also when they arrived: with its facts of now, to the address of now. Each request sends one mail
 * under its key; a payment that nobody was thanked for is thanked for the first time.
 *
 * @returns the key of the new message
 * @throws Problem `not-found`, `mail-without-reader` when nobody is there to write to, `mail-not-stopped` while the last one is on its
 * way, `mail-sent-often`, `idempotency-key-reused`
 */
export async function thankAgain(
  {
    paymentId,
    idempotencyKey,
    permit,
  }: {
    readonly paymentId: string;
    readonly idempotencyKey: string;
    readonly permit: Permit<'mail.send-again'>;
  },
  ctx: Pick<Context, 'table' | 'now'>,
): Promise<string> {
  const { table, now } = ctx;
  const keyed = { caller: permit.actor.id, route: `thanks/${paymentId}`, key: idempotencyKey, body: {} };
  return once<string>(ctx, keyed, {
    attempt: async (record) => {
      const thanks = await readThanks(paymentId, table);
      const { last, as, checkoutId } = thanks;
      const attentionAt = keys.attention('mail-stopped', last?.key ?? as);
      const stopped = (await readItems(table, [attentionAt], { consistent: true })).itemAt(attentionAt);
      const outcome = await commit(table, () => ({
        once: record(as),
        ...(last && {
          last: toFollowedChange(last, as),
          mail: { remove: keys.personMail(checkoutId, mailNameOf(last)) },
        }),
        person: { check: keys.person(checkoutId), condition: { expression: 'attribute_exists(pk)' } },
        outbox: { put: toOutboxItem(messageOf(thanks, now)), condition: isNew },
        ...resolvedAlong(stopped, { by: permit.actor.id, at: now, note: 'Sent again.' }),
        audit: auditChange(
          permit,
          { object: { kind: 'gift', id: paymentId }, after: { state: 'thanked-again' } },
          now,
        ),
      }));
      return outcome.committed ? as : undefined;
    },
    answer: async (as) => as,
  });
}

async function readThanks(paymentId: string, table: Table): Promise<ThanksToSend> {
  const key = keys.payment(paymentId);
  const item = isPaymentId(paymentId)
    ? (await readItems(table, [key], { consistent: true })).itemAt(key)
    : undefined;
  if (!item) throw new Problem('not-found', 'There is no such gift.');
  const { checkoutId, at } = fromPaymentItem(item);
  const [first, corrected] = [giftReceivedKey(paymentId), giftReceivedAgainKey(paymentId)];
  const chains = [first, corrected].flatMap(chainOf).map(keys.outbox);
  const read = await readItems(table, [keys.person(checkoutId), ...chains], { consistent: true });
  const person = personAt(read, checkoutId, at);
  if (!person) throw new Problem('mail-without-reader', "The person's data was erased: nobody is there.");
  if (person.email === '') throw new Problem('mail-without-reader', 'The donor gave no e-mail address.');
  const chain = chainOf(person.thankedAnew ? corrected : first);
  const messages = chain.flatMap((each) => read.itemAt(keys.outbox(each)) ?? []).map(fromOutboxItem);
  const last = messages.at(-1);
  if (last === undefined) return { paymentId, checkoutId, last, as: first };
  if (last.kind !== 'mail') throw new Error(`The message ${last.key} is no mail.`);
  if (!last.sentAt && !last.stopped) throw new Problem('mail-not-stopped', 'The thanks are on their way.');
  if (messages.length === chain.length) {
    throw new Problem('mail-sent-often', `These thanks were sent ${chain.length} times. Write to the donor.`);
  }
  return { paymentId, checkoutId, last, as: againKey(last.key) };
}

/** Says of a message which one follows it, while it is over and none does. */
function toFollowedChange({ key }: StoredMessage<'mail'>, as: string): Change {
  return {
    update: keys.outbox(key),
    set: { expression: 'SET sentAgainAs = :as', values: { ':as': as } },
    condition:
      '(attribute_exists(stopped) OR attribute_exists(sentAt)) AND attribute_not_exists(sentAgainAs)',
  };
}

function messageOf({ paymentId, checkoutId, as }: ThanksToSend, createdAt: Date) {
  return { key: as, kind: 'mail', template: 'gift-received', paymentId, checkoutId, createdAt } as const;
}
