import type { Campaign } from '#giving/campaigns/campaign.ts';
import { consentWording } from '#kernel/people/consent.ts';
import type { Language } from '#platform/charity.ts';
import type { FieldError } from '#platform/errors.ts';
import { Field, type WrongField } from '#platform/web/field.tsx';
import { wordsOf } from '#platform/web/words.ts';
import { AmountChoice } from './amount-choice.tsx';
import { longestMessage } from './checkout-request.ts';
import { CoverBox, GiveSum } from './cover-box.tsx';
import { Box, DisplayNameField, ErrorSummary, PersonFields, ReceiptNameField } from './form-field.tsx';
import type { FormValues } from './form-values.ts';
import { formWordsOf } from './form-words.ts';
import { GiveAbout, Parties } from './give-about.tsx';
import { giveWordsOf } from './give-words.ts';

interface GiveFormProps {
  readonly campaign: Campaign;
  readonly language: Language;
  readonly action: string;
  readonly formKey: string;
  readonly values: FormValues;
  readonly errors: readonly FieldError[];
  /** The label of the button that confirms a second equal gift. */
  readonly confirm?: string;
}

/** The form to give. It needs no JavaScript; errors are listed first and repeated at their fields. */
export function GiveForm({ campaign, language, action, formKey, values, errors, confirm }: GiveFormProps) {
  const words = wordsOf(language);
  const more = giveWordsOf(language);
  const wrong: WrongField = (field) => errors.find((error) => error.pointer === `/${field}`)?.detail;
  return (
    <>
      <ErrorSummary errors={errors} language={language} />
      <form method="post" action={action}>
        <input type="hidden" name="formKey" value={formKey} />
        {values.emailKept && <input type="hidden" name="emailKept" value={values.emailKept} />}
        {values.checkout && <input type="hidden" name="checkout" value={values.checkout} />}
        <AmountChoice campaign={campaign} language={language} values={values} wrong={wrong} />
        <CoverBox campaign={campaign} language={language} values={values} />
        <PersonFields language={language} values={values} wrong={wrong} emailHint={words.emailHint} />
        <ReceiptNameField language={language} values={values} wrong={wrong} />
        <AddressQuestion language={language} values={values} />
        <Optional language={language} values={values} wrong={wrong} />
        <Parties language={language} />
        <div>
          <button type="submit" {...(confirm && { name: 'again', value: 'yes' })}>
            {confirm ?? <GiveSum campaign={campaign} language={language} values={values} />}
          </button>
          <p class="note">{more.next}</p>
        </div>
      </form>
      <GiveAbout language={language} />
    </>
  );
}

interface OptionalProps {
  readonly language: Language;
  readonly values: FormValues;
  readonly wrong: WrongField;
}

const optionalFields = ['displayName', 'hideAmount', 'message', 'marketingConsent'];

/** The optional fields: folded, but open where one is filled in or wrong. */
function Optional({ language, values, wrong }: OptionalProps) {
  const words = wordsOf(language);
  const more = giveWordsOf(language);
  return (
    <details class="more" open={optionalFields.some((name) => values[name] || wrong(name))}>
      <summary>{more.optional}</summary>
      <fieldset>
        <legend class="none">{more.forThePage}</legend>
        <DisplayNameField language={language} values={values} wrong={wrong} />
        <Box name="hideAmount" label={words.hideAmount} hint={words.hideAmountHint} values={values} />
        <Field name="message" label={more.wordsLabel} hint={more.wordsHint} wrong={wrong}>
          {(tied) => (
            <textarea {...tied} rows={3} maxlength={longestMessage}>
              {values.message ?? ''}
            </textarea>
          )}
        </Field>
        <Box
          name="marketingConsent"
          label={consentWording[language]}
          hint={more.consentHint}
          values={values}
        />
      </fieldset>
    </details>
  );
}

/** The answers to the question about a likely typing error in the address; each one sends the form. */
function AddressQuestion({ language, values }: { language: Language; values: FormValues }) {
  const { email, meantEmail } = values;
  if (!email || !meantEmail) return null;
  const words = formWordsOf(language);
  return (
    <div class="row">
      <button type="submit" name="emailAnswer" value={meantEmail}>
        {words.takeMeant(meantEmail)}
      </button>
      <button type="submit" class="quiet" name="emailAnswer" value={email}>
        {words.keepTyped(email)}
      </button>
    </div>
  );
}
