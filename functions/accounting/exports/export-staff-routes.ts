import { Hono } from 'hono';
import type { Actor } from '#kernel/staff/actor.ts';
import { nextCursor, readMonth, readPaging } from '#kernel/staff/list-cursor.ts';
import { mayDo, permit } from '#kernel/staff/rights.ts';
import type { StaffDeps, StaffEnv } from '#kernel/staff/staff-deps.ts';
import { hongKongMonth } from '#platform/clock.ts';
import { linkTo } from '#platform/files/file-store.ts';
import { readIdempotencyKey, readJson } from '#platform/http/requests.ts';
import { askForExport } from './ask-for-export.ts';
import { type Export, fileEnd, filenameOf, linkSeconds, shownState } from './export.ts';
import type { ExportAnswer } from './export-answer.ts';
import { exportFileKey } from './export-item.ts';
import { parseExport } from './export-request.ts';
import { listExports, readExport } from './read-exports.ts';

const path = '/api/staff/exports';

/** What the staff does with files of gifts and of the ledger, as JSON; the files themselves come from the bucket. */
export function exportStaffRoutes(deps: StaffDeps): Hono<StaffEnv> {
  const app = new Hono<StaffEnv>();
  app.get(path, async (c) => {
    const allowed = permit(c.get('actor'), 'export.make');
    const now = deps.clock();
    const month = readMonth(c.req.query('month') ?? hongKongMonth(now));
    const list = `exports ${month}`;
    const { data, next } = await listExports(deps.table, month, readPaging(c, list), allowed);
    return c.json({ data: data.map((each) => toJson(each, now)), nextCursor: nextCursor(list, next) });
  });
  app.post(path, async (c) => {
    const actor = c.get('actor');
    const exporting = permit(actor, 'export.make');
    const now = deps.clock();
    const request = parseExport(await readJson(c), now);
    const people = request.people ? permit(actor, 'person.read') : undefined;
    const permits = { exporting, people };
    const asked = await askForExport(request, readIdempotencyKey(c), permits, { table: deps.table, now });
    return c.json(toJson(asked, now), 201);
  });
  app.get(`${path}/:id`, async (c) => {
    const actor = c.get('actor');
    const found = await readExport(deps.table, c.req.param('id'), permit(actor, 'export.make'));
    const now = deps.clock();
    return c.json({ ...toJson(found, now), ...(await linkFor(found, actor, now, deps)) });
  });
  return app;
}

/** A link for who may read what is in the file; none while there is no file. */
async function linkFor(
  found: Export,
  actor: Actor,
  now: Date,
  { files }: StaffDeps,
): Promise<Partial<ExportAnswer>> {
  if (shownState(found, now) !== 'done' || (found.people && !mayDo(actor, 'person.read'))) return {};
  if (!files) throw new Error('There is no bucket to fetch exports from.');
  const filename = filenameOf(found);
  const url = await linkTo(files, exportFileKey(found.id), { seconds: linkSeconds, filename, now });
  return { url, expiresAt: new Date(now.getTime() + linkSeconds * 1000).toISOString() };
}

function toJson(found: Export, now: Date): ExportAnswer {
  const { id, kind, from, to, campaign, people, askedBy, askedAt, file } = found;
  const state = shownState(found, now);
  return {
    id,
    kind,
    from,
    to,
    campaign: campaign ?? null,
    people,
    state,
    reason: (state === 'failed' && found.reason) || null,
    askedBy,
    askedAt: askedAt.toISOString(),
    rows: file?.rows ?? null,
    bytes: file?.bytes ?? null,
    sha256: file?.sha256 ?? null,
    keptUntil: file ? fileEnd(file).toISOString() : null,
    url: null,
    expiresAt: null,
  };
}
