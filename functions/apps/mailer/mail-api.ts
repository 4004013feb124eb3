import * as z from 'zod/mini';
import { described, text, truth } from '#kernel/staff/answer.ts';
import { endpoint } from '#kernel/staff/endpoint.ts';
import { paymentInPath } from '#payments/payment/payment-input.ts';
import { inPath } from '#platform/http/input.ts';
import { sendAgain } from './send-again.ts';
import { thankAgain } from './thank-again.ts';

export const sendAgainEndpoint = endpoint({
  id: 'sendMailAgain',
  method: 'post',
  path: '/api/staff/mails/{id}/send-again',
  right: 'mail.send-again',
  summary: 'Send a stopped mail again',
  description:
    'As a new message with fresh content, which goes within a minute. Look at Resend first where it may have the mail already: the list of what waits says why it was stopped. Again changes nothing.',
  input: {
    id: inPath({
      description: 'As the list of what waits (`mail-stopped`) says it.',
      example: 'gift-received/pi_3Q0example',
    }),
  },
  answer: () =>
    z.object({
      id: text,
      as: described(text, 'The new message; should it be stopped as well, this is its id.'),
      changed: described(truth, 'False when it was sent again before.'),
    }),
  problems: ['not-found', 'mail-not-stopped', 'mail-without-reader'],
  run: async ({ id }, { permit, ...ctx }) => {
    const { as, changed } = await sendAgain({ key: id, permit }, ctx);
    return { id, as, changed };
  },
});

export const thankAgainEndpoint = endpoint({
  id: 'thankAgain',
  method: 'post',
  path: '/api/staff/gifts/{paymentId}/thanks',
  right: 'mail.send-again',
  summary: 'Send the thanks for a gift again',
  description:
    'Also when they arrived; to the address of now, within a minute. A gift that nobody was thanked for is thanked for. At most ten times a gift.',
  input: { paymentId: paymentInPath },
  answer: () => z.object({ paymentId: text, id: described(text, 'The new message.') }),
  problems: [
    'idempotency-key-reused',
    'not-found',
    'mail-not-stopped',
    'mail-sent-often',
    'mail-without-reader',
  ],
  run: async ({ paymentId }, { permit, idempotencyKey, ...ctx }) => ({
    paymentId,
    id: await thankAgain({ paymentId, idempotencyKey, permit }, ctx),
  }),
});

export const mailApi = [sendAgainEndpoint, thankAgainEndpoint];
