import { longestEmail } from '#giving/gift-form/checkout-request.ts';
import { type FormWords, formWordsOf } from '#giving/gift-form/form-words.ts';
import type { Language } from '#platform/charity.ts';
import { inOwnLetters } from '#platform/mail-address.ts';
import { settings } from '#platform/settings.ts';
import { type Correction, correctionOf, maskAddress } from './address-correction.ts';
import type { Thanks } from './read-thanks.ts';
import { type ThanksWords, thanksWordsOf } from './thanks-words.ts';

/** Why a correction was not accepted, with the typed text when the donor can improve it. */
export type AddressError =
  | { readonly kind: 'wrong-address'; readonly typed: string }
  | { readonly kind: 'slip'; readonly typed: string; readonly meant: string }
  | { readonly kind: 'used' | 'over' };

interface MailAndAddressProps {
  readonly thanks: Thanks;
  readonly language: Language;
  readonly now: Date;
  /** The page's own address in its language. */
  readonly path: string;
  readonly addressError?: AddressError;
}

/** Where the thank-you mail went, whether it came back, and the form for another address while there is time. */
export function MailAndAddress({ thanks, language, now, path, addressError }: MailAndAddressProps) {
  const { person, checkout } = thanks;
  if (!person || checkout.status === 'refunded') return null;
  const words = thanksWordsOf(language);
  const correction = correctionOf(checkout, now);
  // A complaint comes from a mailbox that the mail has reached.
  const cameBack = thanks.mailProblem !== undefined && thanks.mailProblem !== 'complained';
  const hint = correction === 'over' ? undefined : maskAddress(inOwnLetters(person.email));
  const form = (
    <>
      {addressError?.kind === 'slip' && (
        <AddressQuestion path={path} words={formWordsOf(language)} {...addressError} />
      )}
      <AddressForm path={path} words={words} wrong={wrongIn(addressError, language)} />
    </>
  );
  if (cameBack) {
    return (
      <section class="errors" aria-labelledby="came-back">
        <h2 id="came-back">{words.mailCameBackTitle}</h2>
        <p>{cameBackWords(correction, hint, words)}</p>
        {correction === 'open' ? form : <WriteToUs words={words} />}
      </section>
    );
  }
  if (thanks.mailWay === 'stopped') {
    return (
      <section class="errors" aria-labelledby="stopped">
        <h2 id="stopped">{words.mailStoppedTitle}</h2>
        <p>{words.mailStopped}</p>
        {correction === 'open' && (
          <>
            <p>
              {words.wrongAddress} {words.correctHint}
            </p>
            {form}
          </>
        )}
        {correction !== 'open' && <WriteToUs words={words} />}
      </section>
    );
  }
  return (
    <>
      <p>{mailWords(thanks, correction, hint, words)}</p>
      {checkout.status === 'paid' && hint && thanks.mailWay === 'usual' && (
        <p class="note">{words.mailMissing}</p>
      )}
      {correction === 'open' && (
        <details open={addressError !== undefined && 'typed' in addressError}>
          <summary>{words.wrongAddress}</summary>
          <p>{words.correctHint}</p>
          {form}
        </details>
      )}
    </>
  );
}

function cameBackWords(correction: Correction, hint: string | undefined, words: ThanksWords): string {
  if (correction === 'open' && hint) return words.mailCameBack(hint);
  return correction === 'used' ? words.mailCameBackTwice : words.mailCameBackLate;
}

function mailWords(
  { checkout, mailWay }: Thanks,
  correction: Correction,
  hint: string | undefined,
  words: ThanksWords,
): string {
  if (checkout.status === 'paid' && mailWay === 'delayed') return words.mailDelayed;
  if (!hint) return words.mailSent;
  if (checkout.status !== 'paid') return words.mailWillGoTo(hint);
  return correction === 'used' ? words.mailAgainTo(hint) : words.mailTo(hint);
}

/** Says that the address cannot be corrected any more, and who can help. */
export function AddressNotice({ kind, language }: { kind: 'used' | 'over'; language: Language }) {
  const words = thanksWordsOf(language);
  return (
    <div class="errors" role="alert">
      <h2>{kind === 'used' ? words.usedTitle : words.tooLateTitle}</h2>
      <p>{kind === 'used' ? words.used : words.tooLate}</p>
      <WriteToUs words={words} />
    </div>
  );
}

function WriteToUs({ words }: { words: ThanksWords }) {
  return (
    <p>
      {words.writeToUs} <a href={`mailto:${settings().replyTo}`}>{settings().replyTo}</a>
    </p>
  );
}

interface Wrong {
  readonly typed: string;
  /** Undefined where the sentence is above the field, in the question. */
  readonly sentence?: string;
}

/** The error at the field, for an address that was typed there. */
function wrongIn(error: AddressError | undefined, language: Language): Wrong | undefined {
  if (error === undefined || !('typed' in error)) return undefined;
  const { typed } = error;
  return error.kind === 'slip' ? { typed } : { typed, sentence: thanksWordsOf(language).notAnAddress };
}

interface AddressQuestionProps {
  readonly path: string;
  readonly words: FormWords;
  readonly typed: string;
  readonly meant: string;
}

/** Asks whether another address was meant. It is a form of its own, so that the Enter key in the field sends no answer. */
function AddressQuestion({ path, words, typed, meant }: AddressQuestionProps) {
  return (
    <form method="post" action={`${path}/address`}>
      <p class="wrong" id="email-error" role="alert">
        {words.didYouMean(meant)}
      </p>
      <div class="row">
        <button type="submit" name="emailAnswer" value={meant}>
          {words.takeMeant(meant)}
        </button>
        <button type="submit" class="quiet" name="emailAnswer" value={typed}>
          {words.keepTyped(typed)}
        </button>
      </div>
    </form>
  );
}

interface AddressFormProps {
  readonly path: string;
  readonly words: ThanksWords;
  readonly wrong: Wrong | undefined;
}

function AddressForm({ path, words, wrong }: AddressFormProps) {
  return (
    <form method="post" action={`${path}/address`}>
      <div class="field">
        <label for="email">{words.email}</label>
        {wrong?.sentence && (
          <p class="wrong" id="email-error">
            {wrong.sentence}
          </p>
        )}
        <input
          id="email"
          name="email"
          type="email"
          autocomplete="email"
          maxlength={longestEmail}
          required
          {...(wrong !== undefined && {
            value: wrong.typed,
            'aria-invalid': 'true' as const,
            'aria-describedby': 'email-error',
          })}
        />
      </div>
      <button type="submit">{words.correct}</button>
    </form>
  );
}
