import { type MailMessage, paymentOfPromise } from '#kernel/outbox/outbox.ts';
import { hongKongMonth } from '#platform/clock.ts';
import { isNew } from '#platform/table/commit.ts';
import { keys, lists } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import { type PromisedGift, promiseWays } from './promise.ts';

/** The item of a promise; while it is open it stands in the list of its month. */
function toPromiseItem(promise: PromisedGift): Item {
  const { reference, checkoutId, fund, amount, way, madeAt, state, remindedAt } = promise;
  return toItem(keys.promise(reference), 'promise', 1, {
    reference,
    checkoutId,
    fund,
    amount,
    way,
    madeAt: madeAt.toISOString(),
    state,
    ...(remindedAt && { remindedAt: remindedAt.toISOString() }),
    ...(state === 'open' && {
      list: lists.promises(hongKongMonth(madeAt)),
      listOrder: `${madeAt.toISOString()}#${reference}`,
    }),
  });
}

export function fromPromiseItem(item: Item): PromisedGift {
  const fields = read(item);
  return {
    reference: fields.text('reference'),
    checkoutId: fields.text('checkoutId'),
    fund: fields.text('fund'),
    amount: fields.int('amount'),
    way: fields.oneOf('way', promiseWays),
    madeAt: fields.date('madeAt'),
    state: fields.oneOf('state', ['open', 'received', 'lapsed']),
    remindedAt: fields.maybeDate('remindedAt'),
  };
}

export function toNewPromiseChange(promise: PromisedGift) {
  return { put: toPromiseItem(promise), condition: isNew };
}

/** Makes an open promise another one, unless it is not open any more. */
export function toPromiseChange(promise: PromisedGift) {
  return {
    put: toPromiseItem(promise),
    condition: { expression: '#state = :open', names: { '#state': 'state' }, values: { ':open': 'open' } },
  };
}

/** The mail that says how to pay a promise, or reminds of it. */
export function promiseMail(
  { reference, checkoutId, fund }: PromisedGift,
  key: string,
  createdAt: Date,
): MailMessage {
  const paymentId = paymentOfPromise(reference);
  return { kind: 'mail', template: 'promise-made', key, paymentId, checkoutId, fund, createdAt };
}
