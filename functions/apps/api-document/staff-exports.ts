import { idempotencyKey, type Operation, page, schema } from './operation.ts';
import { month } from './staff-parts.ts';

const path = '/api/staff/exports';

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

/** The staff's files of gifts and of the ledger. */
export const exportOperations: readonly Operation[] = [
  {
    id: 'listExports',
    method: 'get',
    path,
    tag: 'Staff',
    staff: true,
    summary: 'Exports that were asked for in a month',
    description: 'Newest first; without links. Asks for the right `export.make`.',
    parameters: [month, ...page],
    answer: {
      statuses: { 200: 'A page of exports.' },
      schema: schema('ExportPage'),
      example: { data: [asked], nextCursor: null },
    },
    problems: ['invalid'],
  },
  {
    id: 'makeExport',
    method: 'post',
    path,
    tag: 'Staff',
    staff: true,
    summary: 'Have gifts or the ledger written as a file',
    description:
      'The file (CSV, UTF-8 with its mark) is written in the background: read the export until it is done. Amounts in it are dollars with cents; a text that a spreadsheet could take for a formula stands behind an apostrophe. Asks for the right `export.make`, with `people` also for `person.read`.',
    parameters: [
      {
        ...idempotencyKey,
        description:
          'New for each request, for example a random UUID. The same request sent again under its key is the same export; another body under a used key is a problem.',
      },
    ],
    body: { schema: schema('ExportRequest'), example: { kind: 'gifts', from: '2026-10', to: '2026-11' } },
    answer: { statuses: { 201: 'Asked for.' }, schema: schema('Export'), example: asked },
    problems: [
      'not-json',
      'body-too-large',
      'media-type',
      'invalid',
      'idempotency-key-missing',
      'idempotency-key-reused',
    ],
  },
  {
    id: 'getExport',
    method: 'get',
    path: `${path}/{id}`,
    tag: 'Staff',
    staff: true,
    summary: 'Where an export stands, with the link to its file',
    description:
      'When it is done, each read makes a new link that anybody may follow for fifteen minutes. Asks for the right `export.make`; the link to a file with people also for `person.read`.',
    parameters: [
      {
        name: 'id',
        in: 'path',
        required: true,
        description: 'Which one.',
        schema: { type: 'string', pattern: '^exp_[0-9a-f]{32}$' },
        example: finished.id,
      },
    ],
    answer: { statuses: { 200: 'The export.' }, schema: schema('Export'), example: finished },
    problems: ['not-found'],
  },
];
