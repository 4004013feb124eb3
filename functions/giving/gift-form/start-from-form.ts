import type { StartedCheckout } from '#payments/checkout/open-session.ts';
import { limitCheckouts } from '#payments/guard/limit-checkouts.ts';
import { Problem, type ProblemCode } from '#platform/errors.ts';
import { commit } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { readItems, type Table } from '#platform/table/table.ts';
import { giftCheckoutId } from './read-known.ts';
import { type StartCheckout, startGiftCheckout } from './start-checkout.ts';

/** A form as a person's browser sent it. */
export interface SentForm {
  readonly address: string;
  /** The form's hidden random text. */
  readonly key: string;
  /** The checkout whose choices the form was filled with, when the donor came back from Stripe's page. */
  readonly replaces: string | undefined;
}

/** How often one form can be changed and sent again, before its page has to be loaded anew. */
const mostTurns = 20;
/** What is an error under one key, but for a person only a changed mind. */
const changedMind: ReadonlySet<ProblemCode> = new Set(['idempotency-key-reused', 'checkout-over']);

/**
 * Starts a checkout from a form. A browser's Back button brings the old form back with its old key: when what was filled in has
 * changed, or the checkout is over, the next key of the form is tried, so that the same form sent twice is still one checkout,
 * and the checkout before it is ended. How many keys were taken stands with the form's first checkout, so that a form that was
 * changed often is as little work as one that was changed once; each change counts as a start does.
 *
 * @throws Problem as `startGiftCheckout` does
 */
export async function startFromForm(
  { slug, body, form }: { readonly slug: string; readonly body: unknown; readonly form: SentForm },
  deps: StartCheckout,
): Promise<StartedCheckout> {
  const hash = await deps.hash();
  const { address, key } = form;
  const callerAt = (turn: number) => ({
    address,
    idempotencyKey: turn === 1 ? key : `${key}/${turn}`,
    turns: true,
  });
  const checkoutAt = (turn: number) => giftCheckoutId(hash, slug, callerAt(turn));
  let turn = 1;
  for (;;) {
    const replaces = turn === 1 ? form.replaces : checkoutAt(turn - 1);
    try {
      return await startGiftCheckout({ slug, body, caller: { ...callerAt(turn), replaces } }, deps);
    } catch (error) {
      if (!(error instanceof Problem) || !changedMind.has(error.code)) throw error;
      const taken = turn === 1 ? await readTurns(deps.table, checkoutAt(1)) : turn;
      if (taken >= mostTurns) {
        await limitCheckouts({ address }, { table: deps.table, now: deps.clock(), hash });
        throw error;
      }
      // The newest turn may say the same as now; only after it a new one is taken.
      turn = taken > turn ? taken : turn + 1;
      if (turn > taken) await noteTurns(deps.table, checkoutAt(1), turn);
    }
  }
}

async function readTurns(table: Table, firstCheckout: string): Promise<number> {
  const key = keys.checkout(firstCheckout);
  const item = (await readItems(table, [key], { consistent: true })).itemAt(key);
  return (item && read(item).maybeInt('turns')) ?? 1;
}

async function noteTurns(table: Table, firstCheckout: string, turns: number): Promise<void> {
  await commit(table, () => ({
    checkout: {
      update: keys.checkout(firstCheckout),
      set: { expression: 'SET turns = :turns', values: { ':turns': turns } },
      condition: 'attribute_exists(pk) AND (attribute_not_exists(turns) OR turns < :turns)',
    },
  }));
}
