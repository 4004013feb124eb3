import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { Bilingual } from '#platform/charity.ts';
import type { Problem } from '#platform/errors.ts';
import { honoPath, type Inputs, readInputs, type Values } from '#platform/http/endpoint.ts';
import { problemOf } from '#platform/http/requests.ts';
import { newId } from '#platform/ids.ts';
import type {
  DeclaredDeskPage,
  DeskContext,
  DeskEnv,
  DeskLink,
  DeskPage,
  WholeDesk,
} from './desk-context.ts';
import type { Sending } from './desk-form.tsx';
import { deskWords as words } from './desk-form-words.ts';
import { DeskMessage, deskLayout } from './desk-frame.tsx';
import { contextFor, type OperationContext } from './endpoint.ts';
import type { Operation } from './rights.ts';

export type Asked = Context<DeskEnv>;

/** What a page finds besides its input. */
export type Found<Right extends Operation | null> = OperationContext<Right> & Pick<WholeDesk, 'funds'>;

/** What a page is drawn with: what its buttons send along, and when it is. */
export interface DeskView extends Sending {
  readonly now: Date;
  /** What was just done, by the word that the form's way back carries. */
  readonly done: string | undefined;
}

interface DeclaredPage<Path extends string, Right extends Operation | null, Given, Data> {
  readonly path: Path;
  readonly right: Right;
  /** What the navigation calls it. */
  readonly label?: Bilingual;
  readonly input: Given;
  readonly read: (input: Values<Given>, found: Found<Right>) => Promise<Data>;
  readonly title: (data: Data) => string;
  readonly show: (data: Data, view: DeskView) => Child;
  /** After how many seconds the browser looks again, while something is under way. */
  readonly again?: (data: Data, view: DeskView) => number | undefined;
  /** The origin that one of its forms leads to, where that is not the desk. */
  readonly formsTo?: (data: Data) => string | undefined;
}

/** Declares a page that only shows: who may see it, what it is given, what it reads, how it looks. */
export function deskPage<
  Path extends string,
  Right extends Operation | null,
  Given extends Inputs<Path>,
  Data,
>({
  path,
  right,
  label,
  input,
  read,
  title,
  show,
  again,
  formsTo,
}: DeclaredPage<Path, Right, Given, Data>): DeclaredDeskPage {
  return {
    ...{ method: 'get', path: honoPath({ path }), right },
    ...(label && { title: label }),
    respond: (c, desk) =>
      answer(c, desk, async () => {
        const found = foundFor(c, right, desk);
        const data = await read(await readInputs(c, input, found.now), found);
        const elsewhere = formsTo?.(data);
        if (elsewhere !== undefined) c.set('formsTo', elsewhere);
        const view = viewOf(c, found.now);
        return draw(c, desk, title(data), show(data, view), 200, again?.(data, view));
      }),
  };
}

/** What a page finds for who is signed in. @throws Problem `forbidden` without the right */
export function foundFor<Right extends Operation | null>(
  c: Asked,
  right: Right,
  desk: WholeDesk,
): Found<Right> {
  return { ...contextFor(c.get('session').actor, right, desk), funds: desk.funds };
}

function viewOf(c: Asked, now: Date): DeskView {
  return { session: c.get('session'), formKey: newId('form'), now, done: c.req.query('done') };
}

/** Answers with what is made, or with a page that says what is wrong. */
export async function answer(c: Asked, desk: WholeDesk, make: () => Promise<Response>): Promise<Response> {
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const problem = problemOf(error, c);
    const text = textOf(problem);
    return draw(c, desk, text.title, DeskMessage(text), problem.status);
  }
}

function textOf(problem: Problem): { readonly title: string; readonly detail: string } {
  if (problem.code === 'not-found') return { title: words.notFoundTitle, detail: words.notFound };
  if (problem.code === 'forbidden') return { title: words.forbiddenTitle, detail: words.forbidden };
  if (problem.status >= 500) return { title: words.failedTitle, detail: words.failed };
  return { title: words.refusedTitle, detail: problem.message };
}

/** Answers with a page. */
export function draw(
  c: Asked,
  { links, demonstration }: WholeDesk,
  title: string,
  content: Child,
  status: Problem['status'] | 200 = 200,
  again?: number,
): Response | Promise<Response> {
  const frame = { title, path: c.req.path, session: c.get('session'), links, demonstration, again };
  return c.html(deskLayout(frame, content), status);
}

/** The navigation, in the order of the pages. */
export function linksOf(pages: readonly Pick<DeskPage, 'path' | 'title' | 'right'>[]): DeskLink[] {
  return pages.flatMap(({ path, title, right }) => (title ? [{ path, title, right }] : []));
}

/** Gives declared pages what only the whole desk knows: one another, and the funds. */
export function joinDesk(
  pages: readonly DeclaredDeskPage[],
  readFunds: (ctx: DeskContext) => ReturnType<WholeDesk['funds']>,
): readonly DeskPage[] {
  const links = linksOf(pages);
  return pages.map((page) => ({
    ...page,
    respond: (c, ctx) => page.respond(c, { ...ctx, links, funds: () => readFunds(ctx) }),
  }));
}
