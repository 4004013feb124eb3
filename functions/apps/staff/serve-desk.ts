import type { SignInContext } from '#kernel/staff/desk-context.ts';
import { serve } from '#platform/http/serve.ts';
import { createDeskApp } from './desk-app.tsx';

/** Whether a key of Stripe's takes no real money. */
function isTestKey(key: string): boolean {
  return /^(?:sk|rk)_test_/.test(key);
}

/**
 * The desk as the HTTP API invokes it. Every page says that it is in test mode while the key is one of test mode, also on a stage
 * that is configured for real money.
 * @param stripeKey the key of the moment; without one, or while it cannot be read, the stage decides
 */
export function serveDesk(
  context: SignInContext,
  stripeKey: (() => Promise<string>) | undefined,
): ReturnType<typeof serve> {
  const live = serve(createDeskApp({ ...context, demonstration: false }));
  const test = serve(createDeskApp({ ...context, demonstration: true }));
  const isInTestMode = async () =>
    context.demonstration || (await stripeKey?.().then(isTestKey, () => false)) === true;
  return async (event, lambda) => ((await isInTestMode()) ? test : live)(event, lambda);
}
