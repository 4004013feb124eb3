import { type Context, Hono } from 'hono';
import type { Child } from 'hono/jsx';
import type { DeskEnv, SignInContext } from '#kernel/staff/desk-context.ts';
import { deskLayout } from '#kernel/staff/desk-frame.tsx';
import { approveByLink, requireGood } from '#kernel/trustees/approve-by-link.ts';
import { readTrusteeLink } from '#kernel/trustees/read-trustee-link.ts';
import { LinkOver, type TrusteeLink, trusteeDoor, trusteeOf } from '#kernel/trustees/trustee-link.ts';
import type { Language } from '#platform/charity.ts';
import { formatDate, formatTime } from '#platform/clock.ts';
import { Problem } from '#platform/errors.ts';
import { formatMoney } from '#platform/money.ts';
import { doorWordsOf } from './trustee-words.ts';
import { stepOf } from './two-person-steps.ts';

/** Where a trustee's link leads: the secret in the address is all that it asks for. Looking changes nothing. */
export function trusteeDoors(ctx: SignInContext): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  const path = `${trusteeDoor}:token`;
  app.get(path, (c) =>
    answered(c, ctx, async (token, now) => {
      const link = await readTrusteeLink(token, { table: ctx.table, now });
      const { isWaiting } = await requireGood(link, stepOf, now).read(link.step.id, ctx);
      if (!isWaiting) throw new LinkOver('It is decided already.');
      return { link, content: (language) => Question({ link, language }) };
    }),
  );
  app.post(path, (c) =>
    answered(c, ctx, async (token, now) => {
      const link = await approveByLink({ token, stepOf }, { table: ctx.table, now });
      return { link, content: (language) => Approved({ link, language }) };
    }),
  );
  return app;
}

interface Opened {
  readonly link: TrusteeLink;
  readonly content: (language: Language) => Child;
}

/** Answers in the trustee's language with what was opened, or with a sentence that says why it is not. */
async function answered(
  c: Context<DeskEnv>,
  { clock, demonstration }: SignInContext,
  open: (token: string, now: Date) => Promise<Opened>,
): Promise<Response> {
  const page = (title: string, content: Child, language: Language, status: 200 | 404 | 409) =>
    c.html(
      deskLayout(
        { title, path: c.req.path, session: undefined, links: [], demonstration, language },
        content,
      ),
      status,
    );
  try {
    const { link, content } = await open(c.req.param('token') ?? '', clock());
    const language = trusteeOf(link.trustee)?.language ?? c.get('language');
    return await page(doorWordsOf(language).title(sumOf(link)), content(language), language, 200);
  } catch (error) {
    if (!(error instanceof Problem || error instanceof LinkOver)) throw error;
    const language = c.get('language');
    const words = doorWordsOf(language);
    const isUnknown = error instanceof Problem && error.code === 'not-found';
    const said = isUnknown
      ? ([words.unknownTitle, words.unknown] as const)
      : ([words.overTitle, words.over] as const);
    return page(said[0], Sentence({ title: said[0], text: said[1] }), language, isUnknown ? 404 : 409);
  }
}

interface PageProps {
  readonly link: TrusteeLink;
  readonly language: Language;
}

function Question({ link, language }: PageProps) {
  const words = doorWordsOf(language);
  const { fund, what, requester } = link.asked;
  const facts = [
    [words.sum, sumOf(link)],
    [words.fund, fund[language]],
    [words.what, what[language]],
    [words.requester, requester],
    [words.until, `${formatDate(link.until, language)} ${formatTime(link.until)}`],
  ] as const;
  return (
    <section class="card narrow">
      <h1>{words.title(sumOf(link))}</h1>
      <p class="lead">{words.greeting(link.trustee)}</p>
      <p>{words.intro}</p>
      <dl class="facts">
        {facts.map(([label, fact]) => (
          <div>
            <dt>{label}</dt>
            <dd dir="auto">{fact}</dd>
          </div>
        ))}
      </dl>
      <form method="post">
        <button type="submit">{words.approve(sumOf(link))}</button>
      </form>
      <p>{words.next}</p>
    </section>
  );
}

function Approved({ link, language }: PageProps) {
  const words = doorWordsOf(language);
  return Sentence({ title: words.doneTitle, text: words.done(sumOf(link)) });
}

function Sentence({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <section class="card narrow">
      <h1>{title}</h1>
      <p class="lead">{text}</p>
    </section>
  );
}

function sumOf({ asked }: TrusteeLink): string {
  return formatMoney(asked.amount, asked.currency);
}
