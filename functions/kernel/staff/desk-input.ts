import { type FieldError, Problem } from '#platform/errors.ts';
import { readAmount } from '#platform/read-amount.ts';
import { noAmount } from './desk-form-words.ts';

/** A field of a form of the desk. It has the name of the operation's field that it fills in. */
export interface DeskField {
  readonly name: string;
  readonly kind: 'text' | 'lines' | 'email' | 'money' | 'day' | 'choice' | 'box' | 'file';
  readonly label: string;
  readonly hint?: string;
  /** It may stay empty; the operation is then not given it. */
  readonly isOptional?: true;
  /** Of a choice: what is sent, and what people read. */
  readonly options?: readonly (readonly [value: string, label: string])[];
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

/** What a form was sent with, by the names of its fields. */
export type Typed = Readonly<Record<string, string>>;

/**
 * What a form says, as the operation's JSON would say it: amounts in minor units, boxes as true or false, and nothing for what was
 * left empty. Everything else is for the operation's own schema to say.
 * @throws Problem `invalid` for amounts that are none
 */
export function bodyOf(fields: readonly DeskField[], typed: Typed): Record<string, unknown> {
  const errors: FieldError[] = [];
  const body: Record<string, unknown> = {};
  for (const { name, kind, isOptional } of fields) {
    const text = typed[name]?.trim() ?? '';
    if (kind === 'file') continue;
    if (kind === 'box') body[name] = text !== '';
    else if (kind === 'money' && !(text === '' && isOptional)) {
      const amount = readAmount(text);
      if ('cents' in amount) body[name] = amount.cents;
      else errors.push({ pointer: `/${name}`, detail: noAmount[amount.fault] });
    } else if (text !== '') body[name] = text;
  }
  if (errors.length > 0) throw new Problem('invalid', errors[0]?.detail ?? '', { errors });
  return nested(body);
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
