import type { Language } from '#platform/charity.ts';
import { campaignWordsOf } from './campaign-words.ts';

interface ShareProps {
  readonly url: string;
  readonly title: string;
  readonly language: Language;
  /** The address of its QR code. */
  readonly qrCode: string;
}

/** Ways to share a page: links, WhatsApp first, its address to copy, and its QR code. */
export function Share({ url, title, language, qrCode }: ShareProps) {
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
      <details>
        <summary>{words.qrCode}</summary>
        <img src={qrCode} alt={words.qrCodeOf} width="240" height="240" loading="lazy" />
      </details>
    </div>
  );
}
