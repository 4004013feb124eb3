import { Resend } from 'resend';
import { log } from '#platform/log.ts';
import { Pace } from './pace.ts';
import { type ErrorMeaning, meaningOf } from './resend-errors.ts';

/** A mail as it is handed to Resend. */
export interface OutgoingMail {
  readonly from: string;
  readonly to: string;
  readonly replyTo: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Ids by which Resend's events name the mail: letters, digits, _ and - only. */
  readonly tags: { readonly name: string; readonly value: string }[];
}

/**
 * What Resend made of a mail: taken; slow down and try again; not taken, since something is wrong with the whole account; broken
 * for now, and nobody knows whether it was taken; or never to be taken as it is.
 */
export type SendOutcome =
  | { readonly kind: 'sent'; readonly resendId: string }
  | { readonly kind: 'slow-down'; readonly afterSeconds: number }
  | Exclude<ErrorMeaning, { readonly kind: 'slow-down' }>;

/** Sends one mail under an idempotency key. */
export type SendMail = (mail: OutgoingMail, idempotencyKey: string) => Promise<SendOutcome>;

/** How long Resend may take to answer, in milliseconds: it usually does within one second. */
const deadline = 8000;
/** SQS holds a message back for 900 seconds at most. */
const longestPause = 900;

/** A gateway to Resend; where it is comes from RESEND_BASE_URL, which the package reads. */
export function openResend(apiKey: string, pace = new Pace()): SendMail {
  const resend = new Resend(apiKey);
  return async (mail, idempotencyKey) => {
    await pace.take();
    let headers: Readonly<Record<string, string>> | null = null;
    const refused = (outcome: Exclude<SendOutcome, { readonly kind: 'sent' }>) => {
      const reason = 'reason' in outcome ? outcome.reason : undefined;
      log('warn', 'resend-refused', { outboxKey: idempotencyKey, outcome: outcome.kind, reason });
      return outcome;
    };
    try {
      const signal = AbortSignal.timeout(deadline);
      const answer = await resend.emails.send(mail, { idempotencyKey, signal });
      headers = answer.headers;
      if (answer.data?.id) return { kind: 'sent', resendId: answer.data.id };
      return refused(outcomeOf(answer.error, headers));
    } catch {
      // What the package throws may quote the mail, so it goes into no log.
      return refused({ kind: 'failed-for-now', reason: 'no-answer' });
    } finally {
      pace.learn(headers);
    }
  };
}

function outcomeOf(
  error: unknown,
  headers: Readonly<Record<string, string>> | null,
): Exclude<SendOutcome, { readonly kind: 'sent' }> {
  const meaning = meaningOf(error);
  if (meaning.kind !== 'slow-down') return meaning;
  const told = Number(headers?.['retry-after']);
  return { kind: 'slow-down', afterSeconds: Math.min(told > 0 ? Math.ceil(told) : 1, longestPause) };
}
