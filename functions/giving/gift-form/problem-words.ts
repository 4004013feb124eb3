import { PaymentUnknownProblem } from '#payments/checkout/open-session.ts';
import { MinimumRaisedProblem, TooManyProblem, wholeMinute } from '#payments/guard/too-many.ts';
import { charity, type Language } from '#platform/charity.ts';
import type { FieldError, Problem, ProblemCode } from '#platform/errors.ts';
import { faultOf, hasVisible } from '#platform/http/fields.ts';
import { readMailAddress } from '#platform/mail-address.ts';
import { formatMoney, formatMoneyShort, largestPayment } from '#platform/money.ts';
import { readAmount } from '#platform/read-amount.ts';
import { wordsOf } from '#platform/web/words.ts';
import { SlipProblem } from './address-slip.ts';
import { SameGiftProblem } from './ask-again.ts';
import { longestMessage, longestName } from './checkout-request.ts';
import type { FormValues } from './form-values.ts';
import { type FormWords, formWordsOf } from './form-words.ts';

/** What the form shows of a problem: sentences at fields or one on top, and the button's label that confirms a second equal gift. */
interface ShownProblem {
  readonly errors?: readonly FieldError[];
  readonly notice?: string;
  readonly confirm?: string;
}

/** The sentence on top of the form, for problems that concern no single field. */
const notices: Readonly<Partial<Record<ProblemCode, (words: FormWords) => string>>> = {
  'campaign-closed': (words) => words.noGiftsNow,
  'payments-unavailable': (words) => words.unavailable,
  'checkout-in-progress': (words) => words.inProgress,
  'checkout-over': (words) => words.over,
  'idempotency-key-reused': (words) => words.over,
  'body-too-large': (words) => words.tooLarge,
};

/** Words a problem in the donor's language, at its field or on top of the form. */
export function inWords(problem: Problem, language: Language, values: FormValues): ShownProblem {
  const words = formWordsOf(language);
  if (problem instanceof SameGiftProblem) {
    const { amount, currency } = problem.gift;
    return { notice: words.sameGift(formatMoney(amount, currency)), confirm: words.giveAgain };
  }
  if (problem instanceof MinimumRaisedProblem) {
    const smallest = formatMoneyShort(problem.minimum, problem.currency);
    const detail = words.minimumRaised(smallest, wholeMinute(problem.end));
    return { errors: [{ pointer: amountField(values), detail }] };
  }
  if (problem instanceof TooManyProblem) return { notice: words.tooMany(wholeMinute(problem.end)) };
  if (problem instanceof PaymentUnknownProblem) return { notice: words.unavailableAndUnknown };
  const notice = notices[problem.code];
  if (notice) return { notice: notice(words) };
  const page = wordsOf(language);
  const sentences: Readonly<Record<string, string>> = {
    '/amount': amountSentence(values, words),
    '/name': {
      empty: page.wrongName,
      'too-long': words.nameTooLong(longestName),
      unprintable: words.nameUnprintable,
    }[faultOf(values.name ?? '', longestName)],
    '/displayName': {
      empty: words.nameUnprintable,
      'too-long': words.nameTooLong(longestName),
      unprintable: words.nameUnprintable,
    }[faultOf(values.displayName ?? '', longestName)],
    '/receiptName': {
      empty: words.nameUnprintable,
      'too-long': words.nameTooLong(longestName),
      unprintable: words.nameUnprintable,
    }[faultOf(values.receiptName ?? '', longestName)],
    '/email':
      problem instanceof SlipProblem
        ? words.didYouMean(problem.meant)
        : addressSentence(values.email ?? '', words),
    '/message': {
      empty: words.messageEmpty,
      'too-long': page.wrongMessage,
      unprintable: words.messageUnprintable,
    }[faultOf(values.message ?? '', longestMessage)],
  };
  const errors = problem.errors.flatMap(({ pointer }) => {
    const detail = sentences[pointer];
    return detail ? [{ pointer: pointer === '/amount' ? amountField(values) : pointer, detail }] : [];
  });
  return errors.length > 0 ? { errors } : { notice: words.other };
}

function addressSentence(typed: string, words: FormWords): string {
  const read = readMailAddress(typed);
  // Stripe may have refused an address that our own rule accepts.
  return words.noAddress['fault' in read ? read.fault : 'no-at'];
}

/** Whether the amount of a form is the typed one, or should be: "another amount" is chosen, or something was typed. */
export function isAmountTyped({ amount, otherAmount }: FormValues): boolean {
  return amount === 'other' || hasVisible(otherAmount);
}

function amountField(values: FormValues): string {
  return isAmountTyped(values) ? '/otherAmount' : '/amount';
}

function amountSentence(values: FormValues, words: FormWords): string {
  const read = isAmountTyped(values)
    ? readAmount(values.otherAmount ?? '')
    : { cents: Number(values.amount || Number.NaN) };
  if ('fault' in read) return words.noAmount[read.fault];
  if (!(read.cents >= 0)) return words.chooseAmount;
  const smallest = formatMoneyShort(charity.smallestGift, 'hkd');
  if (read.cents < charity.smallestGift) return words.amountTooSmall(smallest);
  // The gift and its fee cover may also be too much together.
  return words.amountTooLarge(formatMoney(largestPayment, 'hkd'));
}
