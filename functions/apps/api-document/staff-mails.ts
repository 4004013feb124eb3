import { idempotencyKey, type Operation } from './operation.ts';
import { inPath, object, ofStaff, text } from './staff-parts.ts';

/** Mails that were stopped. */
export const mails: readonly Operation[] = [
  ofStaff({
    id: 'sendMailAgain',
    method: 'post',
    path: '/api/staff/mails/{id}/send-again',
    summary: 'Send a stopped mail again',
    tells:
      'As a new message, written anew, which goes within a minute. Look at Resend first where it may have the mail already: the list of what waits says why it was stopped. Again changes nothing.',
    right: 'mail.send-again',
    parameters: [
      inPath('id', 'As the list of what waits (`mail-stopped`) says it.', 'gift-received/pi_3Q0example'),
      idempotencyKey,
    ],
    answers: object({
      id: text,
      as: { ...text, description: 'The new message; should it be stopped as well, this is its id.' },
      changed: { type: 'boolean', description: 'False when it was sent again before.' },
    }),
    problems: ['idempotency-key-missing', 'not-found', 'mail-not-stopped', 'mail-without-reader'],
  }),
];
