import type { StartedCheckout } from '#payments/checkout/open-session.ts';
import { limitCheckouts } from '#payments/guard/limit-checkouts.ts';
import { Problem, type ProblemCode } from '#platform/errors.ts';
import { commit } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { readItems, type Table } from '#platform/table/table.ts';
import { giftCheckoutId } from './read-known.ts';
import { type StartCheckout, startGiftCheckout } from './start-checkout.ts';

/** A form as the donor's browser sent it. */
export interface SentForm {
  readonly address: string;
  /** The form's hidden random text. */
  readonly key: string;
  /** The checkout whose choices fill the form, when the donor came back from Stripe's page. */
  readonly replaces: string | undefined;
}

/** How often a donor can change one form and send it again before the page has to be loaded again. */
const mostTurns = 20;
/** Errors for a program, but for a person only a changed mind. */
const changedMind: ReadonlySet<ProblemCode> = new Set(['idempotency-key-reused', 'checkout-over']);

/**
 * Starts a checkout from a form. A browser's Back button brings the old form back with its old key. When its content has changed, or
 * the checkout is over, the next key of the form is tried and the checkout before it is ended; the same form sent twice is still one
 * checkout. The form's first checkout stores how many keys were used, so that a form that was changed often costs no more than one that
 * was changed once. Each change counts as a start.
 *
 * @throws Problem as `startGiftCheckout` does
 */
export async function startFromForm(
  { slug, body, form }: { readonly slug: string; readonly body: unknown; readonly form: SentForm },
  ctx: StartCheckout,
): Promise<StartedCheckout> {
  const hash = await ctx.hash();
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
      return await startGiftCheckout({ slug, body, caller: { ...callerAt(turn), replaces } }, ctx);
    } catch (error) {
      if (!(error instanceof Problem) || !changedMind.has(error.code)) throw error;
      const taken = turn === 1 ? await readTurns(ctx.table, checkoutAt(1)) : turn;
      if (taken >= mostTurns) {
        await limitCheckouts({ address }, { table: ctx.table, now: ctx.clock(), hash });
        throw error;
      }
      // The newest turn may have the same content; only after it a new one is used.
      turn = taken > turn ? taken : turn + 1;
      if (turn > taken) await recordTurns(ctx.table, checkoutAt(1), turn);
    }
  }
}

async function readTurns(table: Table, firstCheckout: string): Promise<number> {
  const key = keys.checkout(firstCheckout);
  const item = (await readItems(table, [key], { consistent: true })).itemAt(key);
  return (item && read(item).maybeInt('turns')) ?? 1;
}

async function recordTurns(table: Table, firstCheckout: string, turns: number): Promise<void> {
  await commit(table, () => ({
    checkout: {
      update: keys.checkout(firstCheckout),
      set: { expression: 'SET turns = :turns', values: { ':turns': turns } },
      condition: 'attribute_exists(pk) AND (attribute_not_exists(turns) OR turns < :turns)',
    },
  }));
}
