import { staffEndpoints } from '#apps/staff/endpoints.ts';
import type { Parameter, Schema } from '#platform/http/described.ts';
import { examples } from './examples.ts';
import { operationOf } from './from-endpoint.ts';
import { idempotencyKey, type Operation, schema, slug } from './operation.ts';
import { attentions } from './staff-attention.ts';
import { books } from './staff-books.ts';
import { differences } from './staff-differences.ts';
import { exportOperations } from './staff-exports.ts';
import { mails } from './staff-mails.ts';
import {
  amount,
  bodyProblems,
  entry,
  inPath,
  list,
  nextCursor,
  object,
  ofStaff,
  oneOf,
  orNull,
  text,
  texts,
  time,
} from './staff-parts.ts';
import { passedOn } from './staff-passed-on.ts';
import { refunds } from './staff-refunds.ts';

const ifMatch: readonly Parameter[] = [
  {
    name: 'If-Match',
    in: 'header',
    description: 'The ETag that you read; without it, send `If-None-Match: *` for a new campaign.',
    schema: { type: 'string' },
  },
  {
    name: 'If-None-Match',
    in: 'header',
    description: '`*` for a campaign that must not be there yet.',
    schema: { type: 'string' },
  },
];

const campaigns: readonly Operation[] = [
  ofStaff({
    id: 'listStaffCampaigns',
    method: 'get',
    path: '/api/staff/campaigns',
    summary: 'All campaigns with their totals',
    tells: 'In the order of the public list; amounts are minor units.',
    right: 'campaign.read',
    answers: list('Each campaign.', { nextCursor }),
    problems: [],
  }),
  ofStaff({
    id: 'getStaffCampaign',
    method: 'get',
    path: '/api/staff/campaigns/{slug}',
    summary: 'A campaign as it is written',
    tells: 'What is read can be changed and sent back, with the ETag of the answer as If-Match.',
    right: 'campaign.read',
    parameters: [slug],
    answers: schema('StaffCampaign'),
    problems: ['not-found'],
  }),
  ofStaff({
    id: 'putStaffCampaign',
    method: 'put',
    path: '/api/staff/campaigns/{slug}',
    summary: 'Write a campaign',
    tells: 'Writes the whole campaign, unless somebody else wrote it since you read it.',
    right: 'campaign.write',
    parameters: [slug, ...ifMatch],
    body: { schema: schema('StaffCampaign'), example: examples.staffCampaign },
    statuses: { 201: 'It was not there before.' },
    answers: schema('StaffCampaign'),
    problems: [...bodyProblems, 'precondition-required', 'precondition-failed'],
  }),
];

const gift: Schema = {
  type: 'object',
  properties: {
    paymentId: text,
    campaign: text,
    amount: { ...amount, description: 'Without the cover. Minor units.' },
    cover: { ...amount, description: 'What was added towards the card fee. Minor units.' },
    refunded: amount,
    currency: text,
    frequency: oneOf(['once']),
    language: text,
    at: time,
    month: text,
    held: { ...orNull(text), description: 'Why it is shown to nobody until a person releases it.' },
    checkout: object({ status: orNull(text) }),
    entries: { type: 'array', items: entry },
    person: orNull(
      object({
        name: text,
        displayName: orNull(text),
        email: text,
        hideName: { type: 'boolean' },
        hideAmount: { type: 'boolean' },
        message: orNull(text),
      }),
    ),
  },
  required: ['paymentId', 'campaign', 'amount', 'cover', 'refunded', 'currency', 'at', 'month', 'entries'],
};

const gifts: readonly Operation[] = [
  ofStaff({
    id: 'getStaffGift',
    method: 'get',
    path: '/api/staff/gifts/{paymentId}',
    summary: 'A gift with its ledger entries',
    tells:
      '`amount` is without `cover`, which was given towards the card fee. With the right `person.read` also the giver; null when their data was erased.',
    right: 'gift.read',
    parameters: [inPath('paymentId', 'Stripe’s PaymentIntent.', 'pi_3Q0example')],
    answers: gift,
    problems: ['not-found'],
  }),
  ofStaff({
    id: 'listWaitingWords',
    method: 'get',
    path: '/api/staff/words',
    summary: 'Comments and names that wait for a decision',
    tells:
      'The longest waiting first; `waits` says whether the `message`, the `name` or both wait. Of names only those wait that hold a link, an address, a handle, a telephone number, invisible or piled-up marks.',
    right: 'words.moderate',
    answers: list('What each donor wrote for the page.'),
    problems: [],
  }),
  ofStaff({
    id: 'decideOnWords',
    method: 'post',
    path: '/api/staff/words/{checkoutId}',
    summary: 'Approve or refuse words',
    tells: 'Approved words stand in public; refused ones never do. A decision can be changed.',
    right: 'words.moderate',
    parameters: [
      inPath('checkoutId', 'The checkout that the words came with.', examples.started.checkoutId),
      idempotencyKey,
    ],
    body: { schema: schema('WordsDecision'), example: { decision: 'approve' } },
    answers: object({
      checkoutId: { type: 'string' },
      decision: { type: 'string' },
      changed: { type: 'boolean', description: 'False when it was decided so before.' },
    }),
    problems: [...bodyProblems, 'idempotency-key-missing', 'idempotency-key-reused', 'no-words', 'not-found'],
  }),
  ofStaff({
    id: 'listNames',
    method: 'get',
    path: '/api/staff/campaigns/{slug}/names',
    summary: 'The names beside a campaign’s newest gifts',
    tells:
      'Those that donors gave for the page, of the newest hundred gifts, newest first, with the checkout by which one is hidden. `state` is `shown`, `waiting`, `hidden` (by the staff) or `hidden-by-donor`.',
    right: 'words.moderate',
    parameters: [slug],
    answers: list('Each name.', { nextCursor }),
    problems: ['not-found'],
  }),
  ofStaff({
    id: 'decideOnName',
    method: 'post',
    path: '/api/staff/names/{checkoutId}',
    summary: 'Show or hide the name beside a gift',
    tells:
      'A hidden name stands as “Anonymous” in every list within seconds; the gift and all totals stay. A decision can be changed.',
    right: 'words.moderate',
    parameters: [
      inPath('checkoutId', 'The checkout of the gift.', examples.started.checkoutId),
      idempotencyKey,
    ],
    body: { schema: schema('NameDecision'), example: { decision: 'hide' } },
    answers: object({
      checkoutId: { type: 'string' },
      decision: { type: 'string' },
      changed: { type: 'boolean', description: 'False when it was decided so before.' },
    }),
    problems: [...bodyProblems, 'idempotency-key-missing', 'idempotency-key-reused', 'no-words', 'not-found'],
  }),
];

/** The operations of the staff (`functions/apps/staff/routes.ts`); a test holds the two lists against each other. */
export const staffOperations: readonly Operation[] = [
  ofStaff({
    id: 'getMe',
    method: 'get',
    path: '/api/staff/me',
    summary: 'Who is signed in',
    tells: 'With the roles, and the rights that follow from them.',
    answers: object({ id: { type: 'string' }, roles: texts, rights: texts }),
    problems: [],
  }),
  ...campaigns,
  ...gifts,
  ...attentions,
  ...mails,
  ...refunds,
  ...books,
  ...differences,
  ...passedOn,
  ...exportOperations,
  ...staffEndpoints.map(operationOf),
];
