import type { AccountTrouble } from '#kernel/attention/mail-advice.ts';

/**
 * What an error of Resend means: `slow-down` – too many requests a second; `account` – trouble of the account, and a later attempt
 * finds out when it is over; `failed-for-now` – a fault of Resend, of the network, or of an unknown kind; `refused` – this mail is
 * wrong, and Resend never takes the same bytes.
 */
export type ErrorMeaning =
  | { readonly kind: 'slow-down' }
  | { readonly kind: 'account'; readonly trouble: AccountTrouble }
  | { readonly kind: 'failed-for-now'; readonly reason: string }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * An error as it comes off the wire. The package's type promises `{ statusCode, name, message }`; Resend has also answered
 * `{ statusCode, error }` (resend-node issue 538), and the package hands on any JSON of an answer that is not 2xx.
 */
interface WireError {
  readonly statusCode: number | undefined;
  /** Small letters and underscores, or empty: anything else may hold an address, and goes into no log. */
  readonly name: string;
  readonly words: string;
}

const troubleOfName: Readonly<Record<string, AccountTrouble>> = {
  missing_api_key: 'key',
  invalid_api_key: 'key',
  restricted_api_key: 'key',
  suspended_api_key: 'key',
  invalid_permission: 'key',
  invalid_access: 'key',
  invalid_from_address: 'sender',
  daily_quota_exceeded: 'daily-quota',
  monthly_quota_exceeded: 'monthly-quota',
  security_error: 'access',
};

/** Errors by which Resend says that fields of the request are wrong. */
const aboutFields = new Set([
  'validation_error',
  'missing_required_field',
  'missing_required_parameter',
  'invalid_parameter',
]);

/** Fields of this mail, as Resend's messages quote them; all other fields come from the configuration or the program. */
const ownField = /[`'"](?:to|cc|bcc|subject|html|text|attachments?)(?:[.[][^`'"]*)?[`'"]/i;
const sharedField = /[`'"](?:from|reply_to|replyTo|headers|tags)(?:[.[][^`'"]*)?[`'"]/i;

/**
 * Reads the meaning of Resend's error from its status, its name and the field that its message names. The name is not enough:
 * `validation_error` stands for a wrong field (400, 422), a wrong key (401, 400; resend-node PR 617) and an unverified domain (403)
 * (resend.com/docs/api-reference/errors).
 */
export function meaningOf(error: unknown): ErrorMeaning {
  const { statusCode: status, name, words } = readError(error);
  const reason = name || (status ? `http_${status}` : 'unknown');
  if (name === 'rate_limit_exceeded') return { kind: 'slow-down' };
  const named = Object.hasOwn(troubleOfName, name) ? troubleOfName[name] : undefined;
  if (named) return { kind: 'account', trouble: named };
  if (name === 'invalid_idempotent_request' || name === 'invalid_idempotency_key') {
    return { kind: 'refused', reason };
  }
  if (name === 'invalid_attachment') return { kind: 'refused', reason };
  if (status === undefined ? !aboutFields.has(name) : status >= 500)
    return { kind: 'failed-for-now', reason };
  if (status === 401 || ((status ?? 400) < 404 && /\bapi key\b/i.test(words))) {
    return { kind: 'account', trouble: 'key' };
  }
  if (status === 403) {
    return { kind: 'account', trouble: /domain|testing emails/i.test(words) ? 'domain' : 'access' };
  }
  if ([undefined, 400, 422].includes(status) && aboutFields.has(name || 'validation_error')) {
    return meaningOfFields(status, reason, words);
  }
  return { kind: 'failed-for-now', reason };
}

/** The meaning of an error about fields. A 400 that names no field may have any cause, and is tried again. */
function meaningOfFields(status: number | undefined, reason: string, words: string): ErrorMeaning {
  const own = ownField.test(words);
  if (!own && /\bdomain\b.*\bverified\b/i.test(words)) return { kind: 'account', trouble: 'domain' };
  if (!own && sharedField.test(words)) return { kind: 'account', trouble: 'sender' };
  if (own) return { kind: 'refused', reason: /[`'"]to\b/i.test(words) ? 'invalid-address' : reason };
  return status === 422 ? { kind: 'refused', reason } : { kind: 'failed-for-now', reason };
}

function readError(error: unknown): WireError {
  const {
    statusCode,
    name,
    message,
    error: said,
  } = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>;
  return {
    statusCode: typeof statusCode === 'number' ? statusCode : undefined,
    name: typeof name === 'string' && /^[a-z_]{1,60}$/.test(name) ? name : '',
    words: [message, said]
      .map((part) => (typeof part === 'string' ? part : JSON.stringify(part ?? '')))
      .join(' '),
  };
}
