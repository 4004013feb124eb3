import { auditChange } from '../audit/audit-change.ts';
import { fromCheckoutItem, paymentOf } from '../checkouts/checkout-item.ts';
import { fromPersonItem, type MessageState } from '../checkouts/person-item.ts';
import { Problem } from '../platform/errors.ts';
import { isCheckoutId } from '../platform/ids.ts';
import type { Permit } from '../staff/rights.ts';
import { type Changes, commit } from '../table/commit.ts';
import { keys } from '../table/keys.ts';
import { readItems, type Table } from '../table/table.ts';
import { waitingWordsKey } from './words-item.ts';

/** What somebody decided about a giver's words. */
export interface Moderation {
  readonly checkoutId: string;
  readonly decision: 'approve' | 'refuse';
}

/** Where the words of a paid gift stand. */
interface Words {
  readonly checkoutId: string;
  readonly paymentId: string;
  readonly paidAt: Date;
  readonly state: MessageState;
}

/**
 * Decides about the words of a paid gift; a mind may be changed later. One transaction writes the decision, who made it when,
 * takes the words out of the list of those that wait, and touches the gift: through the stream that makes the projector
 * rebuild the newest gifts, however this function ends.
 *
 * @returns `unchanged` when it was so decided before
 * @throws Problem `not-found` when there is no such checkout, `no-words` when it has none or is not paid
 */
export async function moderateWords(
  moderation: Moderation,
  permit: Permit<'words.moderate'>,
  deps: { readonly table: Table; readonly now: Date },
): Promise<'changed' | 'unchanged'> {
  const state = moderation.decision === 'approve' ? 'approved' : 'refused';
  for (;;) {
    const words = await readWords(deps.table, moderation.checkoutId);
    if (words.state === state) return 'unchanged';
    const outcome = await commit(deps.table, () => decisionChanges(words, state, permit, deps.now));
    if (outcome.committed) return 'changed';
    if (outcome.failed.has('gift')) throw new Error(`Checkout ${words.checkoutId}: its gift is not there.`);
    // Somebody else decided at the same moment: what they made of it is read again.
  }
}

async function readWords(table: Table, checkoutId: string): Promise<Words> {
  const [checkoutAt, personAt] = [keys.checkout(checkoutId), keys.person(checkoutId)];
  const read = isCheckoutId(checkoutId)
    ? await readItems(table, [checkoutAt, personAt], { consistent: true })
    : undefined;
  const checkout = read?.itemAt(checkoutAt);
  if (!checkout) throw new Problem('not-found', 'There is no such checkout.');
  const item = read?.itemAt(personAt);
  const person = item && fromPersonItem(item);
  if (!person?.message) throw new Problem('no-words', 'The giver wrote no words, or they were erased.');
  const paymentId = paymentOf(checkout);
  const { paidAt } = fromCheckoutItem(checkout);
  if (!paymentId || !paidAt) throw new Problem('no-words', 'Words are decided on once their gift is paid.');
  return { checkoutId, paymentId, paidAt, state: person.messageState ?? 'waiting' };
}

function decisionChanges(
  words: Words,
  state: MessageState,
  permit: Permit<'words.moderate'>,
  now: Date,
): Changes<'person' | 'words' | 'gift' | 'audit'> {
  const { checkoutId, paymentId, paidAt, state: before } = words;
  return {
    person: {
      update: keys.person(checkoutId),
      set: { expression: 'SET messageState = :state', values: { ':state': state, ':before': before } },
      condition: 'messageState = :before',
    },
    words: { remove: waitingWordsKey({ checkoutId, at: paidAt }) },
    gift: {
      update: keys.gift(paymentId),
      set: { expression: 'SET wordsState = :state', values: { ':state': state } },
      condition: 'attribute_exists(pk)',
    },
    audit: auditChange(
      permit,
      { object: { kind: 'words', id: checkoutId }, before: { state: before }, after: { state } },
      now,
    ),
  };
}
