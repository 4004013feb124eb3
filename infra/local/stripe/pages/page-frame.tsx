import { raw } from 'hono/html';
import type { PropsWithChildren } from 'hono/jsx';

const styles = `
:root { color-scheme: light; font-family: system-ui, "PingFang HK", "Noto Sans HK", sans-serif; color: #1c2b33; }
body { margin: 0; background: #f3f6f7; line-height: 1.5; }
.demonstration { background: #7a3e00; color: #fff; text-align: center; padding: .6rem 1rem; font-weight: 600; }
main { max-width: 30rem; margin: 2rem auto; padding: 1.75rem; background: #fff; border-radius: .75rem; box-shadow: 0 1px 4px #0002; }
h1 { font-size: 1.25rem; margin: 0 0 .25rem; } h2 { font-size: 1rem; margin: 1.75rem 0 .5rem; }
.amount { font-size: 2rem; font-weight: 700; margin: .25rem 0 1rem; }
ul.items { list-style: none; margin: 0 0 1.25rem; padding: 0; border-top: 1px solid #dfe6e9; }
ul.items li { display: flex; justify-content: space-between; gap: 1rem; padding: .5rem 0; border-bottom: 1px solid #dfe6e9; }
label { display: block; margin: .8rem 0 0; font-size: .9rem; font-weight: 600; }
input, select { display: block; width: 100%; box-sizing: border-box; margin-top: .25rem; padding: .6rem .7rem; font: inherit; font-weight: 400; border: 1px solid #7b8f99; border-radius: .4rem; background: #fff; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
button { font: inherit; font-weight: 600; padding: .7rem 1rem; border: 0; border-radius: .4rem; background: #0d6b57; color: #fff; cursor: pointer; }
form.pay > button { width: 100%; margin-top: 1.25rem; font-size: 1.05rem; }
button.quiet { background: #e3eaec; color: #1c2b33; }
a { color: #0d6b57; } :focus-visible { outline: 3px solid #f0a202; outline-offset: 2px; }
.problem { background: #fdecea; color: #8a1c12; border-radius: .4rem; padding: .7rem .9rem; }
.note { font-size: .85rem; color: #4a5d66; } .note code { white-space: nowrap; }
`;

interface FrameProps {
  readonly language: string;
  readonly title: string;
  readonly banner: string;
}

/** The frame of the local Stripe's pages, with the line that says what they are. */
export function PageFrame({ language, title, banner, children }: PropsWithChildren<FrameProps>) {
  return (
    <>
      {raw('<!doctype html>')}
      <html lang={language}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="robots" content="noindex" />
          <title>{title}</title>
          <style>{raw(styles)}</style>
        </head>
        <body>
          <div class="demonstration">{banner}</div>
          <main>{children}</main>
        </body>
      </html>
    </>
  );
}
