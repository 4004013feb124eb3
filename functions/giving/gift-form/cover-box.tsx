import type { Campaign } from '#giving/campaigns/campaign.ts';
import { type CardFee, feeCover } from '#payments/checkout/fee-cover.ts';
import { charity, type Language } from '#platform/charity.ts';
import { formatMoney, formatMoneyShort } from '#platform/money.ts';
import { settings } from '#platform/settings.ts';
import { wordsOf } from '#platform/web/words.ts';
import { amountsToChoose } from './amount-choice.tsx';
import { Box } from './form-field.tsx';
import type { FormValues } from './form-values.ts';
import { giveWordsOf } from './give-words.ts';

/** `3.4% + HK$2.35`, for example. */
export function formatCardFee({ basisPoints, fixed }: CardFee): string {
  return `${basisPoints / 100}% + ${formatMoney(fixed, 'hkd')}`;
}

interface CoverBoxProps {
  readonly campaign: Campaign;
  readonly language: Language;
  readonly values: FormValues;
}

/**
 * The box that adds the fee cover; nothing where no rates are configured. It holds the exact cover of every amount that can be chosen,
 * in their order; where the browser supports it, the style shows only the chosen one's, without a script.
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
      <span class="covers by">
        {choices.map(({ amount }) => {
          const cover = feeCover(amount, cardFee);
          return (
            <span>
              <i>{words.coverTo(formatMoneyShort(amount, currency))}</i> <b>{formatMoney(cover, currency)}</b>
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
  const receiver = charity.receiver[language];
  const hint =
    settings().feesBorneBy === 'receiver' ? words.feeByReceiver(fee, receiver) : words.feeByFund(fee);
  return <Box name="coverFee" label={label} hint={hint} values={values} />;
}

/**
 * The sum on the button: the chosen amount, with the fee cover where the box is ticked. As with the box, the style shows the right one
 * without a script; for a typed amount the button names no sum.
 */
export function GiveSum({ campaign, language, values }: CoverBoxProps) {
  const { cardFee } = charity;
  const words = giveWordsOf(language);
  const { choices } = amountsToChoose(campaign, language, values);
  const money = (amount: number) => formatMoneyShort(amount, campaign.currency);
  return (
    <span class="sums by">
      {choices.map(({ amount }) => (
        <span>
          {words.giveSum} <b>{money(amount)}</b>
          {cardFee && <i>{money(amount + feeCover(amount, cardFee))}</i>}
        </span>
      ))}
      <span>{wordsOf(language).give}</span>
    </span>
  );
}
