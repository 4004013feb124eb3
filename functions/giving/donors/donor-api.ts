import * as z from 'zod/mini';
import { mailAddress } from '#giving/gift-form/checkout-request.ts';
import { count, described, text } from '#kernel/staff/answer.ts';
import { endpoint } from '#kernel/staff/endpoint.ts';
import { paymentInPath } from '#payments/payment/payment-input.ts';
import { Problem } from '#platform/errors.ts';
import { json } from '#platform/http/input.ts';
import { correctDonorAddress } from './correct-donor-address.ts';
import { donorDataAnswer, donorDataJson, erasureAnswer, erasureJson } from './donor-answer.ts';
import { eraseDonor } from './erase-donor.ts';
import { readDonorData } from './read-donor-data.ts';
import { readErasure } from './read-erasure.ts';

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

const data = endpoint({
  id: 'getDonorData',
  method: 'get',
  path: '/api/staff/gifts/{paymentId}/donor',
  right: 'person.read',
  summary: 'All that is kept of a gift’s donor',
  description:
    'At all gifts that are known to be of the same donor: names, address, comment, consent to appeals, and the mails that were sent. For a person who asks what is kept of them.',
  input: { paymentId: paymentInPath },
  answer: donorDataAnswer,
  problems: ['not-found'],
  run: async ({ paymentId }, { permit, ...ctx }) =>
    donorDataJson(await readDonorData({ paymentId, permit }, ctx)),
});

const preview = endpoint({
  id: 'previewErasure',
  method: 'get',
  path: '/api/staff/gifts/{paymentId}/erasure',
  right: 'person.read',
  summary: 'What erasing a gift’s donor would do',
  description:
    'Which gifts lose name, address and comment; what stays and until when; what stands in its way.',
  input: { paymentId: paymentInPath },
  answer: erasureAnswer,
  problems: ['not-found'],
  run: async ({ paymentId }, { permit, ...ctx }) =>
    erasureJson(await readErasure({ paymentId, permit }, ctx)),
});

export const eraseEndpoint = endpoint({
  id: 'eraseDonor',
  method: 'post',
  path: '/api/staff/gifts/{paymentId}/erasure',
  right: 'person.write',
  summary: 'Erase a gift’s donor',
  description:
    'At all gifts of the same donor: names, address, comments, mails and consents are gone, also from the pages within seconds. Sums and dates stay; where a name for a receipt was given, it stays for seven years. It cannot be undone.',
  input: { paymentId: paymentInPath },
  answer: () => z.object({ paymentId: text, payments: described(count, 'At how many gifts.') }),
  problems: [
    'idempotency-key-reused',
    'not-found',
    'person-erased',
    'erasure-stopped',
    'payments-unavailable',
  ],
  run: async ({ paymentId }, { permit, idempotencyKey, table, now, hash }) => {
    if (!hash) throw new Problem('payments-unavailable', 'This stage has no key for addresses.');
    const asked = { paymentId, idempotencyKey, permit };
    return { paymentId, ...(await eraseDonor(asked, { table, now, hash })) };
  },
});

/** The staff's operations on what is kept of a donor. */
export const donorApi = [correctAddressEndpoint, data, preview, eraseEndpoint];
