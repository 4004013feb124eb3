import { Resend } from 'resend';
import { Pace } from './pace.ts';

/** A mail as it is handed to Resend. */
export interface OutgoingMail {
  readonly from: string;
  readonly to: string;
  readonly replyTo: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** Ids by which Resend's events name the mail: letters, digits, _ and - only. */
  readonly tags: { readonly name: string; readonly value: string }[];
}

/** What Resend made of a mail: taken; slow down and try again; broken for now; or never to be taken as it is. */
export type SendOutcome =
  | { readonly kind: 'sent'; readonly resendId: string }
  | { readonly kind: 'slow-down'; readonly afterSeconds: number }
  | { readonly kind: 'failed-for-now'; readonly reason: string }
  | { readonly kind: 'refused'; readonly reason: string };

/** Sends one mail under an idempotency key. */
export type SendMail = (mail: OutgoingMail, idempotencyKey: string) => Promise<SendOutcome>;

/** Resend's errors that say the mail itself is wrong (resend.com/docs/api-reference/errors). */
const refusals = new Set([
  'validation_error',
  'missing_required_field',
  'invalid_from_address',
  'invalid_attachment',
  'invalid_parameter',
  'invalid_idempotent_request',
]);

/** A gateway to Resend; where it is comes from RESEND_BASE_URL, which the package reads. */
export function openResend(apiKey: string, pace = new Pace()): SendMail {
  const resend = new Resend(apiKey);
  return async (mail, idempotencyKey) => {
    await pace.take();
    const { data, error, headers } = await resend.emails.send(mail, { idempotencyKey });
    pace.learn(headers);
    if (data) return { kind: 'sent', resendId: data.id };
    if (error?.name === 'rate_limit_exceeded') {
      return { kind: 'slow-down', afterSeconds: Number(headers?.['retry-after'] ?? 1) || 1 };
    }
    const reason = error?.name ?? 'unknown';
    return refusals.has(reason) ? { kind: 'refused', reason } : { kind: 'failed-for-now', reason };
  };
}
