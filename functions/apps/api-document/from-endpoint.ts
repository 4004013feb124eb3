import * as z from 'zod/mini';
import type { Endpoint } from '#kernel/staff/endpoint.ts';
import { type DescribedBody, parametersOf } from '#kernel/staff/input.ts';
import type { ProblemCode } from '#platform/errors.ts';
import type { Parameter, Schema } from '#platform/http/described.ts';
import { idempotencyKey, type Operation } from './operation.ts';
import { reference } from './schemas.ts';

const staffKey: Parameter = {
  ...idempotencyKey,
  description:
    'New for each request, for example a random UUID. The same request sent again under its key is done once; another one under a used key is a problem.',
};

/** The line of an operation of the staff in the document. */
export function operationOf(endpoint: Endpoint): Operation {
  const { id, method, path, right, summary, description, statuses = { 200: 'Done.' } } = endpoint;
  const inputs = Object.values(endpoint.input);
  const isPost = method === 'post';
  const parameters = parametersOf(endpoint.input);
  const [body] = inputs.flatMap((input) => input.body ?? []);
  const ofInputs = inputs.flatMap(({ problems = [] }) => problems);
  const ofKey: ProblemCode[] = isPost ? ['idempotency-key-missing'] : [];
  return {
    id,
    method,
    path,
    tag: 'Staff',
    staff: true,
    summary,
    description: right === null ? description : `${description} Asks for the right \`${right}\`.`,
    parameters: isPost ? [...parameters, staffKey] : parameters,
    ...(body && { body: bodyOf(body) }),
    answer: {
      statuses,
      schema: endpoint.answerName ? { $ref: reference(endpoint.answerName) } : toSchema(endpoint.answer()),
      ...(endpoint.answerExample !== undefined && { example: endpoint.answerExample }),
    },
    problems: [...new Set([...ofInputs, ...ofKey, ...(endpoint.problems ?? [])])],
  };
}

/** The schemas that operations of the staff name. */
export function schemasOf(endpoints: readonly Endpoint[]): Record<string, z.ZodMiniType> {
  const named = endpoints.flatMap(({ input, answer, answerName }) => [
    ...Object.values(input).flatMap(({ body }) => Object.entries(body?.schemas ?? {})),
    ...(answerName ? [[answerName, answer()] as const] : []),
  ]);
  return Object.fromEntries(named);
}

function bodyOf({ type, schemas, example }: DescribedBody): NonNullable<Operation['body']> {
  const all = Object.keys(schemas).map((name): Schema => ({ $ref: reference(name) }));
  return { type, schema: all.length === 1 ? { ...all[0] } : { anyOf: all }, example };
}

function toSchema(made: z.ZodMiniType): Schema {
  const { $schema: _, ...schema } = z.toJSONSchema(made, {
    io: 'input',
    // An answer's `anyObject` has no schema but its `type`.
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      // Every name of a JSON object is a text.
      delete jsonSchema.propertyNames;
    },
  });
  return spelledOut(schema) as Schema;
}

/** `{ type: [a, b] }` as two schemas: generators of clients know `anyOf`, and were given it from the beginning. */
function spelledOut(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(spelledOut);
  if (typeof value !== 'object' || value === null) return value;
  const { type, ...more } = value as { readonly type?: unknown };
  const rest = Object.fromEntries(Object.entries(more).map(([name, each]) => [name, spelledOut(each)]));
  if (!Array.isArray(type)) return type === undefined ? rest : { type: spelledOut(type), ...rest };
  return { anyOf: type.map((each: unknown) => ({ type: each })), ...rest };
}
