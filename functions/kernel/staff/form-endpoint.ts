import { Hono } from 'hono';
import type { Child } from 'hono/jsx';
import type { HtmlEscapedString } from 'hono/utils/html';
import { type FieldError, Problem } from '#platform/errors.ts';
import { honoPath, type Names } from '#platform/http/endpoint.ts';
import { newId } from '#platform/ids.ts';
import type { DeclaredDeskPage, DeskSession, WholeDesk } from './desk-context.ts';
import { type Asked, answer, draw, type Found, foundFor } from './desk-endpoint.ts';
import { ConfirmForm, DeskForm, Over, Title } from './desk-form.tsx';
import { deskWords as words } from './desk-form-words.ts';
import { bodyOf, type DeskField, hidden, type Typed } from './desk-input.ts';
import type { Endpoint } from './endpoint.ts';
import type { Operation } from './rights.ts';
import type { StaffEnv } from './staff-context.ts';

interface DeclaredForm<Path extends string, Data> {
  /** What the form does: its right, its fields' schema and what can be wrong are the operation's own. */
  readonly operation: Endpoint;
  /** Its parameters have the operation's names; what the operation's path has beyond them is a field of the form. */
  readonly path: Path;
  /** Reads what the page says of what the form is about. */
  readonly read: (params: Params<Path>, found: Found<Operation>) => Promise<Data>;
  readonly title: (data: Data) => string;
  readonly about?: (data: Data, problem?: Problem) => Child;
  readonly fields: (data: Data) => readonly DeskField[];
  /** Why there is nothing to do; the form is then left out. */
  readonly over?: (data: Data) => string | undefined;
  readonly button: string;
  /** Of a thing that is written whole, over what its writer saw of it. */
  readonly whole?: Whole<Data>;
  /** What the operation is given, where its body is not simply the fields. */
  readonly body?: Whole<Data>['body'];
  /**
   * What is asked once more before it happens.
   * @throws Problem where it is known that the operation would refuse it
   */
  readonly confirm?: (body: Readonly<Record<string, unknown>>, data: Data) => Question | Promise<Question>;
  /** Pages that show what the form says, each in a new tab, and write nothing. */
  readonly previews?: Previews<Data>;
  /** Where the form was opened from, and where it leads back to. */
  readonly back: (params: Params<Path>, data: Data) => string;
  /** Where it leads to when it was taken, if that is another page. */
  readonly next?: (params: Params<Path>) => string;
  /** The word by which the page it leads back to says what was done. */
  readonly done: string | ((typed: Typed) => string);
}

/** The pages that a form is previewed as, by their names in the address. */
interface Previews<Data> {
  readonly labels: Readonly<Record<string, string>>;
  readonly draw: (
    name: string,
    body: Readonly<Record<string, unknown>>,
    data: Data,
    desk: WholeDesk,
  ) => Promise<HtmlEscapedString>;
}

/** How a form that shows a thing writes it whole. */
interface Whole<Data> {
  /** The revision that the page shows; undefined for what is not there yet. */
  readonly revision: (data: Data) => number | undefined;
  /** The thing with what the form says of it. */
  readonly body: (said: Readonly<Record<string, unknown>>, data: Data) => Readonly<Record<string, unknown>>;
}

/** What is asked before it happens, and the button that says yes. */
interface Question {
  readonly sentence: string;
  readonly button: string;
}

type Params<Path extends string> = Readonly<Record<Names<Path>, string>>;

/** Problems that stand on a page of their own: there is no form to show again, or not for who asks. */
const endsForm = new Set(['not-found', 'forbidden', 'unauthorized', 'internal']);

/** Declares a form for an operation: the page with its fields, and its sending. */
export function deskForm<Path extends string, Data>(
  form: DeclaredForm<Path, Data>,
): readonly DeclaredDeskPage[] {
  const { operation } = form;
  const path = honoPath(form);
  const { right } = operation;
  return [
    {
      ...{ method: 'get', path, right },
      respond: (c, desk) => answer(c, desk, () => showForm(c, desk, form)),
    },
    {
      ...{ method: 'post', path, right },
      respond: (c, desk) => answer(c, desk, () => send(c, desk, form)),
    },
    ...Object.keys(form.previews?.labels ?? {}).map((name) => ({
      ...{ method: 'post' as const, path: `${path}/preview/${name}`, right },
      respond: (c: Asked, desk: WholeDesk) => answer(c, desk, () => preview(c, desk, form, name)),
    })),
  ];
}

/** Shows what the form says as the page that it will be. */
async function preview<Path extends string, Data>(
  c: Asked,
  desk: WholeDesk,
  form: DeclaredForm<Path, Data>,
  name: string,
): Promise<Response> {
  const found = foundFor(c, form.operation.right as Operation, desk);
  const data = await form.read(paramsOf<Path>(c), found);
  const said = bodyOf(form.fields(data), c.get('form'));
  const body = form.whole?.body(said, data) ?? said;
  if (!form.previews) throw new Problem('not-found', 'There is no preview.');
  return c.html(await form.previews.draw(name, body, data, desk));
}

async function send<Path extends string, Data>(
  c: Asked,
  desk: WholeDesk,
  form: DeclaredForm<Path, Data>,
): Promise<Response> {
  const typed = c.get('form');
  const found = foundFor(c, form.operation.right as Operation, desk);
  const params = paramsOf<Path>(c);
  try {
    const data = await form.read(params, found);
    const fields = form.fields(data);
    const files = await filesOf(c, fields);
    const said = bodyOf(fields, typed, new Set(files.map(([name]) => name)));
    const body = (form.whole?.body ?? form.body)?.(said, data) ?? said;
    const key = typed[hidden.key] ?? '';
    const seen = form.whole && { revision: typed[hidden.revision] || undefined };
    const request = toRequest(form.operation, params, { body, files, key, seen });
    if (form.confirm && typed[hidden.confirmed] !== 'yes') {
      await perform('check', form.operation, found.actor, request, desk);
      const asked = await form.confirm(body, data);
      const { [hidden.csrf]: _, [hidden.key]: formKey = '', ...values } = typed;
      const sending = { session: c.get('session'), formKey };
      const back = backOf(form, typed, params, data);
      const content = [
        Title({ text: form.title(data) }),
        ConfirmForm({ ...asked, sending, typed: values, back }),
      ];
      return draw(c, desk, form.title(data), content);
    }
    await perform('respond', form.operation, found.actor, request, desk);
    const done = typeof form.done === 'string' ? form.done : form.done(typed);
    const back = form.next?.(params) ?? backOf(form, typed, params, data);
    return c.redirect(`${back}${back.includes('?') ? '&' : '?'}done=${encodeURIComponent(done)}`, 303);
  } catch (error) {
    if (!(error instanceof Problem) || endsForm.has(error.code)) throw error;
    return showForm(c, desk, form, { problem: error, typed });
  }
}

/** Shows the form, at first or again with what was typed and what is wrong with it. */
async function showForm<Path extends string, Data>(
  c: Asked,
  desk: WholeDesk,
  form: DeclaredForm<Path, Data>,
  again?: { readonly problem: Problem; readonly typed: Typed },
): Promise<Response> {
  const found = foundFor(c, form.operation.right as Operation, desk);
  const params = paramsOf<Path>(c);
  const data = await form.read(params, found);
  const over = form.over?.(data);
  const back = backOf(form, again?.typed ?? {}, params, data);
  const key = again && goesOn(again.problem) ? again.typed[hidden.key] : undefined;
  const sending = { session: c.get('session'), formKey: key || newId('form') };
  const errors = again ? errorsOf(again.problem) : [];
  const content = [
    Title({ text: form.title(data) }),
    form.about?.(data, again?.problem),
    over === undefined || (again && again.problem.status !== 409)
      ? DeskForm({
          ...{ sending, fields: form.fields(data), typed: again?.typed ?? {}, errors },
          ...(form.whole && { revision: revisionOf(form.whole, data, again) }),
          ...{ button: form.button, back },
          previews: previewsAt(c.req.path, form.previews?.labels),
        })
      : Over({ text: over, back }),
  ];
  const title = errors.length > 0 ? words.error + form.title(data) : form.title(data);
  return draw(c, desk, title, content, again?.problem.status);
}

function previewsAt(path: string, labels: Readonly<Record<string, string>> = {}) {
  return Object.entries(labels).map(([name, label]) => ({ action: `${path}/preview/${name}`, label }));
}

/** Whether the same sending goes on after a problem: nothing was begun, or nobody knows how it ended. Any other is a new one. */
function goesOn({ code, status }: Problem): boolean {
  return code === 'invalid' || status >= 500;
}

/** The revision that a form writes over: the one that it was filled in over, until the writer has seen what stands there since. */
function revisionOf<Data>(
  whole: Whole<Data>,
  data: Data,
  again: { readonly problem: Problem; readonly typed: Typed } | undefined,
): string {
  if (again && again.problem.code !== 'precondition-failed') return again.typed[hidden.revision] ?? '';
  return String(whole.revision(data) ?? '');
}

/** Where a form leads back to: to the page of the desk that its button stood on, else to its own. */
function backOf<Path extends string, Data>(
  form: DeclaredForm<Path, Data>,
  typed: Typed,
  params: Params<Path>,
  data: Data,
): string {
  const from = typed[hidden.from] ?? '';
  return /^\/staff(?:\/[\w%-]+)*$/.test(from) ? from : form.back(params, data);
}

function errorsOf({ code, message, errors }: Problem): readonly FieldError[] {
  if (code === 'idempotency-key-reused') return [{ pointer: '', detail: words.sentBefore }];
  return errors.length > 0 ? errors : [{ pointer: '', detail: message }];
}

/** The files that a form brings along, by the names of their fields. */
async function filesOf(
  c: Asked,
  fields: readonly DeskField[],
): Promise<readonly (readonly [string, File])[]> {
  if (fields.every(({ kind }) => kind !== 'file')) return [];
  const form = await c.req.formData();
  return fields.flatMap(({ name, kind }) => {
    const file = form.get(name);
    return kind === 'file' && file instanceof File && file.size > 0 ? [[name, file] as const] : [];
  });
}

/** What a form says, and under which key. */
interface Said {
  readonly body: Readonly<Record<string, unknown>>;
  readonly files: readonly (readonly [string, File])[];
  readonly key: string;
  /** Of a thing that is written whole: what its writer saw of it. */
  readonly seen?: { readonly revision: string | undefined } | undefined;
}

/** The form as the request that says the same: as JSON, or as the form with files that the operation takes. */
function toRequest(
  { method, path, input }: Endpoint,
  params: Readonly<Record<string, string>>,
  { body, files, key, seen }: Said,
): Request {
  // An empty part would lead to another path: a hyphen is refused as the name that it stands for.
  const partOf = (name: string) => encodeURIComponent(params[name] ?? String(body[name] ?? '-'));
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => partOf(name));
  const headers = { 'idempotency-key': key, ...(seen && seenHeader(seen.revision)) };
  const common = { method: method.toUpperCase() };
  const takesFiles = Object.values(input).some((each) => each.body?.type === 'multipart/form-data');
  if (!takesFiles) {
    const ofJson = { ...headers, 'content-type': 'application/json' };
    return new Request(`http://desk${filled}`, { ...common, headers: ofJson, body: JSON.stringify(body) });
  }
  const form = new FormData();
  for (const [name, value] of Object.entries(body)) form.append(name, String(value));
  for (const [name, file] of files) form.append(name, file);
  return new Request(`http://desk${filled}`, { ...common, headers, body: form });
}

function seenHeader(revision: string | undefined): Record<string, string> {
  return revision === undefined ? { 'if-none-match': '*' } : { 'if-match': `"${revision}"` };
}

/**
 * Runs an operation, or only reads its inputs, as its JSON would.
 * @throws Problem of the operation
 */
async function perform(
  what: 'respond' | 'check',
  operation: Endpoint,
  actor: DeskSession['actor'],
  request: Request,
  desk: WholeDesk,
): Promise<void> {
  const app = new Hono<StaffEnv>();
  app.on(request.method, honoPath(operation), async (c) => {
    c.set('actor', actor);
    return (await operation[what](c, desk)) ?? c.body(null);
  });
  app.onError((error) => {
    throw error;
  });
  await app.request(request);
}

function paramsOf<Path extends string>(c: Asked): Params<Path> {
  // The path's names are known by its text alone, which Hono's type of the context has lost.
  return c.req.param() as unknown as Params<Path>;
}
