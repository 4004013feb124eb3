import type { Child } from 'hono/jsx';
import type { Language } from '#platform/charity.ts';
import type { FieldError } from '#platform/errors.ts';
import type { FormValues } from './form-values.ts';
import { giveWordsOf } from './give-words.ts';

/** The error of a field, by the field's name; undefined when there is none. */
export type WrongField = (field: string) => string | undefined;

/** The attributes that tie an input to its label, hint and error. */
interface Tied {
  readonly id: string;
  readonly name: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: 'true';
}

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly wrong: WrongField;
  /** Builds the input from the attributes that tie it. */
  readonly children: (tied: Tied) => Child;
}

/** An input with its label; screen readers read its hint and its error with it. */
export function Field({ name, label, hint, wrong, children }: FieldProps) {
  const error = wrong(name);
  const described = [error && `${name}-error`, hint && `${name}-hint`].filter(Boolean).join(' ');
  return (
    <div class="field">
      <label for={name}>{label}</label>
      {hint && (
        <span class="note" id={`${name}-hint`}>
          {hint}
        </span>
      )}
      {error && (
        <p class="wrong" id={`${name}-error`}>
          {error}
        </p>
      )}
      {children({
        id: name,
        name,
        ...(described && { 'aria-describedby': described }),
        ...(error && { 'aria-invalid': 'true' as const }),
      })}
    </div>
  );
}

interface BoxProps {
  readonly name: string;
  readonly label: Child;
  readonly hint?: string;
  readonly values: FormValues;
}

/** A box to tick. It is ticked only when the donor ticked it before. */
export function Box({ name, label, hint, values }: BoxProps) {
  return (
    <div>
      <label class="choice">
        <input
          type="checkbox"
          name={name}
          value="yes"
          checked={values[name] === 'yes'}
          {...(hint && { 'aria-describedby': `${name}-hint` })}
        />
        <span>{label}</span>
      </label>
      {hint && (
        <span class="note" id={`${name}-hint`}>
          {hint}
        </span>
      )}
    </div>
  );
}

interface ErrorSummaryProps {
  readonly errors: readonly FieldError[];
  readonly language: Language;
}

/** All errors with links to their fields. It takes the focus when the page opens, so that it is read out and seen first. */
export function ErrorSummary({ errors, language }: ErrorSummaryProps) {
  if (errors.length === 0) return null;
  return (
    <div class="errors" role="alert" tabindex={-1} autofocus>
      <h3>{giveWordsOf(language).checkTitle}</h3>
      <ul>
        {errors.map(({ pointer, detail }) => (
          <li>
            <a href={`#${fieldAt(pointer)}`}>{detail}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}

const fields = new Set(['amount', 'otherAmount', 'name', 'email', 'displayName', 'message', 'receiptName']);

/** The id of the field that an error belongs to; an error without a field leads to the form. */
function fieldAt(pointer: string): string {
  const name = pointer.slice(1);
  return fields.has(name) ? name : 'give';
}
