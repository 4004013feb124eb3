import * as z from 'zod/mini';
import { changed, described, oneOf, paged, text, time } from '#kernel/staff/answer.ts';
import { endpoint } from '#kernel/staff/endpoint.ts';
import { nextCursor, pageOf } from '#kernel/staff/list-cursor.ts';
import { month } from '#kernel/staff/month-input.ts';
import { Problem } from '#platform/errors.ts';
import { text as line } from '#platform/http/fields.ts';
import { inPath, inQuery, json, page } from '#platform/http/input.ts';
import { wrongParameter } from '#platform/http/requests.ts';
import { type AttentionKind, attentionKinds, type ListedAttention } from './attention-item.ts';
import { listAttention } from './list-attention.ts';
import type { AccountTrouble } from './mail-advice.ts';
import { stopAdvice, troubleAdvice } from './mail-advice.ts';
import { resolveAttention } from './resolve-attention.ts';

/** What the staff sends to resolve something that asked for a person. */
export const attentionNoteSchema = z.strictObject(
  { note: line('The note', 500, { lines: true }) },
  'The body is an object.',
);

const attention = () => ({
  kind: oneOf(attentionKinds),
  id: described(text, 'The payment, refund, request, payout, message or Stripe’s object it is about.'),
  at: time,
  paymentId: z.nullable(text),
  checkoutId: z.nullable(text),
  reason: described(z.nullable(text), 'Why, where the kind alone does not say.'),
  advice: described(z.nullable(text), 'What to do about it, where one sentence says it.'),
  dueBy: described(z.nullable(time), 'Until when something can be done about it.'),
  settled: z.nullable(z.object({ by: text, at: time, note: text })),
});

const list = endpoint({
  id: 'listAttention',
  method: 'get',
  path: '/api/staff/attention',
  right: 'attention.read',
  summary: 'What waits for a person',
  description: 'What a person has to resolve, of one month, newest first.',
  input: {
    month,
    kind: inQuery(
      { description: 'Only of this kind.', schema: { type: 'string', enum: attentionKinds } },
      readWantedKind,
    ),
    settled: inQuery(
      {
        description: 'Whether what was resolved is listed too.',
        schema: { type: 'boolean', default: false },
      },
      readWithResolved,
    ),
    ...page,
  },
  answer: () => paged('Each of them.', z.object(attention())),
  run: async ({ month: of, kind, settled: resolved, ...paging }, { table, permit }) => {
    const name = `attention ${of}`;
    const asked = { month: of, kind, settled: resolved };
    const { data, next } = await listAttention({ ...asked, paging: pageOf(name, paging), permit }, { table });
    return { data: data.map(toJson), nextCursor: nextCursor(name, next) };
  },
});

export const resolveEndpoint = endpoint({
  id: 'settleAttention',
  method: 'post',
  path: '/api/staff/attention/{kind}/{id}/settle',
  right: 'attention.settle',
  summary: 'Resolve what waits for a person',
  description:
    'It is kept with who resolved it, when, and the note. A repeat changes nothing: the first note stays.',
  input: {
    kind: inPath({ description: 'As the list says it.', example: 'gift-held' }, readKind),
    id: inPath({ description: 'As the list says it.', example: 'pi_3Q0example' }),
    body: json({ AttentionNote: attentionNoteSchema }, { note: 'Spoke to the donor.' }),
  },
  answer: () => z.object({ ...attention(), changed }),
  problems: ['idempotency-key-reused', 'not-found'],
  run: async ({ kind, id, body: { note } }, { idempotencyKey, permit, ...ctx }) => {
    const resolved = await resolveAttention({ kind, id, note, idempotencyKey, permit }, ctx);
    return { ...toJson(resolved.attention), changed: resolved.changed };
  },
});

/** What waits for a person. */
export const attentionApi = [list, resolveEndpoint];

function knownKind(text: string): AttentionKind | undefined {
  return attentionKinds.find((kind) => kind === text);
}

/** @throws Problem `not-found` for a text that is none */
export function readKind(text: string): AttentionKind {
  const kind = knownKind(text);
  if (kind === undefined) throw new Problem('not-found', 'Nothing of this kind asks for a person.');
  return kind;
}

function readWantedKind(text: string | undefined): AttentionKind | undefined {
  const kind = text === undefined ? undefined : knownKind(text);
  if (text !== undefined && kind === undefined) {
    throw wrongParameter('kind', `The kind is one of ${attentionKinds.join(', ')}.`);
  }
  return kind;
}

function readWithResolved(text: string | undefined): boolean {
  if (text === undefined || text === 'false') return false;
  if (text === 'true') return true;
  throw wrongParameter('settled', 'The parameter is true or false.');
}

/** What a person does about it, where one sentence says it. */
export function adviceFor({ kind, reason }: ListedAttention): string | null {
  if (kind === 'mail-account') return troubleAdvice[reason as AccountTrouble] ?? null;
  return kind === 'mail-stopped' ? stopAdvice(reason) : null;
}

function toJson(attention: ListedAttention) {
  const { kind, id, at, resolved } = attention;
  return {
    kind,
    id,
    at: at.toISOString(),
    paymentId: attention.paymentId ?? null,
    checkoutId: attention.checkoutId ?? null,
    reason: attention.reason ?? null,
    advice: adviceFor(attention),
    dueBy: attention.dueBy?.toISOString() ?? null,
    settled: resolved ? { by: resolved.by, at: resolved.at.toISOString(), note: resolved.note } : null,
  };
}
