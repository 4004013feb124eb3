import type { AccountTrouble } from '#kernel/attention/mail-advice.ts';
import type { Clock } from '#platform/clock.ts';
import type { KeyedHash } from '#platform/ids.ts';
import type { Table } from '#platform/table/table.ts';
import type { SendMail } from './resend-gateway.ts';

/** What sending a mail needs. */
export interface MailContext {
  readonly table: Table;
  readonly send: SendMail;
  readonly clock: Clock;
  /** Without a trailing slash. */
  readonly siteUrl: string;
  /** Makes the secrets of trustees' links. */
  readonly hash?: () => Promise<KeyedHash>;
}

/**
 * What became of a mail: sent now; nothing to do; to be tried again after a while; waiting until a person has mended the account at
 * Resend; or waiting for a person's decision about this mail.
 */
export type Mailed =
  | { readonly kind: 'sent' | 'already-sent' | 'gone' }
  | { readonly kind: 'stopped'; readonly reason: string }
  | { readonly kind: 'slow-down'; readonly afterSeconds: number }
  | { readonly kind: 'account'; readonly trouble: AccountTrouble }
  | { readonly kind: 'failed-for-now'; readonly reason: string };

/** Resend keeps an idempotency key for 24 hours; a later attempt could arrive twice. Milliseconds. */
export const lastAutomaticAttempt = 23 * 3_600_000;
