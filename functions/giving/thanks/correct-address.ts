import { slipIn } from '#giving/gift-form/address-slip.ts';
import { giftCheckoutSchema } from '#giving/gift-form/checkout-request.ts';
import { giftReceivedAgainKey } from '#kernel/outbox/outbox.ts';
import { toOutboxItem } from '#kernel/outbox/outbox-item.ts';
import { emailHash } from '#kernel/people/donor-item.ts';
import { keepDonor } from '#kernel/people/keep-donor.ts';
import { toAddressChange } from '#kernel/people/person-item.ts';
import type { Checkout } from '#payments/checkout/checkout.ts';
import { toAddressCorrectedChange } from '#payments/checkout/checkout-item.ts';
import type { Context } from '#platform/context/context.ts';
import type { KeyedHash } from '#platform/ids.ts';
import { type Change, commit, isNew } from '#platform/table/commit.ts';
import { retryOnConflict } from '#platform/table/retry-on-conflict.ts';
import { correctionOf } from './address-correction.ts';
import { readThanks } from './read-thanks.ts';

/**
 * The outcome of a correction: `corrected` now, or by the same request before; `wrong-address` – the text is no address; `slip` –
 * another address was likely meant; `used` – another address was given before; `over` – too late; `unknown` – there is no such
 * checkout, or the person's data is erased.
 */
export type Corrected = 'corrected' | 'wrong-address' | 'slip' | 'used' | 'over' | 'unknown';

/**
 * Corrects the donor's address, once. After the booking one transaction changes the person and puts a new thank-you mail into the
 * outbox; before it only the person changes, because the mail reads the person when it is sent.
 *
 * @param correction.given the typed text; the rule of the checkout's own address applies
 * @param correction.isSure whether the donor confirmed this address when asked about a likely typing error
 */
export async function correctAddress(
  {
    checkoutId,
    given,
    isSure,
  }: { readonly given: string; readonly isSure: boolean } & { readonly checkoutId: string },
  { table, clock, hash }: Pick<Context, 'table' | 'clock'> & { readonly hash: () => Promise<KeyedHash> },
): Promise<Corrected> {
  const parsed = giftCheckoutSchema.shape.email.safeParse(given);
  return retryOnConflict(async () => {
    const now = clock();
    const thanks = await readThanks(checkoutId, { table, now });
    if (!thanks?.person) return 'unknown';
    const { checkout, person, paymentId } = thanks;
    const correction = correctionOf(checkout, now);
    if (correction === 'over') return 'over';
    if (!parsed.success) return 'wrong-address';
    if (correction === 'used') return person.email === parsed.data ? 'corrected' : 'used';
    if (!isSure && slipIn(given)) return 'slip';
    const outcome = await commit(table, () => correctionChanges(checkout, paymentId, parsed.data, now));
    if (outcome.committed) {
      const address = emailHash(await hash(), parsed.data);
      if (checkout.donor) await keepDonor(address, { table, now }, checkout.donor);
      return 'corrected';
    }
    return outcome.failed.has('person') ? 'unknown' : undefined;
  });
}

function correctionChanges(
  checkout: Checkout,
  paymentId: string | undefined,
  email: string,
  now: Date,
): Record<'checkout' | 'person', Change> & Partial<Record<'outbox', Change>> {
  return {
    checkout: toAddressCorrectedChange(checkout, now),
    person: toAddressChange(checkout.id, email, paymentId !== undefined),
    ...(paymentId && {
      outbox: {
        put: toOutboxItem({
          key: giftReceivedAgainKey(paymentId),
          kind: 'mail',
          template: 'gift-received',
          paymentId,
          checkoutId: checkout.id,
          createdAt: now,
        }),
        condition: isNew,
      },
    }),
  };
}
