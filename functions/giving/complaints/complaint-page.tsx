import { ErrorSummary } from '#giving/gift-form/form-field.tsx';
import type { FormValues } from '#giving/gift-form/form-values.ts';
import { type Complaints, charity, type Language } from '#platform/charity.ts';
import type { FieldError } from '#platform/errors.ts';
import { AskUs } from '#platform/web/ask-us.tsx';
import { Field, type WrongField } from '#platform/web/field.tsx';
import { localPath } from '#platform/web/languages.ts';
import { type PageFrame, page } from '#platform/web/layout.tsx';
import { complaintWordsOf } from './complaint-words.ts';

type Frame = Pick<PageFrame, 'language' | 'demonstration' | 'site'>;

/** What the form is drawn with. */
interface Filled {
  readonly values: FormValues;
  readonly errors: readonly FieldError[];
  readonly formKey: string;
  /** How much may be written. */
  readonly most: { readonly text: number; readonly contact: number };
}

/** The page on which people complain. */
export function complaintPage({
  isReceived,
  notice,
  filled,
  ...frame
}: Frame & {
  /** Whether one has just been taken. */
  readonly isReceived: boolean;
  readonly notice: string | undefined;
  readonly filled: Filled;
}) {
  const { language } = frame;
  const words = complaintWordsOf(language);
  const { complaints } = charity;
  return page(
    { ...frame, path: '/complaint', title: words.title, unlisted: isReceived },
    <div class="measure">
      <h1>{words.title}</h1>
      {isReceived && (
        <p class="notice" role="status">
          {words.received} {words.due}
        </p>
      )}
      {complaints ? (
        !isReceived && (
          <>
            <p class="lead">{words.lead}</p>
            <p>
              {words.readers(complaints.readers.map(({ name }) => name).join(words.and))} {words.due}
            </p>
            {notice && (
              <p class="notice" role="status">
                {notice}
              </p>
            )}
            <ErrorSummary errors={filled.errors} language={language} />
            <ComplaintForm complaints={complaints} language={language} filled={filled} />
          </>
        )
      ) : (
        <p class="lead">{words.writeInstead}</p>
      )}
      <p class="ask">
        <AskUs language={language} />
      </p>
    </div>,
  );
}

function ComplaintForm({
  complaints,
  language,
  filled: { values, errors, formKey, most },
}: {
  complaints: Complaints;
  language: Language;
  filled: Filled;
}) {
  const words = complaintWordsOf(language);
  const wrong: WrongField = (name) => errors.find(({ pointer }) => pointer === `/${name}`)?.detail;
  return (
    <form method="post" action={localPath(language, '/complaint')} class="card">
      <input type="hidden" name="formKey" value={formKey} />
      <Field name="text" label={words.text} hint={words.textHint(most.text)} wrong={wrong}>
        {(tied) => (
          <textarea {...tied} rows={8} required maxlength={most.text} dir="auto">
            {values.text ?? ''}
          </textarea>
        )}
      </Field>
      <Field name="about" label={words.about} wrong={wrong}>
        {(tied) => (
          <select {...tied}>
            <option value="">{words.nobody}</option>
            {complaints.about.map(({ id, name }) => (
              <option value={id} selected={values.about === id}>
                {name[language]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field name="contact" label={words.contact} hint={words.contactHint} wrong={wrong}>
        {(tied) => (
          <input
            {...tied}
            autocomplete="email"
            maxlength={most.contact}
            value={values.contact ?? ''}
            dir="auto"
          />
        )}
      </Field>
      <button type="submit">{words.send}</button>
    </form>
  );
}
