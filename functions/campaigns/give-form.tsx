import type { Child } from 'hono/jsx';
import { consentWording } from '../checkouts/consent.ts';
import type { Language } from '../platform/charity.ts';
import type { FieldError } from '../platform/errors.ts';
import { formatMoney } from '../platform/money.ts';
import { wordsOf } from '../site/words.ts';
import type { Campaign } from './campaign.ts';

/** What the fields of the form hold, by name. */
export type FormValues = Readonly<Record<string, string>>;

interface GiveFormProps {
  readonly campaign: Campaign;
  readonly language: Language;
  readonly action: string;
  readonly formKey: string;
  readonly values: FormValues;
  readonly errors: readonly FieldError[];
}

/** The form to give. It needs no JavaScript; what was wrong stands at its field. */
export function GiveForm({ campaign, language, action, formKey, values, errors }: GiveFormProps) {
  const words = wordsOf(language);
  const wrong = (field: string) => errors.find((error) => error.pointer === `/${field}`)?.detail;
  const chosen = values.amount ?? String(campaign.levels[0]?.amount ?? 'other');
  const field = { wrong };
  return (
    <form method="post" action={action}>
      <input type="hidden" name="formKey" value={formKey} />
      {errors.length > 0 && (
        <p class="errors" role="alert">
          {words.errorTitle}
        </p>
      )}
      <fieldset>
        <legend>{words.amountLegend}</legend>
        {campaign.levels.map((level) => (
          <label class="choice">
            <input
              type="radio"
              name="amount"
              value={String(level.amount)}
              checked={chosen === String(level.amount)}
            />
            <strong>{formatMoney(level.amount, campaign.currency)}</strong>
            <span>{level.text[language]}</span>
          </label>
        ))}
        <label class="choice">
          <input type="radio" name="amount" value="other" checked={chosen === 'other'} />
          <span>{words.otherAmount}</span>
        </label>
        <Field {...field} name="otherAmount" label={words.otherAmount} hint={words.otherAmountHint}>
          <input
            id="otherAmount"
            name="otherAmount"
            inputmode="decimal"
            value={values.otherAmount ?? ''}
            aria-describedby="otherAmount-hint"
          />
        </Field>
        {wrong('amount') && <p class="wrong">{wrong('amount')}</p>}
      </fieldset>
      <Field {...field} name="name" label={words.name}>
        <input id="name" name="name" autocomplete="name" required maxlength={100} value={values.name ?? ''} />
      </Field>
      <Field {...field} name="email" label={words.email} hint={words.emailHint}>
        <input
          id="email"
          name="email"
          type="email"
          autocomplete="email"
          required
          maxlength={254}
          value={values.email ?? ''}
          aria-describedby="email-hint"
        />
      </Field>
      <Field {...field} name="message" label={words.message} hint={words.messageHint}>
        <textarea id="message" name="message" rows={3} maxlength={300} aria-describedby="message-hint">
          {values.message ?? ''}
        </textarea>
      </Field>
      <Box name="hideName" label={words.hideName} values={values} />
      <Box name="hideAmount" label={words.hideAmount} values={values} />
      <Box name="marketingConsent" label={consentWording[language]} values={values} />
      <button type="submit">{words.give}</button>
    </form>
  );
}

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly wrong: (field: string) => string | undefined;
  readonly children?: Child;
}

function Field({ name, label, hint, wrong, children }: FieldProps) {
  return (
    <div class="field">
      <label for={name}>{label}</label>
      {children}
      {hint && (
        <span class="note" id={`${name}-hint`}>
          {hint}
        </span>
      )}
      {wrong(name) && <span class="wrong">{wrong(name)}</span>}
    </div>
  );
}

function Box({ name, label, values }: { name: string; label: string; values: FormValues }) {
  return (
    <label class="choice">
      <input type="checkbox" name={name} value="yes" checked={values[name] === 'yes'} />
      <span>{label}</span>
    </label>
  );
}
