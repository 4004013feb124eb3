import type { Person } from '#kernel/people/person-item.ts';
import { wholeOf } from '#payments/received/parts.ts';
import { type Currency, currencies } from '#platform/money.ts';
import { keys } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import { endOf, hasEnded, timeToLive } from '#platform/table/time-to-live.ts';
import type { Payment } from './payment.ts';

/** What stays of a person whose data is erased, because receipts are kept for seven years: nothing where none was to be made out. */
export interface ReceiptData {
  readonly checkoutId: string;
  readonly paymentId: string;
  readonly receiptName: string;
  /** Minor units. */
  readonly amount: number;
  readonly currency: Currency;
  /** When it was paid. */
  readonly at: Date;
  /** When it ends by itself. */
  readonly until: Date;
}

const years = 7;

/** What is to be kept of a payment's person; undefined where no name for a receipt was given, or its years are over. */
export function receiptDataOf(
  { checkoutId, paymentId, parts, currency, at }: Payment,
  { receiptName }: Person,
  now: Date,
): ReceiptData | undefined {
  const until = new Date(at);
  until.setUTCFullYear(until.getUTCFullYear() + years);
  if (receiptName === undefined || until <= now) return undefined;
  return { checkoutId, paymentId, receiptName, amount: wholeOf(parts), currency, at, until };
}

export function toReceiptDataItem({ checkoutId, paymentId, until, at, ...plain }: ReceiptData): Item {
  return toItem(keys.receiptData(checkoutId, paymentId), 'receipt-data', 1, {
    ...{ checkoutId, paymentId, ...plain },
    at: at.toISOString(),
    ...timeToLive('receipt-data', until),
  });
}

/** Reads what is kept for a receipt; undefined once its years are over. */
export function fromReceiptDataItem(item: Item | undefined, now: Date): ReceiptData | undefined {
  const until = item && endOf(item);
  if (!until || hasEnded(item, now)) return undefined;
  const fields = read(item);
  return {
    checkoutId: fields.text('checkoutId'),
    paymentId: fields.text('paymentId'),
    receiptName: fields.text('receiptName'),
    amount: fields.int('amount'),
    currency: fields.oneOf('currency', currencies),
    at: fields.date('at'),
    until,
  };
}
