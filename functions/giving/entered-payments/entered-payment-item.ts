import { languages } from '#platform/charity.ts';
import { utcHour } from '#platform/clock.ts';
import { isDonorId } from '#platform/id-shapes.ts';
import type { Expression } from '#platform/table/commit.ts';
import { keys, lists } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import type { SingleChange } from '#platform/table/write-one.ts';
import { type EnteredPayment, means } from './entered-payment.ts';

/** The item of an entry that waits to be booked. It holds no name and no address; booking it takes it away. */
export function toEnteredPaymentItem(entered: EnteredPayment): Item {
  const { enteredAt, donor, promise, ...plain } = entered;
  return toItem(keys.enteredPayment(entered.id), 'entered-payment', 1, {
    ...plain,
    ...(donor && { donor }),
    ...(promise !== undefined && { promise }),
    enteredAt: enteredAt.toISOString(),
    state: 'waiting',
    list: lists.enteredPayments(utcHour(enteredAt)),
    listOrder: `${enteredAt.toISOString()}#${entered.id}`,
  });
}

export function fromEnteredPaymentItem(item: Item): EnteredPayment {
  const fields = read(item);
  const donor = fields.maybeText('donor');
  return {
    id: fields.text('id'),
    means: fields.oneOf('means', means),
    fund: fields.text('fund'),
    amount: fields.int('amount'),
    day: fields.text('day'),
    reference: fields.text('reference'),
    checkoutId: fields.text('checkoutId'),
    donor: donor === undefined ? undefined : fields.textThat('donor', isDonorId, "a donor's id"),
    language: fields.oneOf('language', languages),
    thank: fields.flag('thank'),
    promise: fields.maybeText('promise'),
    by: fields.text('by'),
    enteredAt: fields.date('enteredAt'),
  };
}

/** That it waits still: nobody has begun to book it. */
export const stillWaits = {
  expression: '#state = :waiting',
  names: { '#state': 'state' },
  values: { ':waiting': 'waiting' },
} as const satisfies Expression;

/** Lets it be booked from now on, and not undone any more; again changes nothing, and so does one that was undone meanwhile. */
export function toBeingBooked({ id, enteredAt }: EnteredPayment): SingleChange {
  return {
    update: keys.enteredPayment(id),
    set: {
      expression: 'SET #state = :booking',
      names: { '#state': 'state' },
      values: { ':booking': 'booking', ':enteredAt': enteredAt.toISOString() },
    },
    condition: 'enteredAt = :enteredAt',
  };
}

/** Ends the promise that a booked entry keeps, unless it was ended so before; a lapsed one too. */
export function toReceivedPromiseChange(reference: string): SingleChange {
  return {
    update: keys.promise(reference),
    set: {
      expression: 'SET #state = :received REMOVE #list, listOrder',
      names: { '#state': 'state', '#list': 'list' },
      values: { ':received': 'received' },
    },
    condition: 'attribute_exists(pk) AND #state <> :received',
  };
}
