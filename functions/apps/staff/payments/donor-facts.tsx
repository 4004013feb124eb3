import type { Payment } from '#payments/payment/payment.ts';
import type { ReceiptData } from '#payments/payment/receipt-data-item.ts';
import { formatDate } from '#platform/clock.ts';
import { inOwnLetters } from '#platform/mail-address.ts';
import { htmlLanguage, languageOfText } from '#platform/web/languages.ts';
import { paymentWords as words } from './payment-words.ts';
import type { OnPage, ShownPerson } from './read-listed.ts';

interface DonorProps {
  readonly shown: ShownPerson;
  readonly payment: Payment;
  readonly receipt: ReceiptData | undefined;
}

/** Who gave, as far as who looks may know, and what the public sees of it. */
export function DonorFacts({ shown, payment, receipt }: DonorProps) {
  if (shown.kind === 'erased') {
    return (
      <section>
        <p>{words.erasedLong}</p>
        {receipt && (
          <p dir="auto">{words.receiptStays(receipt.receiptName, formatDate(receipt.until, 'en'))}</p>
        )}
      </section>
    );
  }
  const person = shown.kind === 'known' ? shown.person : undefined;
  const { onPage } = shown;
  const state = onPage?.messageState;
  const facts: (readonly [string, string] | false | undefined)[] = [
    person && [words.name, person.name],
    person && [words.email, person.email === '' ? words.noEmail : inOwnLetters(person.email)],
    person?.receiptName !== undefined && [words.receiptName, person.receiptName],
    [words.language, words.languages[payment.language]],
    onPage && [
      words.onPage,
      `${shownName(onPage)}, ${onPage.hideAmount ? words.amountHidden : words.amountShown}`,
    ],
    person && [
      words.news,
      person.marketingConsent
        ? words.newsYes(formatDate(new Date(person.marketingConsent.at), 'en'))
        : words.newsNo,
    ],
  ];
  return (
    <section>
      <h2>{words.donor}</h2>
      {!person && <p>{words.notForYou}</p>}
      <dl class="facts">
        {facts.map(
          (fact) =>
            fact && (
              <div>
                <dt>{fact[0]}</dt>
                <dd dir="auto">{fact[1]}</dd>
              </div>
            ),
        )}
        {shown.comment && (
          <div>
            <dt>{state ? `${words.comment}: ${words.commentStates[state]}` : words.comment}</dt>
            <dd lang={htmlLanguage(languageOfText(shown.comment))} dir="auto">
              {shown.comment}
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}

function shownName({ displayName, hideName, nameState }: OnPage): string {
  if (hideName) return words.onPageHidden;
  if (!displayName) return words.onPageNone;
  if (nameState === 'refused') return words.onPageRejected(displayName);
  return nameState === 'waiting' ? words.onPageWaiting(displayName) : words.onPageShown(displayName);
}
