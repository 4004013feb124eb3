import { Resend } from 'resend';
import { log } from '#platform/log.ts';
import { Pace } from './pace.ts';
import { type ErrorMeaning, meaningOf } from './resend-errors.ts';

/** A mail as it goes to Resend. */
export interface OutgoingMail {
  readonly from: string;
  readonly to: string | string[];
  readonly replyTo: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Ids by which Resend's events name the mail: letters, digits, _ and - only. */
  readonly tags: { readonly name: string; readonly value: string }[];
}

/**
 * What Resend did with a mail: took it; asks to slow down; did not take it, because of trouble of the account; failed for now, and
 * nobody knows whether it took the mail; or never takes this mail.
 */
export type SendOutcome =
  | { readonly kind: 'sent'; readonly resendId: string }
  | { readonly kind: 'slow-down'; readonly afterSeconds: number }
  | Exclude<ErrorMeaning, { readonly kind: 'slow-down' }>;

/** Sends one mail under an idempotency key. */
export type SendMail = (mail: OutgoingMail, idempotencyKey: string) => Promise<SendOutcome>;

/** How long Resend may take to answer, in milliseconds: it usually answers within one second. */
const deadline = 8000;
/** SQS delays a message by 900 seconds at most. */
const longestPause = 900;

/** A gateway to Resend; the package reads the address from RESEND_BASE_URL. */
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
      // An error of the package may quote the mail, so it goes into no log.
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
  const seconds = Number(headers?.['retry-after']);
  return { kind: 'slow-down', afterSeconds: Math.min(seconds > 0 ? Math.ceil(seconds) : 1, longestPause) };
}
