import { Problem, type ProblemCode } from '../platform/errors.ts';
import type { StartedCheckout } from './open-session.ts';
import { giftCheckoutId, type StartCheckout, startGiftCheckout } from './start-checkout.ts';

/** A form as a person's browser sent it. */
export interface SentForm {
  readonly address: string;
  /** The form's hidden random text. */
  readonly key: string;
  /** The checkout whose choices the form was filled with, when the giver came back from Stripe's page. */
  readonly replaces: string | undefined;
}

/** How often one form can be changed and sent again, before its page has to be loaded anew. */
const mostTurns = 20;
/** What is an error under one key, but for a person only a changed mind. */
const changedMind: ReadonlySet<ProblemCode> = new Set(['idempotency-key-reused', 'checkout-over']);

/**
 * Starts a checkout from a form. A browser's Back button brings the old form back with its old key: when what was filled in has
 * changed, or the checkout is over, the next key of the form is tried, so that the same form sent twice is still one checkout,
 * and the checkout before it is ended.
 *
 * @throws Problem as `startGiftCheckout` does
 */
export async function startFromForm(
  slug: string,
  body: unknown,
  form: SentForm,
  deps: StartCheckout,
): Promise<StartedCheckout> {
  let { replaces } = form;
  for (let turn = 1; ; turn += 1) {
    const idempotencyKey = turn === 1 ? form.key : `${form.key}/${turn}`;
    const caller = { address: form.address, idempotencyKey, replaces };
    try {
      return await startGiftCheckout(slug, body, caller, deps);
    } catch (error) {
      if (!(error instanceof Problem) || !changedMind.has(error.code) || turn === mostTurns) throw error;
      replaces = giftCheckoutId(await deps.hash(), slug, caller);
    }
  }
}
