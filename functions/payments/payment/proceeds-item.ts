import { keys } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import type { Item, ItemsRead } from '#platform/table/table.ts';
import type { SingleChange } from '#platform/table/write-one.ts';

/** What Stripe left of a payment, once its balance transactions were read. */
export interface Proceeds {
  /** What Stripe took of it, minor units. */
  readonly fee: number;
  /** The payout that brought the rest to the bank; undefined before it. */
  readonly payout: string | undefined;
}

/** Adds a fee to what Stripe took of a payment, in the transaction that books the fee. @param fee minor units */
export function toFeeChange(paymentId: string, fee: number): SingleChange {
  return {
    update: keys.proceeds(paymentId),
    set: {
      expression: 'SET entity = :entity, v = :v ADD fee :fee',
      values: { ':entity': 'proceeds', ':v': 1, ':fee': fee },
    },
  };
}

/** Writes which payout brought a payment to the bank. */
export function toPayoutChange(paymentId: string, payoutId: string): SingleChange {
  return {
    update: keys.proceeds(paymentId),
    set: {
      expression: 'SET entity = :entity, v = :v, payout = :payout',
      values: { ':entity': 'proceeds', ':v': 1, ':payout': payoutId },
    },
  };
}

function fromProceedsItem(item: Item): Proceeds {
  const fields = read(item);
  return { fee: fields.maybeInt('fee') ?? 0, payout: fields.maybeText('payout') };
}

/** What of a payment arrived, among items that were read at `keys.proceeds`; undefined while Stripe has not said it. */
export function proceedsAt(found: ItemsRead, paymentId: string): Proceeds | undefined {
  const item = found.itemAt(keys.proceeds(paymentId));
  return item && fromProceedsItem(item);
}
