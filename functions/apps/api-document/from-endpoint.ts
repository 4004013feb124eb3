import * as z from 'zod/mini';
import type { Endpoint } from '#kernel/staff/endpoint.ts';
import type { ProblemCode } from '#platform/errors.ts';
import type { Parameter, Schema } from '#platform/http/described.ts';
import type { Described } from '#platform/http/endpoint.ts';
import { type DescribedBody, parametersOf } from '#platform/http/input.ts';
import type { PublicEndpoint } from '#platform/web/public-endpoint.ts';
import { examples } from './examples.ts';
import type { Operation } from './operation.ts';
import { reference } from './schemas.ts';

const keyOf = (description: string): Parameter => ({
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description: `New for each request, for example a random UUID. ${description}`,
  schema: { type: 'string', pattern: '^[ -~]{1,255}$', minLength: 1, maxLength: 255 },
  example: '6f0c8f0e-7f3a-4a53-9d0e-2b1f6f3a9c11',
});

const staffKey = keyOf(
  'The same request sent again under its key is done once; another one under a used key is a problem.',
);
const publicKey = keyOf(
  'The same request sent again under its key starts nothing new and is answered the same checkout; another body under a used key is a problem.',
);

/** The header with which who has an answer asks whether it still holds. */
export const ifNoneMatch: Parameter = {
  name: 'If-None-Match',
  in: 'header',
  description: 'The ETag of an answer that you have: 304 without a body when it still holds.',
  schema: { type: 'string' },
};

/** An operation of the staff as the document describes it. */
export function ofStaff(endpoint: Endpoint): Operation {
  const { right, description, answer, answerName, answerExample } = endpoint;
  return {
    ...lineOf(endpoint, staffKey),
    tag: 'Staff',
    staff: true,
    description: right === null ? description : `${description} Asks for the right \`${right}\`.`,
    answer: {
      statuses: endpoint.statuses ?? { 200: 'Done.' },
      schema: answerName ? { $ref: reference(answerName) } : toSchema(answer()),
      ...(answerExample !== undefined && { example: answerExample }),
    },
  };
}

/** The line of a public operation in the document. */
export function ofPublic(endpoint: PublicEndpoint): Operation {
  const { tag, fresh, answerName } = endpoint;
  const line = lineOf(endpoint, publicKey);
  return {
    ...line,
    tag,
    ...(fresh !== undefined && { publicRead: true, parameters: [...line.parameters, ifNoneMatch] }),
    answer: {
      statuses: endpoint.statuses ?? { 200: 'Done.' },
      schema: { $ref: reference(answerName) },
      example: examples[answerName],
    },
  };
}

function lineOf({ id, method, path, summary, description, input, problems = [] }: Described, key: Parameter) {
  const inputs = Object.values(input);
  const isPost = method === 'post';
  const [body] = inputs.flatMap((each) => each.body ?? []);
  const ofInputs = inputs.flatMap((each) => each.problems ?? []);
  const ofKey: ProblemCode[] = isPost ? ['idempotency-key-missing'] : [];
  return {
    ...{ id, method, path, summary, description },
    parameters: [...parametersOf(input), ...(isPost ? [key] : [])],
    ...(body && { body: bodyOf(body) }),
    problems: [...new Set([...ofInputs, ...ofKey, ...problems])],
  };
}

/** The schemas that operations name, of requests and of answers. */
export function schemasOf(
  endpoints: readonly (Described & Partial<Pick<Endpoint, 'answer' | 'answerName'>>)[],
): Record<string, z.ZodMiniType> {
  const named = endpoints.flatMap(({ input, answer, answerName }) => [
    ...Object.values(input).flatMap(({ body }) => Object.entries(body?.schemas ?? {})),
    ...(answer && answerName ? [[answerName, answer()] as const] : []),
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
    // `anyObject` in an answer has no schema but its `type`.
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      // All property names of a JSON object are strings.
      delete jsonSchema.propertyNames;
    },
  });
  return spelledOut(schema) as Schema;
}

/** Writes `{ type: [a, b] }` as two schemas under `anyOf`, as the document always did: generators of clients know it. */
function spelledOut(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(spelledOut);
  if (typeof value !== 'object' || value === null) return value;
  const { type, ...more } = value as { readonly type?: unknown };
  const rest = Object.fromEntries(Object.entries(more).map(([name, each]) => [name, spelledOut(each)]));
  if (!Array.isArray(type)) return type === undefined ? rest : { type: spelledOut(type), ...rest };
  return { anyOf: type.map((each: unknown) => ({ type: each })), ...rest };
}
