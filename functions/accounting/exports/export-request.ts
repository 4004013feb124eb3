import * as z from 'zod/mini';
import { hongKongMonth, type Month, monthPattern, monthsBetween } from '#platform/clock.ts';
import { type FieldError, Problem } from '#platform/errors.ts';
import { parseFields } from '#platform/http/fields.ts';
import { isSlug } from '#platform/id-shapes.ts';
import { type ExportRequest, exportKinds } from './export.ts';

const month = (name: string) =>
  z
    .string(`The month "${name}" has the form 2026-11.`)
    .check(z.regex(monthPattern, `The month "${name}" has the form 2026-11.`));

/** The most months of one file. */
const mostMonths = 60;

export const exportSchema = z.strictObject(
  {
    kind: z
      .enum(exportKinds, 'The kind is "gifts" or "ledger".')
      .check(z.describe('`gifts`: a row a gift. `ledger`: a row a posting.')),
    from: month('from').check(z.describe('The first Hong Kong month.')),
    to: month('to').check(z.describe('The last one, included; at most sixty months in all.')),
    campaign: z.optional(
      z
        .string('The campaign is a slug.')
        .check(z.refine(isSlug, 'The campaign is a slug.'), z.describe('One campaign alone.')),
    ),
    people: z.optional(
      z
        .boolean('"people" is true or false.')
        .check(z.describe('With true the file names the donors; asks for the right `person.read` too.')),
    ),
  },
  'The body is an object with kind, from, to and perhaps campaign and people.',
);

/** @throws Problem `invalid` that names each wrong field */
export function parseExport(body: unknown, now: Date): ExportRequest {
  const { kind, from, to, campaign, people = false } = parseFields(exportSchema, body);
  const errors = [...wrongMonths(from, to, hongKongMonth(now))];
  if (people && kind === 'ledger') {
    errors.push({ pointer: '/people', detail: 'The ledger holds no people: leave it out, or export gifts.' });
  }
  if (errors[0]) throw new Problem('invalid', errors[0].detail, { errors });
  return { kind, from, to, campaign, people };
}

function wrongMonths(from: Month, to: Month, present: Month): FieldError[] {
  if (to > present) return [{ pointer: '/to', detail: `The last month is ${present} or before.` }];
  if (from > to) return [{ pointer: '/from', detail: 'The first month is not after the last.' }];
  if (monthsBetween(from, to).length > mostMonths) {
    return [{ pointer: '/from', detail: `An export spans at most ${mostMonths} months.` }];
  }
  return [];
}
