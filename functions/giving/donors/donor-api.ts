import * as z from 'zod/mini';
import { mailAddress } from '#giving/gift-form/checkout-request.ts';
import { count, described, text } from '#kernel/staff/answer.ts';
import { endpoint } from '#kernel/staff/endpoint.ts';
import { paymentInPath } from '#payments/payment/payment-input.ts';
import { Problem } from '#platform/errors.ts';
import { json } from '#platform/http/input.ts';
import { correctDonorAddress } from './correct-donor-address.ts';

/** The address that is right. */
export const addressSchema = z.strictObject(
  { email: mailAddress },
  'The body is an object with the field email.',
);

export const correctAddressEndpoint = endpoint({
  id: 'correctAddress',
  method: 'post',
  path: '/api/staff/gifts/{paymentId}/address',
  right: 'person.write',
  summary: 'Correct a donor’s e-mail address',
  description:
    'At this gift, and at every other one where the donor has the same address. The old address then finds nothing. No mail goes out by itself.',
  input: {
    paymentId: paymentInPath,
    body: json({ CorrectedAddress: addressSchema }, { email: 'mei@example.org' }),
  },
  answer: () =>
    z.object({ paymentId: text, payments: described(count, 'At how many payments it is another one now.') }),
  problems: ['idempotency-key-reused', 'not-found', 'person-erased', 'payments-unavailable'],
  run: async ({ paymentId, body: { email } }, { permit, idempotencyKey, table, now, hash }) => {
    if (!hash) throw new Problem('payments-unavailable', 'This stage has no key for addresses.');
    const asked = { paymentId, email, idempotencyKey, permit };
    return { paymentId, ...(await correctDonorAddress(asked, { table, now, hash })) };
  },
});

/** The staff's operations on what is kept of a donor. */
export const donorApi = [correctAddressEndpoint];
