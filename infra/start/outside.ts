import { eventTable } from '#apps/webhooks/events.ts';
import type { StripeKeyOwner } from '../constructs/stripe-key-rights.ts';
import { startLocalResend } from '../local/resend/server.ts';
import type { Settings } from '../local/settings.ts';
import { type LocalStripe, startLocalStripe } from '../local/stripe/server.ts';
import { startStripeListen } from '../local/stripe-listen.ts';
import { restrictedKeys, rightsByKey } from './stripe-keys.ts';

/** What to close at the end, the last one first. */
export type Closers = (() => unknown)[];

/** Where Stripe and the mail go, once they run, and the site itself. */
export interface Outside {
  /** Of each function; one for all where Stripe itself, or another stand-in than ours, is used. */
  readonly stripeKeys: ReadonlyMap<StripeKeyOwner, string> | string;
  readonly siteUrl: string;
  /** Empty where Stripe takes no payments. */
  readonly stripe: string;
  readonly mail: string;
  readonly webhookSecret: string;
  /** Absent where Stripe itself, or another stand-in than ours, is used. */
  readonly localStripe?: LocalStripe;
}

/**
 * Starts what lies outside AWS: a Stripe and an inbox, unless the settings name others.
 *
 * @param listen forwards the events of a real Stripe
 * @throws PortTakenError, SettingError
 */
export async function startOutside(
  settings: Settings,
  siteUrl: string,
  closers: Closers,
  listen = startStripeListen,
): Promise<Outside> {
  const webhookUrl = settings.stripeWebhookUrl ?? `${siteUrl}/stripe/webhook`;
  const stripe = await startStripe(settings, webhookUrl, closers, listen);
  if (settings.resendBaseUrl) return { ...stripe, siteUrl, mail: settings.resendBaseUrl };
  const resend = await startLocalResend({
    port: settings.ports.mail,
    apiKey: settings.resendApiKey,
    webhook: {
      url: settings.resendWebhookUrl ?? `${siteUrl}/resend/webhook`,
      secret: settings.resendWebhookSecret,
    },
  });
  closers.push(() => resend.close());
  return { ...stripe, siteUrl, mail: resend.url };
}

async function startStripe(
  settings: Settings,
  webhookUrl: string,
  closers: Closers,
  listen: typeof startStripeListen,
) {
  const { stripeKey: secretKey, webhookSecret } = settings;
  if (settings.payments === 'none') return { stripe: '', webhookSecret, stripeKeys: secretKey };
  if (settings.usesRealStripe) {
    const listening = await listen({
      stripeKey: secretKey,
      eventTypes: Object.keys(eventTable),
      webhookUrl,
      report: (problem) => console.error(`! ${problem}`),
    });
    closers.push(() => listening.close());
    return {
      stripe: 'https://api.stripe.com',
      webhookSecret: listening.webhookSecret,
      stripeKeys: secretKey,
    };
  }
  if (settings.stripeApiBase) {
    return { stripe: settings.stripeApiBase, webhookSecret, stripeKeys: secretKey };
  }
  const stripeKeys = restrictedKeys();
  const stripe = await startLocalStripe({
    port: settings.ports.stripe,
    secretKey,
    restrictedKeys: rightsByKey(stripeKeys),
    webhookUrl,
    webhookSecret,
    accountName: 'Tideover (local)',
  });
  closers.push(() => stripe.close());
  return { stripe: stripe.url, webhookSecret, stripeKeys, localStripe: stripe };
}
