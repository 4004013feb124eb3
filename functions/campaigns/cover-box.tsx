import { type CardFee, feeCover } from '../money/fee-cover.ts';
import { charity, type Language } from '../platform/charity.ts';
import { formatMoney, formatMoneyShort } from '../platform/money.ts';
import { amountsToChoose } from './amount-choice.tsx';
import type { Campaign } from './campaign.ts';
import { Box } from './form-field.tsx';
import type { FormValues } from './give-form.tsx';
import { giveWordsOf } from './give-words.ts';

/** Writes the rates of a card fee: `3.4% + HK$2.35`. */
export function formatCardFee({ basisPoints, fixed }: CardFee): string {
  return `${basisPoints / 100}% + ${formatMoney(fixed, 'hkd')}`;
}

interface CoverBoxProps {
  readonly campaign: Campaign;
  readonly language: Language;
  readonly values: FormValues;
}

/**
 * The box that adds about what the card company takes; nothing where no rates are configured. It names the exact sum of every amount
 * that can be chosen, in their order: the style shows the chosen one's alone, where the browser can, without a script.
 */
export function CoverBox({ campaign, language, values }: CoverBoxProps) {
  const { cardFee } = charity;
  if (!cardFee) return null;
  const words = giveWordsOf(language);
  const { currency } = campaign;
  const fee = formatCardFee(cardFee);
  const { choices } = amountsToChoose(campaign, language, values);
  const label = (
    <>
      {words.coverBefore}
      <span class="covers">
        {choices.map(({ amount }) => {
          const cover = feeCover(amount, cardFee);
          return (
            <span>
              <i>{words.coverTo(formatMoneyShort(amount, currency))}</i>
              <b>{formatMoney(cover, currency)}</b>
              {words.coverAll(formatMoney(amount + cover, currency))}
              <i>; </i>
            </span>
          );
        })}
        <span>{words.coverOther(fee)}</span>
      </span>
      {words.coverAfter}
    </>
  );
  return <Box name="coverFee" label={label} hint={words.coverHint(fee)} values={values} />;
}
