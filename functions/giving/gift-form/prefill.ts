import { isGiftAmount } from '#payments/checkout/gift-amount.ts';
import { readAmount } from '#platform/read-amount.ts';
import type { FormValues } from './form-values.ts';

/** What a link to the form asks for. */
export interface Prefill {
  readonly values: FormValues;
  /** Whether the link asks for a monthly gift. */
  readonly monthly: boolean;
}

/** Reads `?amount=500&frequency=once` (dollars; Givebutter's names). An amount that nobody could give is left out. */
export function readPrefill(amount: string | undefined, frequency: string | undefined): Prefill {
  const read = readAmount(amount ?? '');
  const usable = 'cents' in read && isGiftAmount(read.cents);
  return { values: usable ? { amount: String(read.cents) } : {}, monthly: frequency === 'monthly' };
}
