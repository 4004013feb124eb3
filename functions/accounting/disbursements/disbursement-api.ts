import type { Context } from 'hono';
import * as z from 'zod/mini';
import { cents, described, oneOf, paged, text, time } from '#kernel/staff/answer.ts';
import { type Endpoint, endpoint } from '#kernel/staff/endpoint.ts';
import { nextCursor, pageOf } from '#kernel/staff/list-cursor.ts';
import { month } from '#kernel/staff/month-input.ts';
import { Problem } from '#platform/errors.ts';
import { reply } from '#platform/http/endpoint.ts';
import { bodyProblems, type Input, inPath, json, page } from '#platform/http/input.ts';
import { type Category, categoryNames } from './categories.ts';
import { type Disbursement, recipientKinds, type Step, steps } from './disbursement.ts';
import {
  disbursementSchema,
  nothingSchema,
  type PayOutForm,
  parsePayOut,
  payOutSchema,
  reasonSchema,
} from './disbursement-request.ts';
import { listDisbursements } from './list-disbursements.ts';
import { payOut } from './pay-out.ts';
import { largestVoucher, voucherDigest } from './read-voucher.ts';
import { requestDisbursement } from './request-disbursement.ts';
import { readDisbursement, rightOf, takeStep } from './transition-disbursement.ts';

/** The disbursement, in the path. */
export const disbursementId = inPath({
  description: 'The request.',
  example: 'dsb_0123456789abcdef0123456789abcdef',
});

const shape = () =>
  z.object({
    id: text,
    campaign: text,
    amount: cents(),
    currency: text,
    category: oneOf(categoryNames as [Category, ...Category[]]),
    recipient: described(text, 'The caseworker’s own reference, which names nobody.'),
    recipientKind: oneOf(recipientKinds),
    note: z.nullable(text),
    state: oneOf(['requested', 'approved', 'handed-over', 'acknowledged', 'refused', 'cancelled']),
    requestedBy: text,
    requestedAt: time,
    steps: z.array(z.object({ step: text, by: text, at: time, reason: z.nullable(text) })),
    handOver: z.nullable(
      z.object({
        day: text,
        from: oneOf(['cash', 'bank']),
        voucherNumber: text,
        voucherDigest: described(text, 'SHA-256 of the voucher’s file, which is not kept.'),
        month: text,
      }),
    ),
  });

const list = endpoint({
  id: 'listPassedOn',
  method: 'get',
  path: '/api/staff/passed-on',
  right: 'passed-on.read',
  summary: 'What was requested in a month',
  description: 'Newest first, with every step that was taken.',
  input: { month, ...page },
  answer: () => paged('Each request.', shape()),
  run: async ({ month: of, ...paging }, { table, permit }) => {
    const name = `passed-on ${of}`;
    const { data, next } = await listDisbursements(
      { month: of, paging: pageOf(name, paging), permit },
      { table },
    );
    return { data: data.map(toJson), nextCursor: nextCursor(name, next) };
  },
});

const read = endpoint({
  id: 'getPassedOn',
  method: 'get',
  path: '/api/staff/passed-on/{id}',
  right: 'passed-on.read',
  summary: 'One request',
  description: 'With every step that was taken.',
  input: { id: disbursementId },
  answer: shape,
  problems: ['not-found'],
  run: async (input, { table }) => toJson(await readDisbursement(input.id, { table })),
});

/** Requests money for a family. */
export const requestEndpoint = endpoint({
  id: 'requestPassedOn',
  method: 'post',
  path: '/api/staff/passed-on',
  right: 'passed-on.request',
  summary: 'Request money for a family',
  description: 'Another person approves it.',
  input: {
    body: json(
      { PassedOnRequest: disbursementSchema },
      { campaign: 'emergency-cash', amount: 80_000, category: 'rent', recipient: 'F-0042' },
    ),
  },
  answer: shape,
  statuses: { 200: 'Done.', 201: 'It waits for approval.' },
  problems: ['idempotency-key-reused'],
  run: async ({ body }, { permit, idempotencyKey, ...ctx }) => {
    const requested = await requestDisbursement({ ...body, idempotencyKey, permit }, ctx);
    return reply(toJson(requested), { status: 201 });
  },
});

const stepProblems = ['idempotency-key-reused', 'not-found', 'passed-on-state'] as const;

const nothing = json({ Nothing: nothingSchema }, {});
const reason = json({ PassedOnReason: reasonSchema }, { reason: 'It was requested twice.' });

/** A step that moves no money: its body is empty, because the sign-in alone says who takes it, or says why. */
function stepEndpoint(
  step: Exclude<Step, 'hand-over'>,
  body: Input<{ readonly reason?: string }>,
  { problems = [], ...reported }: Pick<Endpoint, 'summary' | 'description' | 'problems'>,
): Endpoint {
  return endpoint({
    id: `${step}PassedOn`,
    method: 'post',
    path: `/api/staff/passed-on/{id}/${step}`,
    right: rightOf[step],
    ...reported,
    input: { id: disbursementId, body },
    answer: shape,
    problems: [...stepProblems, ...problems],
    run: async (input, { table, now, permit, idempotencyKey }) =>
      toJson(await takeStep({ ...input.body, id: input.id, step, idempotencyKey, permit }, { table, now })),
  });
}

/** Records that a request was paid out. */
export const payOutEndpoint = endpoint({
  id: 'handOverPassedOn',
  method: 'post',
  path: '/api/staff/passed-on/{id}/hand-over',
  right: 'passed-on.hand-over',
  summary: 'Record that a request was paid out',
  description: 'A form with the voucher’s file, at most 4 MB. Only the SHA-256 of the file is stored.',
  input: { id: disbursementId, form: payOutForm() },
  answer: shape,
  problems: [...stepProblems, 'not-in-fund', 'not-in-account'],
  run: async (input, { table, now, permit, idempotencyKey }) =>
    toJson(await payOut({ ...input.form, id: input.id, idempotencyKey, permit }, { table, now })),
});

/** The steps that move no money. */
export const stepEndpoints = {
  approve: stepEndpoint('approve', nothing, {
    summary: 'Approve a request',
    description: 'Never by the person who requested it.',
    problems: ['second-person'],
  }),
  refuse: stepEndpoint('refuse', reason, { summary: 'Refuse a request', description: 'With a reason.' }),
  cancel: stepEndpoint('cancel', reason, { summary: 'Take a request back', description: 'With a reason.' }),
  acknowledge: stepEndpoint('acknowledge', nothing, {
    summary: 'Record that the family has it',
    description: 'The last step.',
  }),
};

/** The staff's operations on disbursements; paying out takes a form, because it carries a file. */
export const disbursementApi = [
  ...[list, read, requestEndpoint],
  ...[stepEndpoints.approve, stepEndpoints.refuse, stepEndpoints.cancel],
  ...[payOutEndpoint, stepEndpoints.acknowledge],
];

function payOutForm(): Input<PayOutForm & { readonly voucherDigest: string }> {
  const file = z.string().check(z.meta({ format: 'binary', description: 'The file, at most 4 MB.' }));
  return {
    read: async (c) => {
      const { voucher, ...fields } = await readForm(c);
      return { ...parsePayOut(fields), voucherDigest: await voucherDigest(voucher) };
    },
    problems: bodyProblems,
    body: {
      type: 'multipart/form-data',
      schemas: { HandOver: z.extend(payOutSchema, { voucher: file }) },
      example: { day: '2026-11-22', from: 'cash', voucherNumber: 'V-17', voucher: 'voucher.pdf' },
    },
  };
}

/** All fields beside the file: few and short. Bytes. */
const largestForm = largestVoucher + 65_536;

async function readForm(c: Context): Promise<Record<string, unknown>> {
  if (!/^multipart\/form-data\b/i.test(c.req.header('content-type') ?? '')) {
    throw new Problem('media-type', 'Send the form as multipart/form-data, with the file voucher.');
  }
  if ((await c.req.arrayBuffer()).byteLength > largestForm) {
    const detail = 'The voucher has at most 4 MB.';
    throw new Problem('body-too-large', detail, { errors: [{ pointer: '/voucher', detail }] });
  }
  try {
    return await c.req.parseBody();
  } catch {
    throw new Problem('invalid', 'The body is no multipart form.');
  }
}

function toJson(disbursement: Disbursement) {
  const { currency, requestedAt, note, taken, payOut: given, ...plain } = disbursement;
  const inOrder = (Object.keys(steps) as Step[]).flatMap((step) => {
    const one = taken[step];
    return one ? [{ step, by: one.by, at: one.at.toISOString(), reason: one.reason ?? null }] : [];
  });
  return {
    ...plain,
    currency: currency.toUpperCase(),
    note: note ?? null,
    requestedAt: requestedAt.toISOString(),
    steps: inOrder,
    handOver: given ?? null,
  };
}
