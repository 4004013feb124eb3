import { spawn, spawnSync } from 'node:child_process';
import { endWithUs, kill } from './cloud/child-processes.ts';
import { SettingError } from './settings.ts';

/**
 * Forwards the events of a real Stripe test account to the laptop, through Stripe's own command line tool.
 *
 * @returns the signing secret of the forwarded events
 * @throws SettingError when the tool is not there or refuses the key
 */
export function startStripeListen(
  stripeKey: string,
  webhookUrl: string,
): { webhookSecret: string; close(): Promise<void> } {
  const environment = { ...process.env, STRIPE_API_KEY: stripeKey };
  const asked = spawnSync('stripe', ['listen', '--print-secret'], { env: environment, encoding: 'utf8' });
  if (asked.error) {
    throw new SettingError(
      'A real Stripe test key needs the Stripe CLI for its events; install it from https://docs.stripe.com/stripe-cli, or remove STRIPE_SECRET_KEY to use the local Stripe.',
    );
  }
  const webhookSecret = /whsec_\w+/.exec(asked.stdout)?.[0];
  if (!webhookSecret) throw new SettingError(`The Stripe CLI gave no signing secret: ${asked.stderr.trim()}`);
  const child = endWithUs(
    spawn('stripe', ['listen', '--forward-to', webhookUrl], { env: environment, stdio: 'ignore' }),
  );
  return { webhookSecret, close: () => kill(child) };
}
