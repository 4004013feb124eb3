import type { Context, MiddlewareHandler } from 'hono';
import { isObject } from './email.ts';
import { ResendError } from './errors.ts';

/** What an account at Resend can have trouble with, with the words of its switch. */
export const troubleNames = {
  none: 'No trouble',
  'domain-unverified': 'Domain not verified',
  'testing-only': 'Only to one’s own address',
  'key-invalid': 'API key invalid',
  'key-inactive': 'API key not active',
  'key-suspended': 'API key suspended',
  'daily-quota': 'Daily quota used up',
  'monthly-quota': 'Monthly quota used up',
  rate: 'Too many requests',
  unavailable: 'Resend unavailable',
} as const;

export type TroubleName = keyof typeof troubleNames;

/** Resend's answer to each: status, name and message as its reference has them (resend.com/docs/api-reference/errors). */
const answers: Readonly<Record<Exclude<TroubleName, 'none'>, (from: string) => ResendError>> = {
  'domain-unverified': (from) =>
    new ResendError(
      'validation_error',
      `The ${domainOf(from)} domain is not verified. Please, add and verify your domain on https://resend.com/domains`,
      403,
    ),
  'testing-only': () =>
    new ResendError(
      'validation_error',
      'You can only send testing emails to your own email address (owner@example.com). To send emails to other recipients, please verify a domain at resend.com/domains, and change the `from` address to an email using this domain.',
      403,
    ),
  'key-invalid': () => new ResendError('validation_error', 'API key is invalid', 401),
  'key-inactive': () => new ResendError('restricted_api_key', 'API key is not active'),
  'key-suspended': () => new ResendError('suspended_api_key', 'This API key is suspended'),
  'daily-quota': () =>
    new ResendError('daily_quota_exceeded', 'You have exceeded your daily email sending quota.'),
  'monthly-quota': () =>
    new ResendError('monthly_quota_exceeded', 'You have exceeded your monthly email sending quota.'),
  rate: () =>
    new ResendError(
      'rate_limit_exceeded',
      'Too many requests. Please limit the number of requests per second. Or contact support to increase rate limit.',
    ),
  unavailable: () => new ResendError('service_unavailable', 'API is temporarily unavailable'),
};

/**
 * The switch for trouble of the account, for tests and for trying it out: `POST /__local/trouble` with `{ "trouble": name }`, or the
 * form on the inbox page. While it is on nothing is taken.
 */
export class Troubles {
  #name: TroubleName = 'none';

  get name(): TroubleName {
    return this.#name;
  }

  /** @returns false when there is no trouble of that name */
  turn(name: unknown): boolean {
    if (typeof name !== 'string' || !Object.hasOwn(troubleNames, name)) return false;
    this.#name = name as TroubleName;
    return true;
  }

  /** Stands before what sends mails, behind the check of the key. */
  readonly guard: MiddlewareHandler = async (c, next) => {
    if (this.#name === 'none' || c.req.method !== 'POST') return next();
    if (this.#name === 'rate') c.header('retry-after', '1');
    throw answers[this.#name](await senderOf(c));
  };
}

/** The sender that a request names; a batch names one in its first mail. */
async function senderOf(c: Context): Promise<string> {
  const body: unknown = await c.req.json().catch(() => undefined);
  const first: unknown = Array.isArray(body) ? body[0] : body;
  return isObject(first) && typeof first.from === 'string' ? first.from : '';
}

function domainOf(from: string): string {
  return /@([^\s<>@]+)>?\s*$/.exec(from)?.[1] ?? 'example.com';
}
