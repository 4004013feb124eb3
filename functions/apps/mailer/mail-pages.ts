import { deskForm } from '#kernel/staff/form-endpoint.ts';
import { sendAgainEndpoint, thankAgainEndpoint } from './mail-api.ts';
import { mailWords as words } from './mail-words.ts';

const again = deskForm({
  operation: sendAgainEndpoint,
  path: '/staff/mails/{id}/send-again',
  read: async () => undefined,
  title: () => words.title,
  fields: () => [],
  button: words.button,
  back: () => '/staff/waiting',
  done: 'mail',
});

const thank = deskForm({
  operation: thankAgainEndpoint,
  path: '/staff/payments/{paymentId}/thanks',
  read: async () => undefined,
  title: () => words.thankTitle,
  fields: () => [],
  button: words.thank,
  back: ({ paymentId }) => `/staff/payments/${paymentId}`,
  done: 'mail',
});

/** What the desk does with mails. */
export const mailPages = [...again, ...thank];
