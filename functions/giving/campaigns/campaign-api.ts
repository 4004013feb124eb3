import * as z from 'zod/mini';
import { anyObject, list as listed, oneOf, paged, text } from '#kernel/staff/answer.ts';
import { endpoint } from '#kernel/staff/endpoint.ts';
import { overwriting } from '#kernel/staff/revision-input.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import { reply } from '#platform/http/endpoint.ts';
import { json, unreadJson } from '#platform/http/input.ts';
import { isSlug } from '#platform/id-shapes.ts';
import { campaignStatuses } from './campaign.ts';
import { campaignInPath } from './campaign-input.ts';
import { campaignSchema, parseCampaign, writtenCampaign } from './campaign-request.ts';
import { changeStatus } from './change-status.ts';
import { moveCampaign } from './move-campaign.ts';
import { type CampaignView, readAllCampaigns } from './read-campaigns.ts';
import { type RevisedCampaign, readForEditing, writeCampaign } from './write-campaign.ts';

async function listForStaff(
  _permitted: { readonly permit: Permit<'campaign.read'> },
  { table, now }: Pick<Context, 'table' | 'now'>,
) {
  return (await readAllCampaigns({ table, now })).map(summaryOf);
}

function summaryOf({ campaign, state, raised, supporters, month }: CampaignView) {
  const { slug, title, status, currency, target, opensAt, closesAt } = campaign;
  return {
    slug,
    title,
    status,
    state,
    kind: target.kind,
    currency: currency.toUpperCase(),
    goal: target.kind === 'fund' ? target.goal : null,
    opensAt: opensAt.toISOString(),
    closesAt: closesAt?.toISOString() ?? null,
    totals: { raised, supporters, month: month ?? null },
  };
}

const example: z.input<typeof campaignSchema> = {
  title: { en: 'A warehouse in Lai Chi Kok', 'zh-HK': '荔枝角貨倉' },
  summary: { en: 'It keeps its doors open.', 'zh-HK': '維持日常運作。' },
  story: { en: 'What is given is sorted here.', 'zh-HK': '捐贈物資在此分類。' },
  currency: 'HKD',
  target: { kind: 'fund', goal: 10_000_000 },
  levels: [
    { amount: 50_000, text: { en: 'a day and a half of the whole centre', 'zh-HK': '支持中心運作一日半' } },
  ],
  opensAt: '2026-11-22T00:00:00+08:00',
};

const list = endpoint({
  id: 'listStaffCampaigns',
  method: 'get',
  path: '/api/staff/campaigns',
  right: 'campaign.read',
  summary: 'All campaigns with their totals',
  description: 'In the order of the public list; amounts are minor units.',
  input: {},
  answer: () => paged('Each campaign.', anyObject),
  run: async (_, { table, now, permit }) => ({
    data: await listForStaff({ permit }, { table, now }),
    nextCursor: null,
  }),
});

const read = endpoint({
  id: 'getStaffCampaign',
  method: 'get',
  path: '/api/staff/campaigns/{slug}',
  right: 'campaign.read',
  summary: 'A campaign as it is written',
  description: 'What is read can be changed and sent back, with the ETag of the answer as If-Match.',
  input: { slug: campaignInPath() },
  answer: () => campaignSchema,
  answerName: 'StaffCampaign',
  problems: ['not-found'],
  run: async ({ slug }, { table, permit }) =>
    answered(await readForEditing({ slug, permit }, { table }), 200),
});

export const writeEndpoint = endpoint({
  id: 'putStaffCampaign',
  method: 'put',
  path: '/api/staff/campaigns/{slug}',
  right: 'campaign.write',
  summary: 'Write a campaign',
  description: 'Writes the whole campaign, unless another person wrote it since you read it.',
  input: {
    slug: campaignInPath(requireSlug),
    seen: overwriting('campaign'),
    body: unreadJson({ StaffCampaign: campaignSchema }, example),
  },
  answer: () => campaignSchema,
  answerName: 'StaffCampaign',
  statuses: { 200: 'Done.', 201: 'It was not there before.' },
  run: async ({ slug, seen, body }, { table, now, permit }) => {
    const written = await writeCampaign(
      { campaign: parseCampaign(slug, body), seen, permit },
      { table, now },
    );
    return answered(written, written.created ? 201 : 200);
  },
});

const statusSchema = z.strictObject(
  { status: z.enum(campaignStatuses, `The status is one of: ${campaignStatuses.join(', ')}.`) },
  'The body is an object with the field status.',
);

export const statusEndpoint = endpoint({
  id: 'setCampaignStatus',
  method: 'post',
  path: '/api/staff/campaigns/{slug}/status',
  right: 'campaign.write',
  summary: 'Publish, close or hide a campaign',
  description:
    'A draft and a hidden one are seen by nobody and take no gift; a closed one says so on its page. Money that comes late is booked all the same.',
  input: { slug: campaignInPath(), body: json({ CampaignStatus: statusSchema }, { status: 'published' }) },
  answer: () => z.object({ slug: text, status: oneOf(campaignStatuses) }),
  problems: ['idempotency-key-reused', 'not-found'],
  run: async ({ slug, body: { status } }, { table, now, permit, idempotencyKey }) => {
    const { campaign } = await changeStatus({ slug, status, idempotencyKey, permit }, { table, now });
    return { slug, status: campaign.status };
  },
});

const moveSchema = z.strictObject(
  { direction: z.enum(['up', 'down'], 'The direction is "up" or "down".') },
  'The body is an object with the field direction.',
);

export const moveEndpoint = endpoint({
  id: 'moveCampaign',
  method: 'post',
  path: '/api/staff/campaigns/{slug}/move',
  right: 'campaign.write',
  summary: 'Move a campaign in the list',
  description: 'One place up or down in the order of the home page; at its end it stays.',
  input: { slug: campaignInPath(), body: json({ CampaignMove: moveSchema }, { direction: 'up' }) },
  answer: () => listed('The slugs in their order.', text),
  problems: ['idempotency-key-reused', 'not-found'],
  run: async ({ slug, body: { direction } }, { table, now, permit, idempotencyKey }) => ({
    data: await moveCampaign({ slug, direction, idempotencyKey, permit }, { table, now }),
  }),
});

export const campaignApi = [list, read, writeEndpoint, statusEndpoint, moveEndpoint];

function answered({ campaign, revision }: RevisedCampaign, status: 200 | 201) {
  return reply(writtenCampaign(campaign), { status, revision });
}

function requireSlug(slug: string): string {
  if (isSlug(slug)) return slug;
  const detail = 'A slug has small letters, digits and single hyphens, at most 60: soup-kitchen.';
  throw new Problem('invalid', detail, { errors: [{ pointer: '/slug', detail }] });
}
