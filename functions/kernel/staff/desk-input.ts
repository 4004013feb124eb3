import { isDay } from '#platform/clock.ts';
import { type FieldError, Problem } from '#platform/errors.ts';
import { hasVisible } from '#platform/http/fields.ts';
import { formatMoney, largestPayment } from '#platform/money.ts';
import { readAmount } from '#platform/read-amount.ts';
import { fieldFaults as faults, noAmount } from './desk-form-words.ts';

/** A field of a form of the desk. It has the name of the operation's field that it fills in. */
export interface DeskField {
  readonly name: string;
  readonly kind: 'text' | 'lines' | 'email' | 'money' | 'day' | 'choice' | 'box' | 'file';
  readonly label: string;
  readonly hint?: string;
  /** It may stay empty, and its label says so, or the form does; the operation is then not given it. */
  readonly isOptional?: true | 'unsaid';
  /** It stands beside the field before it, where there is room. */
  readonly isBeside?: true;
  /** Of a choice: what is sent, and what people read. */
  readonly options?: readonly (readonly [value: string, label: string])[];
  /** Of money: minor units; by default from one cent to the largest payment. */
  readonly least?: number;
  readonly most?: number;
  /** What stands there at first. */
  readonly value?: string;
}

/**
 * The names of hidden fields: the session's token and the name of this one sending, which every form has; that it was confirmed; the
 * page that a button stood on; the revision that the form was filled in over.
 */
export const hidden = {
  ...{ csrf: 'csrf', key: 'key', confirmed: 'confirmed', from: 'from' },
  revision: 'revision',
} as const;

/** An amount as a field of money has it at first. @param cents minor units */
export function moneyValue(cents: number): string {
  return (cents / 100).toFixed(2);
}

/** What a form was sent with, by the names of its fields. */
export type Typed = Readonly<Record<string, string>>;

/**
 * What a form says, as the operation's JSON would say it: amounts in minor units, boxes as true or false, and nothing for what was
 * left empty. What more can be wrong is for the operation's own schema to say.
 * @param files the names of the file fields that brought one
 * @throws Problem `invalid` that names every field that is missing, or is none of its kind, in words of the form
 */
export function bodyOf(
  fields: readonly DeskField[],
  typed: Typed,
  files: ReadonlySet<string> = new Set(),
): Record<string, unknown> {
  const errors: FieldError[] = [];
  const body: Record<string, unknown> = {};
  for (const field of fields) {
    const { name, kind } = field;
    const text = kind === 'file' && files.has(name) ? name : (typed[name] ?? '');
    const read =
      kind === 'box' ? { value: text !== '' } : readField(field, hasVisible(text) ? text.trim() : '');
    if ('fault' in read) errors.push({ pointer: `/${name}`, detail: faults.at(field.label, read.fault) });
    else if (kind !== 'file' && read.value !== undefined) body[name] = read.value;
  }
  if (errors.length > 0) throw new Problem('invalid', errors[0]?.detail ?? '', { errors });
  return nested(body);
}

/** What a field says, or why it says nothing of its kind. */
type FieldValue = { readonly value: unknown } | { readonly fault: string };

function readField({ kind, isOptional, options = [], ...bounds }: DeskField, text: string): FieldValue {
  if (text === '' && isOptional) return { value: undefined };
  if (kind === 'money') return centsOf(text, bounds);
  if (kind === 'choice') {
    return options.some(([each]) => each === text) ? { value: text } : { fault: faults.choice };
  }
  if (text === '') return { fault: kind === 'file' || kind === 'day' ? faults[kind] : faults.text };
  return kind === 'day' && !isDay(text) ? { fault: faults.noDay } : { value: text };
}

function centsOf(
  text: string,
  { least = 1, most = largestPayment }: Pick<DeskField, 'least' | 'most'>,
): FieldValue {
  const amount = readAmount(text);
  if ('fault' in amount) return { fault: noAmount[amount.fault] };
  if (amount.cents === 0 && least > 0) return { fault: faults.zero };
  if (amount.cents < least) return { fault: faults.below(formatMoney(least, 'hkd')) };
  return amount.cents > most ? { fault: faults.above(formatMoney(most, 'hkd')) } : { value: amount.cents };
}

/** Fields that are named by a JSON pointer without its first slash, such as `title/en`, stand in parts of the body. */
function nested(flat: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(flat)) {
    const path = name.split('/');
    const last = path.pop() ?? name;
    let part = body;
    for (const each of path) {
      part[each] ??= {};
      part = part[each] as Record<string, unknown>;
    }
    part[last] = value;
  }
  return body;
}
