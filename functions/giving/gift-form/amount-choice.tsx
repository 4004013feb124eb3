import type { Campaign } from '#giving/campaigns/campaign.ts';
import { isGiftAmount } from '#payments/checkout/gift-amount.ts';
import { charity, type Language } from '#platform/charity.ts';
import { formatMoneyShort } from '#platform/money.ts';
import type { WrongField } from '#platform/web/field.tsx';
import { wordsOf } from '#platform/web/words.ts';
import type { FormValues } from './form-values.ts';
import { giveWordsOf } from './give-words.ts';

interface AmountChoiceProps {
  readonly campaign: Campaign;
  readonly language: Language;
  readonly values: FormValues;
  readonly wrong: WrongField;
}

/**
 * The amounts to choose from, one of them chosen, and a field for another amount. An amount from a link that is not a level becomes a
 * choice of its own: in the field it would override a level that the donor chooses afterwards.
 */
export function AmountChoice({ campaign, language, values, wrong }: AmountChoiceProps) {
  const more = giveWordsOf(language);
  const { choices, chosen } = amountsToChoose(campaign, language, values);
  const error = wrong('amount');
  const ownError = wrong('otherAmount');
  const money = (amount: number) => formatMoneyShort(amount, campaign.currency);
  return (
    <fieldset id="amount" tabindex={-1} {...(error && { 'aria-describedby': 'amount-error' })}>
      <legend>{wordsOf(language).amountLegend}</legend>
      {error && (
        <p class="wrong" id="amount-error">
          {error}
        </p>
      )}
      <div class="chips">
        {choices.map(({ amount, text }) => (
          <label class="chip">
            <input type="radio" name="amount" value={String(amount)} checked={chosen === amount} />
            <strong>{money(amount)}</strong>
            <span>{text}</span>
          </label>
        ))}
        <div class="own">
          <label class="chip">
            <input type="radio" name="amount" value="other" checked={chosen === 'other'} />
            <strong>{more.other}</strong>
          </label>
          <div class="field cash">
            <label class="none" for="otherAmount">
              {more.otherLabel}
            </label>
            {ownError && (
              <p class="wrong" id="otherAmount-error">
                {ownError}
              </p>
            )}
            <input
              id="otherAmount"
              name="otherAmount"
              inputmode="decimal"
              // Not "off": with "off", a browser that comes back to the page restores the rest of the form, but not this amount.
              autocomplete="transaction-amount"
              maxlength={40}
              // Nobody sees it; the style needs it to know whether something was typed.
              placeholder=" "
              aria-describedby={ownError ? 'otherAmount-error otherAmount-hint' : 'otherAmount-hint'}
              {...(ownError && { 'aria-invalid': 'true' as const })}
              value={values.otherAmount ?? ''}
            />
          </div>
          <span class="note" id="otherAmount-hint">
            {more.otherHint(money(charity.smallestGift))}
            {language === 'en' && ' '}
            <i>{more.typedWill}</i>
            <b>{more.typedDoes}</b>
          </span>
        </div>
      </div>
    </fieldset>
  );
}

/** The amounts of the form in their order, and the chosen one; 'other' is the choice after them all. */
export function amountsToChoose(campaign: Campaign, language: Language, values: FormValues) {
  const chosen = chosenAmount(campaign, values);
  const levels = levelsOf(campaign).map(({ amount, text }) => ({ amount, text: text[language] }));
  const own = typeof chosen === 'number' && !levels.some(({ amount }) => amount === chosen);
  const choices = own ? [...levels, { amount: chosen, text: giveWordsOf(language).amountOfYours }] : levels;
  return { choices, chosen };
}

/** The chosen amount: what the donor chose before, else the second level, because the first one is usually small. */
function chosenAmount(campaign: Campaign, { amount }: FormValues): number | 'other' {
  if (amount === 'other') return 'other';
  const cents = amount !== undefined && /^\d{1,8}$/.test(amount) ? Number(amount) : 0;
  if (isGiftAmount(cents)) return cents;
  const levels = levelsOf(campaign);
  return (levels[1] ?? levels[0])?.amount ?? 'other';
}

/** The levels that can be given: since a campaign was written, the smallest gift may have been raised. */
function levelsOf({ levels }: Campaign): Campaign['levels'] {
  return levels.filter(({ amount }) => isGiftAmount(amount));
}
