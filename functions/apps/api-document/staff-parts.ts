import { monthPattern } from '#platform/clock.ts';
import type { Parameter, Schema } from '#platform/http/described.ts';
import type { Operation } from './operation.ts';

/** A list with its fields beside the data. */
export const list = (
  of: string,
  more: Record<string, Schema> = {},
  items: Schema = { type: 'object' },
): Schema => ({
  type: 'object',
  properties: { data: { type: 'array', items, description: of }, ...more },
  required: ['data', ...Object.keys(more)],
});
export const nextCursor: Schema = {
  anyOf: [{ type: 'string' }, { type: 'null' }],
  description: 'Null on the last page.',
};

/** A part of the path. */
export const inPath = (name: string, description: string, example: string): Parameter => ({
  name,
  in: 'path',
  required: true,
  description,
  schema: { type: 'string' },
  example,
});

/** What every operation of the staff has in common. */
type Told = Omit<Operation, 'tag' | 'staff' | 'answer' | 'description'> & {
  /** The right that it asks for, as `functions/kernel/staff/rights.ts` names it; none when being signed in is enough. */
  readonly right?: string;
  readonly tells: string;
  readonly answers: Schema;
  /** When it answers with another status than 200; 201 alone takes its place. */
  readonly statuses?: Readonly<Partial<Record<201 | 202, string>>>;
};

/** An operation of the staff, from what tells it apart. */
export function ofStaff({ right, tells, answers, statuses = {}, ...operation }: Told): Operation {
  const description = right ? `${tells} Asks for the right \`${right}\`.` : tells;
  return {
    ...operation,
    tag: 'Staff',
    staff: true,
    description,
    answer: { statuses: { 200: 'Done.', ...statuses }, schema: answers },
  };
}

/** An object that has all of these fields. */
export const object = (properties: Record<string, Schema>): Schema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
});

export const texts: Schema = { type: 'array', items: { type: 'string' } };
export const bodyProblems = ['not-json', 'body-too-large', 'media-type', 'invalid'] as const;

/** Money in the currency's smallest unit. */
export const amount: Schema = { type: 'integer', description: 'Minor units.' };
export const text: Schema = { type: 'string' };
export const time: Schema = { type: 'string', format: 'date-time' };
/** A value that may be absent. */
export const orNull = (value: Schema): Schema => ({ anyOf: [value, { type: 'null' }] });
/** One of these words. */
export const oneOf = (words: readonly string[]): Schema => ({ type: 'string', enum: words });

/** The month that a list is of. */
export const month: Parameter = {
  name: 'month',
  in: 'query',
  description: 'A month of Hong Kong; the present one unless told.',
  schema: { type: 'string', pattern: monthPattern.source },
  example: '2026-11',
};

const side = object({
  account: text,
  amount: { ...amount, description: 'Money in is positive. Minor units.' },
});

const everyEntry = object({
  sourceId: text,
  kind: text,
  sides: { type: 'array', items: side, description: 'They sum to zero.' },
  currency: text,
  at: time,
  month: { ...text, description: 'The month of the books that it counts in.' },
  campaign: orNull(text),
});

/** An entry of the ledger. */
export const entry: Schema = {
  ...everyEntry,
  properties: {
    ...everyEntry.properties,
    payment: { ...text, description: 'The payment that a fee, a refund or a dispute is about.' },
    borneBy: { ...oneOf(['receiver', 'fund']), description: 'Who bears a fee; of fees only.' },
    reason: { ...text, description: 'Why the staff entered it.' },
  },
};
