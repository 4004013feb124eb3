import type { ThanksWords } from './thanks-words.ts';

/** Links that share a campaign's address; the page loads nothing from the sites that they lead to. */
export function Share({ title, url, words }: { title: string; url: string; words: ThanksWords }) {
  const text = encodeURIComponent(`${words.shareText(title)} ${url}`);
  return (
    <section aria-labelledby="share">
      <hr />
      <h2 id="share">{words.shareTitle}</h2>
      <p>{words.share}</p>
      <p>
        <a class="button" href={`https://wa.me/?text=${text}`} rel="noopener noreferrer" target="_blank">
          {words.whatsApp}
        </a>
      </p>
      <p>
        <a
          href={`https://www.facebook.com/sharer/sharer.php?u=${encodeURIComponent(url)}`}
          rel="noopener noreferrer"
          target="_blank"
        >
          {words.facebook}
        </a>
      </p>
      <p>
        {words.link}{' '}
        <a href={url}>
          {url.split('/').map((part, index) => (
            <>
              {index > 0 && '/'}
              <wbr />
              {part}
            </>
          ))}
        </a>
      </p>
    </section>
  );
}
