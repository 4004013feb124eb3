import type { PublicGift } from '#giving/latest-gifts/latest-gifts-item.ts';
import type { Language } from '#platform/charity.ts';
import { formatAgo, formatDate } from '#platform/clock.ts';
import { type Currency, formatMoneyShort } from '#platform/money.ts';
import { htmlLanguage, languageOfText } from '#platform/web/languages.ts';
import { wordsOf } from '#platform/web/words.ts';

interface SupportersProps {
  readonly gifts: readonly PublicGift[];
  readonly currency: Currency;
  readonly now: Date;
  readonly language: Language;
  /** Longer comments are cut, so that a page of twenty stays small; the page of supporters shows them in full. */
  readonly longestComment?: number;
}

/** Gifts as the public sees them: the name or "Anonymous", the amount unless hidden, the comment, how long ago. */
export function Supporters({ gifts, currency, now, language, longestComment = 300 }: SupportersProps) {
  return (
    <ul class="gifts">
      {gifts.map((gift) => (
        <li>
          <header>
            {gift.name === null ? (
              <b>{wordsOf(language).anonymous}</b>
            ) : (
              <b dir="auto" {...inItsLanguage(gift.name, language)}>
                {gift.name}
              </b>
            )}
            {gift.amount !== null && <strong>{formatMoneyShort(gift.amount, currency)}</strong>}
          </header>
          {gift.message !== null && (
            <blockquote dir="auto" {...inItsLanguage(gift.message, language)}>
              {cut(gift.message, longestComment)}
            </blockquote>
          )}
          <time datetime={gift.at} title={formatDate(new Date(gift.at), language)}>
            {formatAgo(new Date(gift.at), now, language)}
          </time>
        </li>
      ))}
    </ul>
  );
}

/** Marks the language of a donor's text where it is not the page's language. */
function inItsLanguage(text: string, language: Language): { lang?: string } {
  const own = languageOfText(text);
  return own === language ? {} : { lang: htmlLanguage(own) };
}

function cut(text: string, longest: number): string {
  const characters = [...text];
  return characters.length <= longest
    ? text
    : `${characters
        .slice(0, longest - 1)
        .join('')
        .trimEnd()}…`;
}
