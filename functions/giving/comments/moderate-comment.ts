import { auditChange } from '#kernel/audit-log/audit-change.ts';
import { type MessageState, type Person, waitsOf } from '#kernel/people/person-item.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import { type Change, type Changes, commit } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { once } from '#platform/table/once.ts';
import { waitingCommentKey } from './comment-item.ts';
import { type PaidPerson, type Reading, readPaidPerson } from './read-paid-person.ts';

/** A decision about a donor's comment, or about the name beside the gift. */
export interface Moderation {
  readonly checkoutId: string;
  readonly about: 'message' | 'name';
  readonly decision: 'approve' | 'refuse';
}

/**
 * Approves or rejects the comment or the public name of a paid gift; a later decision can change it. One transaction writes the
 * decision and its audit entry, removes the gift from the waiting list when nothing of it waits any more, and updates the gift: through
 * the table's stream this makes the projector rebuild the newest gifts, even if this function stops here. No total changes. A request
 * has its effect once under its key, so a late repetition does not undo a later decision.
 *
 * @returns `unchanged` when the same decision was made before
 * @throws Problem `idempotency-key-reused`, `not-found` when there is no such checkout, `no-words` when there is nothing to decide on
 * or the gift is not paid
 */
export async function moderateComment(
  {
    idempotencyKey,
    permit,
    ...moderation
  }: Moderation & { readonly idempotencyKey: string; readonly permit: Permit<'words.moderate'> },
  ctx: Pick<Context, 'table' | 'now'>,
): Promise<'changed' | 'unchanged'> {
  const state = moderation.decision === 'approve' ? 'approved' : 'refused';
  const { about, checkoutId } = moderation;
  const route = `${about === 'message' ? 'words' : 'names'}/${checkoutId}`;
  const keyed = { caller: permit.actor.id, route, key: idempotencyKey, body: { state } };
  return once<'changed' | 'unchanged'>(ctx, keyed, {
    attempt: async (record) => {
      const written = await readWritten(moderation, ctx);
      if (stateOf(written.person, about) === state) return 'unchanged';
      const outcome = await commit(ctx.table, () => ({
        once: record(checkoutId),
        ...decisionChanges(written, about, state, permit, ctx.now),
      }));
      if (outcome.committed) return 'changed';
      if (outcome.failed.has('payment'))
        throw new Error(`Payment ${written.paymentId}: its gift is not there.`);
      // Another person decided at the same moment: the new state is read again.
      return undefined;
    },
    answer: async () => 'changed',
  });
}

async function readWritten({ checkoutId, about }: Moderation, ctx: Reading): Promise<PaidPerson> {
  const { person, paymentId, paidAt } = await readPaidPerson(checkoutId, ctx);
  if (!(about === 'message' ? person?.message : person?.displayName) || !person) {
    throw new Problem('no-words', `The donor gave no ${noun[about]}, or it was erased.`);
  }
  if (!paymentId || !paidAt) throw new Problem('no-words', 'It is decided on once the gift is paid.');
  return { person, paymentId, paidAt };
}

const noun = { message: 'comment', name: 'name for the page' } as const;
const attributes = { message: 'messageState', name: 'nameState' } as const;

function stateOf(person: Person, about: Moderation['about']): MessageState {
  return person[attributes[about]] ?? 'waiting';
}

function decisionChanges(
  { person, paymentId, paidAt }: PaidPerson,
  about: Moderation['about'],
  state: MessageState,
  permit: Permit<'words.moderate'>,
  now: Date,
): Changes<'person' | 'payment' | 'audit'> & Partial<Record<'words', Change>> {
  const { checkoutId } = person;
  const before = stateOf(person, about);
  const other = about === 'message' ? 'name' : 'message';
  const otherBefore = person[attributes[other]];
  const otherAsRead = otherBefore
    ? `${attributes[other]} = :other`
    : `attribute_not_exists(${attributes[other]})`;
  return {
    person: {
      update: keys.person(checkoutId),
      set: {
        expression: `SET ${attributes[about]} = :state`,
        values: { ':state': state, ':before': before, ...(otherBefore && { ':other': otherBefore }) },
      },
      condition: `${attributes[about]} = :before AND ${otherAsRead}`,
    },
    ...(!waitsOf(person).includes(other) && {
      words: { remove: waitingCommentKey({ checkoutId, at: paidAt }) },
    }),
    payment: {
      update: keys.payment(paymentId),
      set: {
        expression: `SET ${about === 'message' ? 'wordsState' : 'nameState'} = :state`,
        values: { ':state': state },
      },
      condition: 'attribute_exists(pk)',
    },
    audit: auditChange(
      permit,
      {
        object: { kind: about === 'message' ? 'words' : 'name', id: checkoutId },
        before: { state: before },
        after: { state },
      },
      now,
    ),
  };
}
