import type { Child } from 'hono/jsx';
import type { FieldError } from '#platform/errors.ts';
import { Field, type Tied, type WrongField } from '#platform/web/field.tsx';
import type { DeskSession } from './desk-context.ts';
import { deskWords as words } from './desk-form-words.ts';
import { type DeskField, hidden, type Typed } from './desk-input.ts';

/** What every form sends along: whose it is, and the name of this one sending, under which it has its effect once. */
export interface Sending {
  readonly session: DeskSession;
  readonly formKey: string;
}

function HiddenFields({ session, formKey, values = {} }: Sending & { readonly values?: Typed }) {
  return (
    <>
      <input type="hidden" name={hidden.csrf} value={session.csrf} />
      <input type="hidden" name={hidden.key} value={formKey} />
      {Object.entries(values).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
    </>
  );
}

interface FormProps {
  readonly sending: Sending;
  readonly fields: readonly DeskField[];
  readonly typed: Typed;
  readonly errors: readonly FieldError[];
  readonly button: string;
  readonly back: string;
  /** Of what stands there, where the form writes over it. */
  readonly revision?: string;
  /** Buttons that show in a new tab what the form says. */
  readonly previews?: readonly { readonly action: string; readonly label: string }[];
}

/** A form with its errors, each at its field and all of them on top. It is sent to the page that it stands on. */
export function DeskForm({
  sending,
  fields,
  typed,
  errors,
  button,
  back,
  revision,
  previews = [],
}: FormProps) {
  const wrong: WrongField = (name) => errors.find(({ pointer }) => pointer === `/${name}`)?.detail;
  const known = new Set(fields.map(({ name }) => name));
  return (
    <>
      {errors.length > 0 && (
        <div class="errors" role="alert" tabindex={-1} autofocus>
          <h2>{words.check}</h2>
          <ul>
            {errors.map(({ pointer, detail }) => (
              <li>{known.has(pointer.slice(1)) ? <a href={`#${pointer.slice(1)}`}>{detail}</a> : detail}</li>
            ))}
          </ul>
        </div>
      )}
      <form
        method="post"
        novalidate
        {...(fields.some(({ kind }) => kind === 'file') && { enctype: 'multipart/form-data' })}
      >
        <HiddenFields
          {...sending}
          {...(revision !== undefined && { values: { [hidden.revision]: revision } })}
        />
        {rowsOf(fields).map((row) => {
          const drawn = row.map((field) => (
            <FieldOf field={field} value={typed[field.name] ?? field.value ?? ''} wrong={wrong} />
          ));
          return row.length > 1 ? <div class="beside">{drawn}</div> : drawn;
        })}
        <button type="submit">{button}</button>
        {previews.map(({ action, label }) => (
          <button type="submit" class="quiet" formaction={action} formtarget="_blank">
            {label}
          </button>
        ))}
      </form>
      <p class="up">
        <a href={back}>{words.back}</a>
      </p>
    </>
  );
}

/** Fields with those that stand beside them. */
function rowsOf(fields: readonly DeskField[]): DeskField[][] {
  const rows: DeskField[][] = [];
  for (const field of fields) {
    const last = rows.at(-1);
    if (field.isBeside && last) last.push(field);
    else rows.push([field]);
  }
  return rows;
}

interface FieldOfProps {
  readonly field: DeskField;
  readonly value: string;
  readonly wrong: WrongField;
}

function FieldOf({ field, value, wrong }: FieldOfProps) {
  const { name, kind, label, hint, isOptional } = field;
  if (kind === 'box') {
    return (
      <label class="choice">
        <input type="checkbox" id={name} name={name} value="yes" checked={value !== ''} />
        <span>{label}</span>
      </label>
    );
  }
  return (
    <Field name={name} label={isOptional === true ? words.optional(label) : label} hint={hint} wrong={wrong}>
      {(tied) => inputOf(field, value, { ...tied, ...(!isOptional && { required: true as const }) })}
    </Field>
  );
}

const typeOf = { text: 'text', email: 'email', day: 'date', money: 'text', file: 'file' } as const;

function inputOf({ kind, options = [] }: DeskField, value: string, tied: Tied): Child {
  if (kind === 'lines') {
    return (
      <textarea {...tied} rows={value.length > 400 ? 14 : 4}>
        {value}
      </textarea>
    );
  }
  if (kind === 'choice') {
    return (
      <select {...tied}>
        {options.every(([each]) => each !== value) && <option value="">{words.choose}</option>}
        {options.map(([each, label]) => (
          <option value={each} selected={each === value}>
            {label}
          </option>
        ))}
      </select>
    );
  }
  if (kind === 'box') return null;
  return (
    <input
      type={typeOf[kind]}
      {...tied}
      {...(kind !== 'file' && { value, autocomplete: 'off' })}
      {...(kind === 'money' && { inputmode: 'decimal' as const })}
    />
  );
}

interface ConfirmProps {
  readonly sending: Sending;
  readonly typed: Typed;
  readonly sentence: string;
  readonly button: string;
  readonly back: string;
}

/** Says once more what is about to happen, with its sum and its name, and asks for the last press of a button. */
export function ConfirmForm({ sending, typed, sentence, button, back }: ConfirmProps) {
  return (
    <section class="notice">
      <h2>{words.confirm}</h2>
      <p class="lead">{sentence}</p>
      <p>{words.noScript}</p>
      <form method="post">
        <HiddenFields {...sending} values={{ ...typed, [hidden.confirmed]: 'yes' }} />
        <button type="submit" autofocus>
          {button}
        </button>
      </form>
      <p class="up">
        <a href={back}>{words.back}</a>
      </p>
    </section>
  );
}

interface ActionProps {
  readonly sending: Sending;
  /** The path of the form that it sends. */
  readonly action: string;
  readonly values?: Typed;
  readonly label: string;
  /** The page that the button stands on, which it leads back to. */
  readonly from?: string;
  /** What screen readers add, where several buttons of a page have the same label. */
  readonly of?: string | undefined;
  readonly isQuiet?: boolean;
}

/** A form that is a button only: all that it says is known. */
export function ActionButton({ sending, action, values = {}, from, label, of, isQuiet = true }: ActionProps) {
  // Two buttons of a page about one thing are two requests.
  const formKey = `${sending.formKey}-${Object.values(values).join('-')}`;
  return (
    <form method="post" action={action}>
      <HiddenFields
        session={sending.session}
        formKey={formKey}
        values={{ ...values, ...(from && { [hidden.from]: from }) }}
      />
      <button
        type="submit"
        class={isQuiet ? 'quiet small' : 'small'}
        {...(of && { 'aria-label': `${label}: ${of}` })}
      >
        {label}
      </button>
    </form>
  );
}

/** A page's heading. */
export function Title({ text }: { readonly text: string }) {
  return <h1>{text}</h1>;
}

/** Why a form is left out, with the way back. */
export function Over({ text, back }: { readonly text: string; readonly back: string }) {
  return (
    <section class="notice">
      <p>{text}</p>
      <p class="up">
        <a href={back}>{words.back}</a>
      </p>
    </section>
  );
}

interface DoneProps {
  /** What was done, as the form's way back says it. */
  readonly word: string | undefined;
  readonly sentences: Readonly<Record<string, string>>;
}

/** Says what was just done. */
export function Done({ word, sentences }: DoneProps) {
  if (word === undefined || !Object.hasOwn(sentences, word)) return null;
  return (
    <p class="notice done" role="status">
      {sentences[word]}
    </p>
  );
}
