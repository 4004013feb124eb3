import type { Child } from 'hono/jsx';
import { charity, type Language } from '#platform/charity.ts';
import type { FieldError } from '#platform/errors.ts';
import { Field, type WrongField } from '#platform/web/field.tsx';
import { wordsOf } from '#platform/web/words.ts';
import { longestEmail, longestName } from './checkout-request.ts';
import type { FormValues } from './form-values.ts';
import { giveWordsOf } from './give-words.ts';

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

interface PersonFieldsProps {
  readonly language: Language;
  readonly values: FormValues;
  readonly wrong: WrongField;
  readonly emailHint: string;
}

/** Who gives, and where we write. */
export function PersonFields({ language, values, wrong, emailHint }: PersonFieldsProps) {
  const words = wordsOf(language);
  return (
    <>
      <Field name="name" label={words.name} wrong={wrong}>
        {(tied) => (
          <input {...tied} autocomplete="name" required maxlength={longestName} value={values.name ?? ''} />
        )}
      </Field>
      <Field name="email" label={words.email} hint={emailHint} wrong={wrong}>
        {(tied) => (
          <input
            {...tied}
            type="email"
            autocomplete="email"
            required
            maxlength={longestEmail}
            value={values.email ?? ''}
          />
        )}
      </Field>
    </>
  );
}

/** The name for the campaign's page, if any. */
export function DisplayNameField({ language, values, wrong }: Omit<PersonFieldsProps, 'emailHint'>) {
  const words = wordsOf(language);
  return (
    <Field name="displayName" label={words.displayName} hint={words.displayNameHint} wrong={wrong}>
      {(tied) => (
        <input {...tied} autocomplete="off" maxlength={longestName} value={values.displayName ?? ''} />
      )}
    </Field>
  );
}

/** The name on a receipt, if it is another one: asked for only where the receiver may write receipts. */
export function ReceiptNameField({ language, values, wrong }: Omit<PersonFieldsProps, 'emailHint'>) {
  if (charity.section88 === undefined) return null;
  return (
    <Field name="receiptName" label={giveWordsOf(language).receiptName} wrong={wrong}>
      {(tied) => (
        <input {...tied} autocomplete="off" maxlength={longestName} value={values.receiptName ?? ''} />
      )}
    </Field>
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
