import type { Language } from '../platform/charity.ts';
import { campaignWordsOf } from './campaign-words.ts';

/** Links that tell others of a page, WhatsApp first, and its address to copy. */
export function Share({ url, title, language }: { url: string; title: string; language: Language }) {
  const words = campaignWordsOf(language);
  const links = [
    [words.onWhatsApp, `https://wa.me/?text=${encodeURIComponent(`${title} ${url}`)}`],
    [words.onFacebook, `https://www.facebook.com/sharer/sharer.php?u=${encodeURIComponent(url)}`],
  ];
  return (
    <div class="share">
      <h2>{words.share}</h2>
      <ul class="row">
        {links.map(([text, href]) => (
          <li>
            <a class="button quiet" href={href} rel="noopener noreferrer">
              {text}
            </a>
          </li>
        ))}
      </ul>
      <p class="note">
        {words.copyLink} <span class="copy">{url}</span>
      </p>
    </div>
  );
}
