import { charity, type Language } from '../platform/charity.ts';
import { type Correction, correctionOf, maskAddress } from './address-correction.ts';
import { longestEmail } from './checkout-request.ts';
import type { Thanks } from './read-thanks.ts';
import { type ThanksWords, thanksWordsOf } from './thanks-words.ts';

/** Why a correction was not taken, with what was typed when it can be typed better. */
export type AddressError =
  | { readonly kind: 'wrong-address'; readonly typed: string }
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
  // A complaint came from a mailbox that the mail had reached.
  const cameBack = thanks.mailProblem !== undefined && thanks.mailProblem !== 'complained';
  const hint = correction === 'over' ? undefined : maskAddress(person.email);
  const form = (
    <AddressForm
      path={path}
      words={words}
      {...(addressError?.kind === 'wrong-address' && { wrong: addressError.typed })}
    />
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
        <details open={addressError?.kind === 'wrong-address'}>
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

/** That an address is not corrected any more, and who can help. */
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
      {words.writeToUs} <a href={`mailto:${charity.replyTo}`}>{charity.replyTo}</a>
    </p>
  );
}

function AddressForm({ path, words, wrong }: { path: string; words: ThanksWords; wrong?: string }) {
  return (
    <form method="post" action={`${path}/address`}>
      <div class="field">
        <label for="email">{words.email}</label>
        {wrong !== undefined && (
          <p class="wrong" id="email-error">
            {words.notAnAddress}
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
            value: wrong,
            'aria-invalid': 'true' as const,
            'aria-describedby': 'email-error',
          })}
        />
      </div>
      <button type="submit">{words.correct}</button>
    </form>
  );
}
