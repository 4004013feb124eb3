import * as z from 'zod/mini';
import { charity } from '#platform/charity.ts';
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
      .enum(exportKinds, 'The kind is "gifts", "ledger", "month" or "receipts".')
      .check(
        z.describe(
          '`gifts`: a row a gift. `ledger`: a row a posting. `month`: a row a journal entry, for an accountant. `receipts`: a row a donor, with what was given in a tax year.',
        ),
      ),
    from: month('from').check(z.describe('The first Hong Kong month.')),
    to: z.optional(
      month('to').check(
        z.describe('The last one, included; at most sixty months in all. Left out of `receipts` alone.'),
      ),
    ),
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
  const fields = parseFields(exportSchema, body);
  const { kind, from, campaign, people = false } = fields;
  const present = hongKongMonth(now);
  const to = fields.to ?? (kind === 'receipts' ? lastOfTaxYear(from, present) : '');
  const errors = to === '' ? [wrongTo] : wrongMonths(from, to, present);
  if (kind === 'receipts') errors.push(...wrongReceipts({ from, campaign, people }, fields.to));
  if (people && kind === 'ledger') {
    errors.push({ pointer: '/people', detail: 'The ledger holds no people: leave it out, or export gifts.' });
  }
  if (errors[0]) throw new Problem('invalid', errors[0].detail, { errors });
  return { kind, from, to, campaign, people };
}

const wrongTo: FieldError = { pointer: '/to', detail: 'The month "to" has the form 2026-11.' };

/** The last month of a tax year that begins in April, as far as it is here. */
function lastOfTaxYear(april: Month, present: Month): Month {
  const march = `${Number(april.slice(0, 4)) + 1}-03`;
  return march < present ? march : present;
}

function wrongReceipts(
  { from, campaign, people }: Pick<ExportRequest, 'from' | 'campaign' | 'people'>,
  to: Month | undefined,
): FieldError[] {
  const wrong = (pointer: string, detail: string) => [{ pointer, detail }];
  return [
    ...(charity.section88 === undefined
      ? wrong('/kind', 'Receipts need the recognition under section 88, in the configuration.')
      : []),
    ...(from.endsWith('-04') ? [] : wrong('/from', 'A tax year begins in April.')),
    ...(to === undefined ? [] : wrong('/to', 'A tax year ends in March: leave it out.')),
    ...(campaign === undefined
      ? []
      : wrong('/campaign', 'A receipt is about all that a donor gave: leave it out.')),
    ...(people ? [] : wrong('/people', 'Receipts name the donors: it is true.')),
  ];
}

function wrongMonths(from: Month, to: Month, present: Month): FieldError[] {
  if (to > present) return [{ pointer: '/to', detail: `The last month is ${present} or before.` }];
  if (from > to) return [{ pointer: '/from', detail: 'The first month is not after the last.' }];
  if (monthsBetween(from, to).length > mostMonths) {
    return [{ pointer: '/from', detail: `An export spans at most ${mostMonths} months.` }];
  }
  return [];
}
