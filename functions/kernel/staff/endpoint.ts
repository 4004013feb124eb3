import type { Context, Hono } from 'hono';
import type * as z from 'zod/mini';
import type { ProblemCode } from '#platform/errors.ts';
import { readIdempotencyKey } from '#platform/http/requests.ts';
import type { Actor } from './actor.ts';
import type { Input } from './input.ts';
import { type Operation, type Permit, permit } from './rights.ts';
import type { StaffDeps, StaffEnv } from './staff-deps.ts';

type Method = 'get' | 'post' | 'put';
type Status = 200 | 201 | 202;

/** What the API's document says of an operation, and of whom it asks which right. */
interface Described {
  /** The operation's name in the document. */
  readonly id: string;
  readonly method: Method;
  /** As API Gateway and OpenAPI write it: `/api/staff/months/{month}/close`. */
  readonly path: string;
  /** The right that it asks for; null when being signed in is enough. */
  readonly right: Operation | null;
  readonly summary: string;
  readonly description: string;
  /** What can be wrong, besides what follows from the sign-in, the method and the inputs. */
  readonly problems?: readonly ProblemCode[];
  /** When it answers with which status; 200 "Done." unless told. */
  readonly statuses?: Readonly<Partial<Record<Status, string>>>;
  /** The answer's name in the document; without one its schema stands in the operation. */
  readonly answerName?: string;
  readonly answerExample?: unknown;
}

/** One operation of the staff's API: its route, what it reads, and its line in the API's document follow from it. */
export interface Endpoint extends Described {
  readonly input: Readonly<Record<string, Input<unknown>>>;
  /** Made only for the document. */
  readonly answer: () => z.ZodMiniType;
  readonly respond: (c: Context<StaffEnv>, deps: StaffDeps) => Promise<Response>;
}

/** What an operation finds besides its input. */
export interface StaffContext<Right extends Operation | null, M extends Method = Method>
  extends Pick<StaffDeps, 'table' | 'stripe' | 'files' | 'random'> {
  readonly now: Date;
  readonly actor: Actor;
  readonly permit: Right extends Operation ? Permit<Right> : undefined;
  /** Of a POST alone. */
  readonly idempotencyKey: M extends 'post' ? string : undefined;
}

type Names<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Names<Rest>
  : never;

type Inputs<Path extends string> = Readonly<Record<string, Input<unknown>>> &
  Readonly<Record<Names<Path>, Input<unknown>>>;

type Values<Given> = {
  readonly [Name in keyof Given]: Given[Name] extends Input<infer Value> ? Value : never;
};

/** What an answer's schema describes, which the program need not be able to change. */
type Shown<Value> = Value extends readonly (infer Item)[]
  ? readonly Shown<Item>[]
  : Value extends object
    ? { readonly [Name in keyof Value]: Shown<Value[Name]> }
    : Value;

/** An answer with another status than 200, or with the revision that its ETag names. */
class Reply<Body> {
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

/**
 * Declares an operation: who may do it, what it is given, what it answers, what can be wrong, and what runs. Its inputs are read in
 * the order in which they stand, after the right was asked for.
 *
 * @param declared.input a body stands last, under any name
 */
export function endpoint<
  M extends Method,
  Path extends string,
  Right extends Operation | null,
  Given extends Inputs<Path>,
  Answer extends z.ZodMiniType,
>(
  declared: Described & {
    readonly method: M;
    readonly path: Path;
    readonly right: Right;
    readonly input: Given;
    readonly answer: () => Answer;
    readonly run: (
      input: Values<Given>,
      context: StaffContext<Right, M>,
    ) => Promise<Shown<z.output<Answer>> | Reply<Shown<z.output<Answer>>>>;
  },
): Endpoint {
  const { run, ...described } = declared;
  return {
    ...described,
    respond: async (c, { table, stripe, files, random, clock }) => {
      const actor = c.get('actor');
      const now = clock();
      const context = {
        ...{ table, now, actor },
        ...(stripe && { stripe }),
        ...(files && { files }),
        ...(random && { random }),
        permit: declared.right === null ? undefined : permit(actor, declared.right),
        idempotencyKey: declared.method === 'post' ? readIdempotencyKey(c) : undefined,
      } as StaffContext<Right, M>;
      const input = (await readAll(declared.input, c, now)) as Values<Given>;
      const answer = await run(input, context);
      if (!(answer instanceof Reply)) return c.json(answer as object);
      if (answer.revision !== undefined) c.header('etag', `"${answer.revision}"`);
      return c.json(answer.body as object, answer.status);
    },
  };
}

async function readAll(inputs: Endpoint['input'], c: Context, now: Date): Promise<Record<string, unknown>> {
  const values: Record<string, unknown> = {};
  for (const [name, input] of Object.entries(inputs)) values[name] = await input.read(c, name, now);
  return values;
}

/** An operation's route as API Gateway writes it, `METHOD /path/{parameter}`. */
export function routeOf({ method, path }: Pick<Endpoint, 'method' | 'path'>): string {
  return `${method.toUpperCase()} ${path}`;
}

/** Serves operations. */
export function serveEndpoints(app: Hono<StaffEnv>, endpoints: readonly Endpoint[], deps: StaffDeps): void {
  for (const { method, path, respond } of endpoints) {
    app[method](path.replaceAll(/\{(\w+)\}/g, ':$1'), (c) => respond(c, deps));
  }
}
