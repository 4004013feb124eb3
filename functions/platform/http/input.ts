import type { Context } from 'hono';
import type * as z from 'zod/mini';
import type { ProblemCode } from '#platform/errors.ts';
import type { Parameter, Schema } from './described.ts';
import { parseFields } from './fields.ts';
import { parseLimit, readJson } from './requests.ts';

/** One thing that an operation is given: how it is read from a request, and what the API's document says of it. */
export interface Input<Value> {
  /** @throws Problem one of `problems`, or `not-found` for a part of the path */
  readonly read: (c: Context, name: string, now: Date) => Value | Promise<Value>;
  readonly problems?: readonly ProblemCode[];
  /** @param name under which the operation declares it */
  readonly parameters?: (name: string) => readonly Parameter[];
  readonly body?: DescribedBody;
}

/** The body of a request, as the API's document describes it. */
export interface DescribedBody {
  readonly type: 'application/json' | 'multipart/form-data';
  /** One of these, by their names in the document. */
  readonly schemas: Readonly<Record<string, z.ZodMiniType>>;
  readonly example: unknown;
}

/** What the API's document says of all that stands in the address and in headers. */
export function parametersOf(inputs: Readonly<Record<string, Input<unknown>>>): readonly Parameter[] {
  return Object.entries(inputs).flatMap(([name, input]) => input.parameters?.(name) ?? []);
}

type About = Omit<Parameter, 'name' | 'in' | 'required' | 'schema'> & { readonly schema?: Schema };

const text: Schema = { type: 'string' };

/** A part of the path. */
export function inPath(about: About): Input<string>;
export function inPath<Value>(about: About, read: (text: string) => Value): Input<Value>;
export function inPath(about: About, read: (text: string) => unknown = (part) => part): Input<unknown> {
  return {
    read: (c, name) => read(c.req.param(name) ?? ''),
    parameters: (name) => [{ name, in: 'path', required: true, schema: text, ...about }],
  };
}

/** A parameter of the query, which may be left out. */
export function inQuery<Value>(
  about: About,
  read: (text: string | undefined, now: Date) => Value,
): Input<Value> {
  return {
    read: (c, name, now) => read(c.req.query(name), now),
    problems: ['invalid'],
    parameters: (name) => [{ name, in: 'query', schema: text, ...about }],
  };
}

/** What can be wrong with a body before its fields are looked at, and with them. */
export const bodyProblems = ['not-json', 'body-too-large', 'media-type', 'invalid'] as const;

/** A body of JSON, which its schema reads. @param schemas the one schema under its name in the document */
export function json<Schema extends z.ZodMiniType>(
  schemas: { readonly [name: string]: Schema },
  example: z.input<Schema>,
): Input<z.output<Schema>> {
  const [schema] = Object.values(schemas) as [Schema];
  return { ...unreadJson(schemas, example), read: async (c) => parseFields(schema, await readJson(c)) };
}

/** A body of JSON that `run` reads with its schema, because more than the schema decides about it. */
export function unreadJson<Schema extends z.ZodMiniType>(
  schemas: { readonly [name: string]: Schema },
  example: z.input<Schema>,
): Input<unknown> {
  return {
    read: readJson,
    problems: bodyProblems,
    body: { type: 'application/json', schemas, example },
  };
}

/** Which page of a list. */
export const page = {
  limit: inQuery(
    {
      description: 'How many to answer at most.',
      schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
    },
    parseLimit,
  ),
  cursor: inQuery(
    { description: 'The `nextCursor` of the page before; without one, the first page.' },
    (cursor) => cursor,
  ),
};
