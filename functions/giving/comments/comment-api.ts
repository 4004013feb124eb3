import * as z from 'zod/mini';
import { campaignInPath } from '#giving/campaigns/campaign-input.ts';
import { anyObject, described, list, paged, text, truth } from '#kernel/staff/answer.ts';
import { endpoint } from '#kernel/staff/endpoint.ts';
import { inPath, json } from '#platform/http/input.ts';
import { listNames } from './list-names.ts';
import { listWaitingComments } from './list-waiting-comments.ts';
import { moderateAmount } from './moderate-amount.ts';
import { moderateComment } from './moderate-comment.ts';

/** A decision of the staff about a donor's comment. */
const commentDecisionSchema = z.strictObject(
  { decision: z.enum(['approve', 'refuse'], 'The decision is "approve" or "refuse".') },
  'The body is an object with the field decision.',
);

/** A decision of the staff about the name beside a gift. */
const nameDecisionSchema = z.strictObject(
  { decision: z.enum(['show', 'hide'], 'The decision is "show" or "hide".') },
  'The body is an object with the field decision.',
);

const example = 'chk_0123456789abcdef0123456789abcdef';

const decided = () =>
  z.object({
    checkoutId: text,
    decision: text,
    changed: described(truth, 'False when it was decided so before.'),
  });

const waiting = endpoint({
  id: 'listWaitingWords',
  method: 'get',
  path: '/api/staff/words',
  right: 'words.moderate',
  summary: 'Comments and names that wait for a decision',
  description:
    'The longest waiting first; `waits` says whether the `message`, the `name` or both wait. A name waits only if it holds a link, an address, a handle, a telephone number, or invisible or piled-up marks.',
  input: {},
  answer: () => list('What each donor wrote for the page.', anyObject),
  run: async (_, { table, now }) => {
    const queued = await listWaitingComments({ table, now });
    return { data: queued.map((each) => ({ ...each, at: each.at.toISOString() })) };
  },
});

export const decideEndpoint = endpoint({
  id: 'decideOnWords',
  method: 'post',
  path: '/api/staff/words/{checkoutId}',
  right: 'words.moderate',
  summary: 'Approve or reject a comment',
  description: 'An approved comment is public; a rejected one never is. A decision can be changed.',
  input: {
    checkoutId: inPath({ description: 'The checkout that the comment came with.', example }),
    body: json({ WordsDecision: commentDecisionSchema }, { decision: 'approve' }),
  },
  answer: decided,
  problems: ['idempotency-key-reused', 'no-words', 'not-found'],
  run: async ({ checkoutId, body: { decision } }, { permit, idempotencyKey, ...ctx }) => {
    const moderation = { checkoutId, about: 'message', decision } as const;
    const outcome = await moderateComment({ ...moderation, idempotencyKey, permit }, ctx);
    return { checkoutId, decision, changed: outcome === 'changed' };
  },
});

const names = endpoint({
  id: 'listNames',
  method: 'get',
  path: '/api/staff/campaigns/{slug}/names',
  right: 'words.moderate',
  summary: 'The names beside a campaign’s newest gifts',
  description:
    'Those that donors gave for the page, of the newest hundred gifts, newest first, with the checkout by which one is hidden. `state` is `shown`, `waiting`, `hidden` (by the staff) or `hidden-by-donor`.',
  input: { slug: campaignInPath() },
  answer: () => paged('Each name.', anyObject),
  problems: ['not-found'],
  run: async ({ slug }, { table, now, permit }) => {
    const found = await listNames({ slug, permit }, { table, now });
    return { data: found.map((each) => ({ ...each, at: each.at.toISOString() })), nextCursor: null };
  },
});

/** What the decisions on a name and on an amount have in common. */
const whatIsShown = {
  input: {
    checkoutId: inPath({ description: 'The checkout of the gift.', example }),
    body: json({ NameDecision: nameDecisionSchema }, { decision: 'hide' }),
  },
  answer: decided,
  problems: ['idempotency-key-reused', 'no-words', 'not-found'],
} as const;

export const decideNameEndpoint = endpoint({
  id: 'decideOnName',
  method: 'post',
  path: '/api/staff/names/{checkoutId}',
  right: 'words.moderate',
  summary: 'Show or hide the name beside a gift',
  description:
    'Within seconds every list shows a hidden name as “Anonymous”; the gift and all totals stay. A decision can be changed.',
  ...whatIsShown,
  run: async ({ checkoutId, body: { decision } }, { permit, idempotencyKey, ...ctx }) => {
    const outcome = await moderateComment(
      {
        ...{ checkoutId, about: 'name', decision: decision === 'show' ? 'approve' : 'refuse' },
        idempotencyKey,
        permit,
      },
      ctx,
    );
    return { checkoutId, decision, changed: outcome === 'changed' };
  },
});

export const decideAmountEndpoint = endpoint({
  id: 'decideOnAmount',
  method: 'post',
  path: '/api/staff/amounts/{checkoutId}',
  right: 'words.moderate',
  summary: 'Show or hide the amount beside a gift',
  description:
    'Within seconds every list shows a hidden amount as none; the gift still counts in all totals. A decision can be changed.',
  ...whatIsShown,
  run: async ({ checkoutId, body: { decision } }, { permit, idempotencyKey, ...ctx }) => {
    const asked = { checkoutId, hide: decision === 'hide', idempotencyKey, permit };
    const outcome = await moderateAmount(asked, ctx);
    return { checkoutId, decision, changed: outcome === 'changed' };
  },
});

/** The staff's operations on donors' comments, names and amounts. */
export const commentApi = [waiting, decideEndpoint, names, decideNameEndpoint, decideAmountEndpoint];
