import type { Context } from 'hono';
import type { ProblemCode } from '#platform/errors.ts';
import type { Input } from './input.ts';
import { readIdempotencyKey } from './requests.ts';

export type Method = 'get' | 'post' | 'put';
type Status = 200 | 201 | 202;

/** What the API's document says of an operation. */
export interface Described {
  /** The operation's name in the document. */
  readonly id: string;
  readonly method: Method;
  /** As API Gateway and OpenAPI write it: `/api/staff/months/{month}/close`. */
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly input: Readonly<Record<string, Input<unknown>>>;
  /** What can be wrong, besides what follows from the method, from who may call it and from the inputs. */
  readonly problems?: readonly ProblemCode[];
  /** When it answers with which status; 200 "Done." by default. */
  readonly statuses?: Readonly<Partial<Record<Status, string>>>;
}

/** The names of a path's parameters. */
export type Names<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Names<Rest>
  : never;

/** The inputs of an operation at a path: each of the path's parameters is one. */
export type Inputs<Path extends string> = Readonly<Record<string, Input<unknown>>> &
  Readonly<Record<Names<Path>, Input<unknown>>>;

/** What inputs are read as. */
export type Values<Given> = {
  readonly [Name in keyof Given]: Given[Name] extends Input<infer Value> ? Value : never;
};

/** An answer with another status than 200, or with the revision that its ETag names. */
export class Reply<Body> {
  readonly body: Body;
  readonly status: Status;
  readonly revision: number | undefined;

  constructor(body: Body, { status = 200, revision }: { status?: Status; revision?: number }) {
    this.body = body;
    this.status = status;
    this.revision = revision;
  }
}

/** Answers with another status than 200, or with the revision that the ETag names. */
export function reply<Body>(body: Body, more: { status?: Status; revision?: number }): Reply<Body> {
  return new Reply(body, more);
}

/** The idempotency key: of a POST alone. */
type KeyOf<M extends Method> = M extends 'post' ? string : undefined;

/** What an operation declares of itself beside its line in the document. */
export interface Declared<M extends Method, Path extends string, Given extends Inputs<Path>, Answer, Found> {
  readonly method: M;
  readonly path: Path;
  readonly input: Given;
  readonly run: (
    input: Values<Given>,
    context: Found & { readonly idempotencyKey: KeyOf<M> },
  ) => Promise<Answer | Reply<Answer>>;
}

/** Runs an operation: its key is read, then its inputs in the order in which they stand. @throws Problem of the first that is not right */
export async function respondTo<
  M extends Method,
  Path extends string,
  Given extends Inputs<Path>,
  Answer,
  Found extends object,
>(
  c: Context,
  { method, input, run }: Declared<M, Path, Given, Answer, Found>,
  context: Found,
  now: Date,
): Promise<Response> {
  const idempotencyKey = (method === 'post' ? readIdempotencyKey(c) : undefined) as KeyOf<M>;
  const values = await readInputs(c, input, now);
  return toResponse(c, await run(values, { ...context, idempotencyKey }));
}

/** Reads inputs in the order in which they stand. @throws Problem of the first that is not right */
export async function readInputs<Given extends Readonly<Record<string, Input<unknown>>>>(
  c: Context,
  input: Given,
  now: Date,
): Promise<Values<Given>> {
  const values: Record<string, unknown> = {};
  for (const [name, each] of Object.entries(input)) values[name] = await each.read(c, name, now);
  return values as Values<Given>;
}

function toResponse(c: Context, answer: unknown): Response {
  if (!(answer instanceof Reply)) return c.json(answer as object);
  if (answer.revision !== undefined) c.header('etag', `"${answer.revision}"`);
  return c.json(answer.body as object, answer.status);
}

/** An operation's route as API Gateway writes it, `METHOD /path/{parameter}`. */
export function routeOf({ method, path }: Pick<Described, 'method' | 'path'>): string {
  return `${method.toUpperCase()} ${path}`;
}

/** An operation's path as Hono writes it, `/path/:parameter`. */
export function honoPath({ path }: Pick<Described, 'path'>): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}
