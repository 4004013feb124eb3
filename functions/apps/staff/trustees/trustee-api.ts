import * as z from 'zod/mini';
import type { Actor } from '#kernel/staff/actor.ts';
import { time } from '#kernel/staff/answer.ts';
import { endpoint } from '#kernel/staff/endpoint.ts';
import { mayDo } from '#kernel/staff/rights.ts';
import { askTrustee } from '#kernel/trustees/ask-trustee.ts';
import type { TwoPersonStep } from '#kernel/trustees/two-person-step.ts';
import { Problem } from '#platform/errors.ts';
import { text } from '#platform/http/fields.ts';
import { inPath, json } from '#platform/http/input.ts';
import { stepOf } from './two-person-steps.ts';

/** Which step, in the path. */
const waitingStep = {
  kind: inPath({ description: 'The kind of step.', example: 'passed-on' }),
  id: inPath({ description: 'Which one.', example: 'dsb_0123456789abcdef0123456789abcdef' }),
};

/**
 * The step that who acts may see.
 * @throws Problem `not-found`, also for one that they may not know of
 */
export function visibleStep(kind: string, actor: Actor): TwoPersonStep {
  const step = stepOf(kind);
  if (step && mayDo(actor, step.seeing)) return step;
  throw new Problem('not-found', 'There is no such step.');
}

/** Asks a trustee to be the second person. */
export const askEndpoint = endpoint({
  id: 'askTrustee',
  method: 'post',
  path: '/api/staff/second-person/{kind}/{id}/ask-trustee',
  right: 'second-person.ask',
  summary: 'Ask a trustee to be the second person',
  description:
    'By mail, to the address in the configuration, with a link that approves this one step, once and within a day.',
  input: {
    ...waitingStep,
    body: json(
      {
        TrusteeAsked: z.strictObject(
          { trustee: text('The trustee', 100) },
          'The body is an object with trustee, the name of one in the configuration.',
        ),
      },
      { trustee: 'Ada Lam' },
    ),
  },
  answer: () => z.object({ until: time }),
  problems: ['idempotency-key-reused', 'not-found', 'passed-on-state', 'second-person'],
  run: async ({ kind, id, body }, { permit, idempotencyKey, actor, ...ctx }) => {
    const asking = { step: visibleStep(kind, actor), id, trustee: body.trustee, idempotencyKey, permit };
    return { until: (await askTrustee(asking, ctx)).toISOString() };
  },
});

/** When the second person is away. */
export const trusteeApi = [askEndpoint];
