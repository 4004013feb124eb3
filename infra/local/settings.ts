import { randomBytes } from 'node:crypto';
import type { PortChoice } from './serve.ts';

/** Thrown for a setting that cannot be used. The message is one sentence for the terminal. */
export class SettingError extends Error {
  override readonly name = 'SettingError';
}

/** What the environment says about the local cloud (contract.md, "Local addresses"). */
export interface Settings {
  readonly ports: Readonly<Record<'site' | 'stripe' | 'mail' | 'dynamodb' | 'signIn', PortChoice>>;
  /** `none` where Stripe takes no payments, and gifts come by the other ways alone. */
  readonly payments: 'stripe' | 'none';
  readonly stripeKey: string;
  /** Stripe itself is used: a real test key is set, and no other address for Stripe calls. */
  readonly usesRealStripe: boolean;
  readonly stripeApiBase: string | undefined;
  readonly stripeWebhookUrl: string | undefined;
  readonly webhookSecret: string;
  readonly resendBaseUrl: string | undefined;
  readonly resendApiKey: string;
  readonly resendWebhookUrl: string | undefined;
  readonly resendWebhookSecret: string;
  readonly dynamodbUrl: string | undefined;
  /** `amazon` or `embedded`; undefined lets the machine decide. */
  readonly dynamodbEngine: string | undefined;
  readonly dataDirectory: string | undefined;
  readonly withDemoData: boolean;
}

/**
 * @param environment usually `process.env`, after `.env`
 * @throws SettingError for a port that is none and a Stripe key that could take real money
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const text = (name: string) => environment[name]?.trim() || undefined;
  const port = (name: string, preset: number): PortChoice => {
    const given = text(name);
    if (given === undefined) return { port: preset };
    if (!/^\d{1,5}$/.test(given) || Number(given) > 65_535) {
      throw new SettingError(`${name} must be a port between 0 and 65535, not "${given}".`);
    }
    return { port: Number(given), explicit: name };
  };
  const key = text('STRIPE_SECRET_KEY');
  if (key !== undefined && !/^(sk|rk)_test_/.test(key)) {
    throw new SettingError(
      'STRIPE_SECRET_KEY is not a test key: npm start takes only keys that begin with sk_test_ or rk_test_.',
    );
  }
  const stripeApiBase = text('STRIPE_API_BASE');
  const payments = text('PAYMENTS') ?? 'stripe';
  if (payments !== 'stripe' && payments !== 'none') {
    throw new SettingError(`PAYMENTS must be stripe or none, not "${payments}".`);
  }
  return {
    ports: {
      site: port('SITE_PORT', 8787),
      stripe: port('STRIPE_PORT', 12111),
      mail: port('MAIL_PORT', 8025),
      dynamodb: port('DYNAMODB_PORT', 8000),
      signIn: port('SIGNIN_PORT', 9000),
    },
    payments,
    stripeKey: key ?? `sk_test_${secret()}`,
    usesRealStripe: payments === 'stripe' && key !== undefined && stripeApiBase === undefined,
    stripeApiBase,
    stripeWebhookUrl: text('STRIPE_WEBHOOK_URL'),
    webhookSecret: text('STRIPE_WEBHOOK_SECRET') ?? `whsec_${secret()}`,
    resendBaseUrl: text('RESEND_BASE_URL'),
    resendApiKey: text('RESEND_API_KEY') ?? `re_${secret()}`,
    resendWebhookUrl: text('RESEND_WEBHOOK_URL'),
    resendWebhookSecret: text('RESEND_WEBHOOK_SECRET') ?? `whsec_${randomBytes(24).toString('base64')}`,
    dynamodbUrl: text('DYNAMODB_URL'),
    dynamodbEngine: text('DYNAMODB_ENGINE'),
    dataDirectory: text('DATA_DIR'),
    withDemoData: text('DEMO') !== '0',
  };
}

function secret(): string {
  return randomBytes(24).toString('hex');
}
