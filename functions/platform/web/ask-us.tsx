import type { Language } from '#platform/charity.ts';
import { settings } from '#platform/settings.ts';
import { wordsOf } from './words.ts';

/** Where questions go: the address, and a number to call where there is one. */
export function AskUs({ language }: { readonly language: Language }) {
  const words = wordsOf(language);
  const { replyTo, telephone } = settings();
  return (
    <>
      {words.ask} <a href={`mailto:${replyTo}`}>{replyTo}</a>
      {telephone && (
        <>
          {words.orCall} <a href={`tel:${telephone.replaceAll(/[ -]/g, '')}`}>{telephone}</a>
        </>
      )}
    </>
  );
}
