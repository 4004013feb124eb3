import { type Context, Hono } from 'hono';
import { permit } from '#kernel/staff/rights.ts';
import type { StaffDeps, StaffEnv } from '#kernel/staff/staff-deps.ts';
import { Problem } from '#platform/errors.ts';
import { readJson } from '#platform/http/requests.ts';
import { isSlug } from '#platform/id-shapes.ts';
import { parseCampaign, writtenCampaign } from './campaign-request.ts';
import { listForStaff } from './list-for-staff.ts';
import { type RevisedCampaign, readForEditing, type Seen, writeCampaign } from './write-campaign.ts';

/** What the staff does with campaigns, as JSON. */
export function campaignStaffRoutes(deps: StaffDeps): Hono<StaffEnv> {
  const app = new Hono<StaffEnv>();
  app.get('/api/staff/campaigns', async (c) => {
    const allowed = permit(c.get('actor'), 'campaign.read');
    return c.json({ data: await listForStaff(deps.table, deps.clock(), allowed), nextCursor: null });
  });
  app.get('/api/staff/campaigns/:slug', async (c) => {
    const allowed = permit(c.get('actor'), 'campaign.read');
    return answer(c, await readForEditing(deps.table, c.req.param('slug'), allowed), 200);
  });
  app.put('/api/staff/campaigns/:slug', async (c) => {
    const allowed = permit(c.get('actor'), 'campaign.write');
    const slug = c.req.param('slug');
    if (!isSlug(slug)) {
      const detail = 'A slug has small letters, digits and single hyphens, at most 60: soup-kitchen.';
      throw new Problem('invalid', detail, { errors: [{ pointer: '/slug', detail }] });
    }
    const seen = readSeen(c);
    const campaign = parseCampaign(slug, await readJson(c));
    const written = await writeCampaign(deps.table, campaign, seen, allowed, deps.clock());
    return answer(c, written, written.created ? 201 : 200);
  });
  return app;
}

function answer(c: Context, { campaign, revision }: RevisedCampaign, status: 200 | 201): Response {
  return c.json(writtenCampaign(campaign), status, { etag: `"${revision}"` });
}

/**
 * What the writer saw, by the headers of RFC 9110, section 13.1: `If-Match` with the ETag, or `If-None-Match: *` for a new one.
 * @throws Problem `precondition-required` without both, `precondition-failed` for an ETag that was never ours
 */
function readSeen(c: Context): Seen {
  const match = c.req.header('if-match');
  if (match === undefined) {
    if (c.req.header('if-none-match') === '*') return 'nothing';
    throw new Problem(
      'precondition-required',
      'Send If-Match with the ETag that you read, or If-None-Match: * for a new campaign.',
    );
  }
  if (match === '*') return 'any';
  const revision = /^"(\d{1,9})"$/.exec(match)?.[1];
  if (!revision) throw new Problem('precondition-failed', 'If-Match is no ETag of a campaign.');
  return Number(revision);
}
