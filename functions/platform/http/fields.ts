import * as z from 'zod/mini';
import { isDay } from '#platform/clock.ts';
import { type FieldError, Problem } from '#platform/errors.ts';
import { largestPayment } from '#platform/money.ts';

const unprintable = /[\p{Cc}\u2028\u2029]/u;

// Invisible marks that turn the direction of the text around them. Text copied from Arabic or Hebrew brings them along.
const directionMarks = /[\u202a-\u202e\u2066-\u2069]/g;

// Something to see: no mere spaces, formatting marks or fillers.
const visible = /[^\s\p{Cf}\p{Z}\p{Cs}\u115f\u1160\u3164\uffa0]/u;

/** Every way to end a line: a form posts CRLF for each (HTML, "newline normalization"), other systems have their own. */
const lineBreak = /\r\n?|[\u0085\u2028\u2029]/g;

/**
 * A text that a person typed; it comes out with line feeds alone, and spaces for tabs.
 *
 * @param label begins each sentence about what is wrong
 * @param most as `maxlength` counts on an input or a textarea: UTF-16 code units, a line break is one however it was posted
 * @param options.lines whether it may have line breaks
 */
export function text(label: string, most: number, options: { lines?: boolean } = {}) {
  return z.string(`${label} is a text.`).check(
    z.overwrite((value) => asTyped(options.lines ? withLineFeeds(value) : value)),
    // What the checks below hide from the API's description; JSON Schema counts code points, which are never more.
    z.meta({ minLength: 1, maxLength: most }),
    z.refine(isVisible, `${label} is not empty.`),
    z.refine((value) => value.isWellFormed(), `${label} is well-formed Unicode.`),
    z.refine((value) => value.length <= most, `${label} has at most ${most} characters.`),
    z.refine(
      (value) => !unprintable.test(options.lines ? value.replaceAll('\n', '') : value),
      `${label} holds no control characters${options.lines ? ' but line breaks' : ' or line breaks'}.`,
    ),
  );
}

const amountDetail = 'The amount is a whole number of cents, from 1 to 99999999: 50000 is HK$500.00.';

/** An amount of money up to the largest payment; minor units. */
export function amount(description = 'Minor units.') {
  return z
    .int(amountDetail)
    .check(z.minimum(1, amountDetail), z.maximum(largestPayment, amountDetail), z.describe(description));
}

const dayDetail = 'The day has the form 2026-11-22.';

/** A day that the books can hold. */
export const day = z.string(dayDetail).check(z.refine(isDay, dayDetail));

/** What is wrong with a text that `text` refuses, for a sentence of one's own. */
export function faultOf(typed: string, most: number): 'empty' | 'too-long' | 'unprintable' {
  const value = withLineFeeds(asTyped(typed));
  if (!isVisible(value)) return 'empty';
  return value.length <= most ? 'unprintable' : 'too-long';
}

function asTyped(value: string): string {
  return value.replaceAll(directionMarks, '').replaceAll('\t', ' ');
}

function withLineFeeds(value: string): string {
  return value.replaceAll(lineBreak, '\n');
}

/** Whether a field that may stay empty was filled in: with something to see. */
export function hasVisible(typed: string | undefined): typed is string {
  return typed !== undefined && isVisible(typed);
}

function isVisible(value: string): boolean {
  return visible.test(value);
}

/**
 * Checks a body against its schema.
 * @throws Problem `invalid` that names each wrong field
 */
export function parseFields<Schema extends z.ZodMiniType>(schema: Schema, body: unknown): z.infer<Schema> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const errors = toErrors(result.error.issues);
  throw new Problem('invalid', errors[0]?.detail ?? 'Some fields are not right.', { errors });
}

type Issue = z.core.$ZodIssue;

function toErrors(issues: readonly Issue[]): FieldError[] {
  return issues.flatMap((issue) => {
    const pointer = issue.path.map((part) => `/${escapePointer(String(part))}`).join('');
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        pointer: `${pointer}/${escapePointer(key)}`,
        detail: 'There is no such field.',
      }));
    }
    return [{ pointer, detail: issue.path.length === 0 ? 'The body is a JSON object.' : issue.message }];
  });
}

/** RFC 6901, section 3. Names that a stranger sent are cut, so that an answer stays small. */
function escapePointer(part: string): string {
  return part.slice(0, 80).replaceAll('~', '~0').replaceAll('/', '~1');
}
