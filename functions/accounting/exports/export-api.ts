import type { Actor } from '#kernel/staff/actor.ts';
import { endpoint } from '#kernel/staff/endpoint.ts';
import { nextCursor, pageOf } from '#kernel/staff/list-cursor.ts';
import { month } from '#kernel/staff/month-input.ts';
import { mayDo, type Permit, permit } from '#kernel/staff/rights.ts';
import type { StaffContext } from '#kernel/staff/staff-context.ts';
import { Problem } from '#platform/errors.ts';
import { linkTo } from '#platform/files/file-store.ts';
import { reply } from '#platform/http/endpoint.ts';
import { inPath, page, unreadJson } from '#platform/http/input.ts';
import { askForExport } from './ask-for-export.ts';
import { type Export, fileEnd, filenameOf, linkSeconds, shownState } from './export.ts';
import { type ExportAnswer, exportAnswer, exportsAnswer } from './export-answer.ts';
import { exportFileKey } from './export-item.ts';
import { exportSchema, parseExport } from './export-request.ts';
import { listExports, readExport } from './read-exports.ts';

const finished = {
  id: 'exp_0f1e2d3c4b5a69788796a5b4c3d2e1f0',
  kind: 'gifts',
  from: '2026-10',
  to: '2026-11',
  campaign: null,
  people: false,
  state: 'done',
  reason: null,
  askedBy: 'sub-of-finance',
  askedAt: '2026-11-24T13:04:05.000Z',
  rows: 1284,
  bytes: 120_417,
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  keptUntil: '2026-12-01T13:04:41.000Z',
  url: 'https://files.example.org/exports/exp_0f1e2d3c4b5a69788796a5b4c3d2e1f0.csv?X-Amz-Expires=900',
  expiresAt: '2026-11-24T13:25:00.000Z',
} as const;

const asked = {
  ...finished,
  state: 'asked',
  rows: null,
  bytes: null,
  sha256: null,
  keptUntil: null,
  url: null,
  expiresAt: null,
} as const;

const list = endpoint({
  id: 'listExports',
  method: 'get',
  path: '/api/staff/exports',
  right: 'export.make',
  summary: 'Exports that were asked for in a month',
  description: 'Newest first; without links.',
  input: { month, ...page },
  answer: () => exportsAnswer,
  answerName: 'ExportPage',
  answerExample: { data: [asked], nextCursor: null },
  statuses: { 200: 'A page of exports.' },
  run: async ({ month: of, ...paging }, { table, now, permit: allowed }) => {
    const name = `exports ${of}`;
    const { data, next } = await listExports(
      { month: of, paging: pageOf(name, paging), permit: allowed },
      { table },
    );
    return { data: data.map((each) => toJson(each, now)), nextCursor: nextCursor(name, next) };
  },
});

/** Has a file written. */
export const makeEndpoint = endpoint({
  id: 'makeExport',
  method: 'post',
  path: '/api/staff/exports',
  right: 'export.make',
  summary: 'Have gifts or the ledger written as a file',
  description:
    'The file (CSV, UTF-8 with a byte order mark) is written in the background: read the export until it is done. Amounts in it are dollars with cents; a text that a spreadsheet could take for a formula gets an apostrophe in front. With `people` it asks for the right `person.read` too.',
  input: {
    body: unreadJson({ ExportRequest: exportSchema }, { kind: 'gifts', from: '2026-10', to: '2026-11' }),
  },
  answer: () => exportAnswer,
  answerName: 'Export',
  answerExample: asked,
  statuses: { 201: 'Asked for.' },
  problems: ['idempotency-key-reused'],
  run: async ({ body }, { table, now, actor, idempotencyKey, permit: exporting }) => {
    const request = parseExport(body, now);
    const people = request.people ? permit(actor, 'person.read') : undefined;
    const made = await askForExport({ request, idempotencyKey, exporting, people }, { table, now });
    return reply(toJson(made, now), { status: 201 });
  },
});

const read = endpoint({
  id: 'getExport',
  method: 'get',
  path: '/api/staff/exports/{id}',
  right: 'export.make',
  summary: 'The state of an export, with the link to its file',
  description:
    'When it is done, each read makes a new link that anybody may follow for fifteen minutes. The link to a file with people asks for the right `person.read` too.',
  input: {
    id: inPath({
      description: 'Which one.',
      schema: { type: 'string', pattern: '^exp_[0-9a-f]{32}$' },
      example: finished.id,
    }),
  },
  answer: () => exportAnswer,
  answerName: 'Export',
  answerExample: finished,
  statuses: { 200: 'The export.' },
  problems: ['not-found'],
  run: async ({ id }, { table, now, actor, files, permit: allowed }) => {
    const found = await readExport({ id, permit: allowed }, { table });
    return { ...toJson(found, now), ...(await linkFor(found, actor, now, { files })) };
  },
});

/** The staff's operations on exports; the bucket itself serves the files. */
export const exportApi = [list, makeEndpoint, read];

/**
 * A link to the file of an export.
 * @throws Problem `not-found` while it is not there, `forbidden` for a file with people without the right to read about them
 */
export async function fileLink(
  { id, permit: allowed }: { readonly id: string; readonly permit: Permit<'export.make'> },
  {
    table,
    now,
    actor,
    files,
  }: Pick<StaffContext, 'table' | 'files'> & { readonly now: Date; readonly actor: Actor },
): Promise<string> {
  const found = await readExport({ id, permit: allowed }, { table });
  if (found.people) permit(actor, 'person.read');
  const { url } = await linkFor(found, actor, now, { files });
  if (!url) throw new Problem('not-found', 'The file is not there.');
  return url;
}

/** A link when the file is there and the actor may read it; else nothing. */
async function linkFor(
  found: Export,
  actor: Actor,
  now: Date,
  { files }: { readonly files: StaffContext['files'] | undefined },
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
