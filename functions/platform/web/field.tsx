import type { Child } from 'hono/jsx';

/** The error of a field, by the field's name; undefined when there is none. */
export type WrongField = (field: string) => string | undefined;

/** The attributes that tie an input to its label, hint and error. */
export interface Tied {
  readonly id: string;
  readonly name: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: 'true';
}

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
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
