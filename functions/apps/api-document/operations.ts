import { staffEndpoints } from '#apps/staff/endpoints.ts';
import type { Parameter } from '#platform/http/described.ts';
import { examples } from './examples.ts';
import { operationOf } from './from-endpoint.ts';
import { idempotencyKey, type Operation, page, schema, slug } from './operation.ts';

const ifNoneMatch: Parameter = {
  name: 'If-None-Match',
  in: 'header',
  description: 'The ETag of an answer that you have: 304 without a body when it still holds.',
  schema: { type: 'string' },
};

const campaignReads: readonly Operation[] = [
  {
    id: 'listCampaigns',
    method: 'get',
    path: '/api/campaigns',
    tag: 'Campaigns',
    summary: 'All campaigns',
    description: 'In the order of the home page, with what each has raised.',
    parameters: [...page, ifNoneMatch],
    publicRead: true,
    answer: {
      statuses: { 200: 'A page of campaigns.' },
      schema: schema('CampaignPage'),
      example: examples.campaigns,
    },
    problems: ['invalid'],
  },
  {
    id: 'getCampaign',
    method: 'get',
    path: '/api/campaigns/{slug}',
    tag: 'Campaigns',
    summary: 'One campaign',
    description: 'With what it has raised; a monthly budget also with how its present month stands.',
    parameters: [slug, ifNoneMatch],
    publicRead: true,
    answer: {
      statuses: { 200: 'The campaign.' },
      schema: schema('Campaign'),
      example: examples.campaign,
    },
    problems: ['not-found'],
  },
  {
    id: 'listGifts',
    method: 'get',
    path: '/api/campaigns/{slug}/gifts',
    tag: 'Campaigns',
    summary: 'The public gifts of a campaign',
    description: 'Newest first. What a donor hides is null. Follow `nextCursor` until it is null.',
    parameters: [slug, ...page, ifNoneMatch],
    publicRead: true,
    answer: {
      statuses: { 200: 'A page of gifts.' },
      schema: schema('GiftPage'),
      example: examples.gifts,
    },
    problems: ['not-found', 'invalid'],
  },
  {
    id: 'getMoney',
    method: 'get',
    path: '/api/campaigns/{slug}/money',
    tag: 'Campaigns',
    summary: 'Where the money of a campaign went',
    description:
      'Sums by month and purpose, from the books. A purpose is shown from five payments on; fewer join other help or a later month.',
    parameters: [slug, ifNoneMatch],
    publicRead: true,
    answer: {
      statuses: { 200: 'The sums.' },
      schema: schema('Money'),
      example: examples.money,
    },
    problems: ['not-found'],
  },
];

const checkouts: readonly Operation[] = [
  {
    id: 'startGiftCheckout',
    method: 'post',
    path: '/api/campaigns/{slug}/checkouts',
    tag: 'Checkouts',
    summary: 'Start to give',
    description:
      'Opens a payment page at Stripe; send the donor to its address. Nothing is booked before Stripe says that the money was taken.',
    parameters: [slug, idempotencyKey],
    body: { schema: schema('GiftCheckout'), example: examples.giftCheckout },
    answer: {
      statuses: { 201: 'The checkout, and where to pay.' },
      schema: schema('StartedCheckout'),
      example: examples.started,
    },
    problems: [
      'not-json',
      'idempotency-key-missing',
      'not-found',
      'campaign-closed',
      'checkout-in-progress',
      'checkout-over',
      'body-too-large',
      'media-type',
      'invalid',
      'not-offered',
      'idempotency-key-reused',
      'again',
      'too-many-checkouts',
      'minimum-raised',
      'payments-unavailable',
    ],
  },
  {
    id: 'getCheckout',
    method: 'get',
    path: '/api/checkouts/{checkoutId}',
    tag: 'Checkouts',
    summary: 'How a checkout stands',
    description: 'Ask again until it is neither `open` nor `processing`. No personal data is answered.',
    parameters: [
      {
        name: 'checkoutId',
        in: 'path',
        required: true,
        description: 'The id that starting the checkout answered.',
        schema: { type: 'string', pattern: '^chk_[0-9a-f]{32}$' },
        example: examples.started.checkoutId,
      },
    ],
    answer: {
      statuses: { 200: 'How it stands. Never cached.' },
      schema: schema('Checkout'),
      example: examples.checkout,
    },
    problems: ['not-found'],
  },
];

const others: readonly Operation[] = [
  {
    id: 'getOpenApi',
    method: 'get',
    path: '/api/openapi.json',
    tag: 'This document',
    summary: 'The description of the API',
    description: 'OpenAPI 3.1, made from the schemas that requests are checked with.',
    parameters: [ifNoneMatch],
    publicRead: true,
    answer: { statuses: { 200: 'This document.' }, schema: { type: 'object' } },
    problems: [],
  },
];

/** Every call of the JSON API. */
export const operations: readonly Operation[] = [
  ...campaignReads,
  ...checkouts,
  ...staffEndpoints.map(operationOf),
  ...others,
];
