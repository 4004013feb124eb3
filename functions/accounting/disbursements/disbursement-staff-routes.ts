import { type Context, Hono } from 'hono';
import { nextCursor, readMonth, readPaging } from '#kernel/staff/list-cursor.ts';
import { permit } from '#kernel/staff/rights.ts';
import type { StaffDeps, StaffEnv } from '#kernel/staff/staff-deps.ts';
import { hongKongMonth } from '#platform/clock.ts';
import { Problem } from '#platform/errors.ts';
import { readIdempotencyKey, readJson } from '#platform/http/requests.ts';
import { type Disbursement, type Step, steps } from './disbursement.ts';
import { parseDisbursement, parseHandOver, parseNothing, parseReason } from './disbursement-request.ts';
import { handOver } from './hand-over.ts';
import { listDisbursements } from './list-disbursements.ts';
import { largestVoucher, voucherDigest } from './read-voucher.ts';
import { requestDisbursement } from './request-disbursement.ts';
import { readDisbursement, takeStep } from './take-step.ts';

const path = '/api/staff/passed-on';

/** What the staff does with money on its way to families, as JSON; the handing over is a form, for it carries a file. */
export function disbursementStaffRoutes(deps: StaffDeps): Hono<StaffEnv> {
  const app = new Hono<StaffEnv>();
  readingRoutes(app, deps);
  app.post(path, async (c) => {
    const allowed = permit(c.get('actor'), 'passed-on.request');
    const request = parseDisbursement(await readJson(c));
    const now = deps.clock();
    return c.json(
      toJson(await requestDisbursement(request, readIdempotencyKey(c), allowed, { table: deps.table, now })),
      201,
    );
  });
  for (const step of ['approve', 'acknowledge'] as const) {
    app.post(`${path}/:id/${step}`, async (c) => {
      const allowed = permit(c.get('actor'), `passed-on.${step}`);
      parseNothing(await readJson(c));
      const request = { id: c.req.param('id'), step, idempotencyKey: readIdempotencyKey(c) };
      return c.json(toJson(await takeStep(deps.table, request, allowed, deps.clock())));
    });
  }
  for (const step of ['refuse', 'cancel'] as const) {
    app.post(`${path}/:id/${step}`, async (c) => {
      const allowed = permit(c.get('actor'), step === 'refuse' ? 'passed-on.approve' : 'passed-on.request');
      const reason = parseReason(await readJson(c));
      const request = { id: c.req.param('id'), step, idempotencyKey: readIdempotencyKey(c) };
      return c.json(toJson(await takeStep(deps.table, request, allowed, deps.clock(), reason)));
    });
  }
  app.post(`${path}/:id/hand-over`, async (c) => {
    const allowed = permit(c.get('actor'), 'passed-on.hand-over');
    const { voucher, ...fields } = await readForm(c);
    const request = {
      ...parseHandOver(fields),
      voucherDigest: await voucherDigest(voucher),
      id: c.req.param('id'),
      idempotencyKey: readIdempotencyKey(c),
    };
    return c.json(toJson(await handOver(deps.table, request, allowed, deps.clock())));
  });
  return app;
}

function readingRoutes(app: Hono<StaffEnv>, deps: StaffDeps): void {
  app.get(path, async (c) => {
    const allowed = permit(c.get('actor'), 'passed-on.read');
    const month = readMonth(c.req.query('month') ?? hongKongMonth(deps.clock()));
    const list = `passed-on ${month}`;
    const { data, next } = await listDisbursements(deps.table, month, readPaging(c, list), allowed);
    return c.json({ data: data.map(toJson), nextCursor: nextCursor(list, next) });
  });
  app.get(`${path}/:id`, async (c) => {
    permit(c.get('actor'), 'passed-on.read');
    return c.json(toJson(await readDisbursement(deps.table, c.req.param('id'))));
  });
}

/** The fields around the file are few and short. */
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
  const { currency, requestedAt, note, taken, handOver: given, ...plain } = disbursement;
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
