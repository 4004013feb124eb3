import { html, raw } from 'hono/html';
import { ownFacts } from '#apps/mailer/gift-facts.ts';
import { charity } from '#platform/charity.ts';
import { catalogue, type MailFacts, type MailName, mailLanguages } from '../../emails/catalogue.ts';
import { renderMail } from '../../emails/render.tsx';

/** One mail of the catalogue with facts to look at. */
interface Preview {
  /** The end of its address, for example `gift-received/zh-HK/usual`. */
  readonly path: string;
  readonly name: MailName;
  readonly facts: MailFacts[MailName];
}

const root = '/__local/mails';

const style = `
:root { color-scheme: light dark; }
body { margin: 0 auto; max-width: 80rem; padding: 1rem 1.25rem 3rem; font: 1rem/1.5 system-ui, "PingFang HK", "Noto Sans CJK HK", sans-serif; overflow-wrap: anywhere; }
section { border-top: 1px solid #8884; margin-top: 2rem; padding-top: 1rem; }
h2 { font-size: 1.1rem; }
.parts { display: flex; flex-wrap: wrap; gap: 1rem; align-items: flex-start; }
iframe { border: 1px solid #8884; border-radius: .5rem; background: #fff; height: 56rem; max-width: 100%; }
pre { flex: 1 1 20rem; white-space: pre-wrap; margin: 0; padding: 1rem; background: #8882; border-radius: .5rem; }
`;

/** As the charity's own people get it, so that it sees here what they see. */
function asOwn(name: MailName, language: (typeof mailLanguages)[number]): MailFacts[MailName] {
  if (name === 'trustee-asked') {
    return { ...catalogue[name].previews[language], charity: ownFacts(language).charity };
  }
  if (name === 'what-waits') {
    return { ...catalogue[name].previews[language], sender: charity.name[language] };
  }
  const { receiver: _, ...example } = catalogue[name].previews[language];
  return { ...example, ...ownFacts(language) } as MailFacts[MailName];
}

function previews(): Preview[] {
  return (Object.keys(catalogue) as MailName[]).flatMap((name) =>
    mailLanguages.flatMap((language) => {
      const usual = asOwn(name, language);
      const variants = Object.entries(catalogue[name].variants);
      return [
        { path: `${name}/${language}/usual`, name, facts: usual },
        ...variants.map(([variant, change]) => ({
          path: `${name}/${language}/${variant}`,
          name,
          facts: (change as (usual: MailFacts[MailName]) => MailFacts[MailName])(usual),
        })),
      ];
    }),
  );
}

/**
 * Every mail of the catalogue in every language and variant: its subject, its HTML as a phone and a desk show it, its text.
 * One mail's HTML answers under its own address.
 *
 * @returns undefined for a mail that the catalogue does not have
 */
export async function mailGallery(pathname: string): Promise<Response | undefined> {
  if (pathname === root || pathname === `${root}/`) {
    return answer(
      String(await galleryPage(previews())),
      "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; frame-ancestors 'none'",
    );
  }
  const found = previews().find(({ path }) => pathname === `${root}/${path}`);
  return (
    found &&
    answer(
      renderMail(found.name, found.facts).html,
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox allow-popups",
    )
  );
}

function answer(body: string, policy: string): Response {
  return new Response(body, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'cache-control': 'no-store',
    },
  });
}

function galleryPage(all: readonly Preview[]) {
  return html`<!DOCTYPE html>${(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>All mails</title>
        <style>{raw(style)}</style>
      </head>
      <body>
        <h1>All mails</h1>
        <p>Every mail that Tideover can send, with invented facts. They are made where you look at them.</p>
        <ul>
          {all.map(({ path }) => (
            <li>
              <a href={`#${path}`}>{path}</a>
            </li>
          ))}
        </ul>
        {all.map((preview) => (
          <Shown {...preview} />
        ))}
      </body>
    </html>
  )}`;
}

function Shown({ path, name, facts }: Preview) {
  const { subject, text } = renderMail(name, facts);
  return (
    <section id={path}>
      <h2 lang={facts.language}>{subject}</h2>
      <p>
        <a href={`${root}/${path}`}>{path}</a>
      </p>
      <div class="parts">
        {[390, 640].map((width) => (
          <iframe
            title={`${path}, ${width} pixels wide`}
            src={`${root}/${path}`}
            width={width}
            loading="lazy"
            sandbox="allow-popups"
          />
        ))}
        <pre lang={facts.language}>{text}</pre>
      </div>
    </section>
  );
}
