import { publicEndpoints } from '#apps/public-api/endpoints.ts';
import { staffEndpoints } from '#apps/staff/endpoints.ts';
import { charity } from '#platform/charity.ts';
import { type ProblemCode, problems } from '#platform/errors.ts';
import { ifNoneMatch, ofPublic, ofStaff, schemasOf } from './from-endpoint.ts';
import type { Operation } from './operation.ts';
import { componentSchemas, reference } from './schemas.ts';
import { webhookPaths } from './webhooks.ts';

const header = (description: string) => ({ description, schema: { type: 'string' } });

const headers = {
  'Cache-Control': header('How long the answer is fresh.'),
  ETag: header('Names these very bytes, for If-None-Match.'),
};

const retryAfter = { 'Retry-After': header('Seconds after which the same request can help, when it can.') };
const mayComeAgain: readonly number[] = [409, 429, 503];

const introduction = `Reads of campaigns and gifts are open to every site (CORS) and carry an ETag. Amounts are whole numbers of the currency's smallest unit: 50000 is HK$500.00. Times are UTC; months are those of Hong Kong. The length of a text is counted as browsers count \`maxlength\`: UTF-16 code units, each line break as one; line breaks are kept as line feeds.

What goes wrong is answered as \`application/problem+json\` (RFC 9457) with a \`code\` from a closed list. A known address that is asked with another method answers 405 \`method-not-allowed\` with \`Allow\`. What is not built yet is answered 422 \`not-offered\`, naming the field.

Every GET also answers HEAD.`;

const itself: Operation = {
  id: 'getOpenApi',
  method: 'get',
  path: '/api/openapi.json',
  tag: 'This document',
  summary: 'The description of the API',
  description: 'OpenAPI 3.1, made from the schemas that requests are checked with.',
  parameters: [ifNoneMatch],
  publicRead: true,
  answer: { statuses: { 200: 'This document.' }, schema: { type: 'object' } },
  problems: [],
};

/** Every call of the JSON API. */
export const operations: readonly Operation[] = [
  ...publicEndpoints.map(ofPublic),
  ...staffEndpoints.map(ofStaff),
  itself,
];

/** @param site the site's address, without a trailing slash */
export function openApiDocument(site: string) {
  return {
    openapi: '3.1.0',
    info: {
      title: `Giving to ${charity.name.en}`,
      version: '1',
      description: introduction,
      contact: { email: charity.replyTo },
    },
    servers: [{ url: site }],
    tags: [
      { name: 'Campaigns', description: 'Public reads.' },
      { name: 'Checkouts', description: 'Giving.' },
      { name: 'Staff', description: 'What the charity does, by the rights of its sign-in. Never cached.' },
      { name: 'Webhooks', description: 'Signed events of other services.' },
      { name: 'This document' },
    ],
    paths: { ...pathsOf(operations), ...webhookPaths },
    components: {
      schemas: componentSchemas({
        ...schemasOf(publicEndpoints),
        ...schemasOf(staffEndpoints),
      }),
      securitySchemes,
    },
    security: [],
  };
}

const signIn = 'staffSignIn';

const securitySchemes = {
  [signIn]: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description:
      'An access token of the stage’s OpenID Connect sign-in. One that is missing, over or of another sign-in is answered 401 before it reaches the function, without a problem in the body.',
  },
};

export type OpenApiDocument = ReturnType<typeof openApiDocument>;

function pathsOf(all: readonly Operation[]) {
  const paths: Record<string, Partial<Record<Operation['method'], ReturnType<typeof toOpenApi>>>> = {};
  for (const operation of all) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: toOpenApi(operation) };
  }
  return paths;
}

function toOpenApi({ id, tag, summary, description, parameters, body, answer, ...more }: Operation) {
  const { schema, example } = answer;
  const content = { 'application/json': { schema, ...(example !== undefined && { example }) } };
  const ofStaff: readonly ProblemCode[] = more.staff ? ['unauthorized', 'forbidden'] : [];
  return {
    operationId: id,
    tags: [tag],
    summary,
    description,
    parameters,
    ...(more.staff && { security: [{ [signIn]: [] }] }),
    ...(body && {
      requestBody: {
        required: true,
        content: { [body.type]: { schema: body.schema, example: body.example } },
      },
    }),
    responses: {
      ...Object.fromEntries(
        Object.entries(answer.statuses).map(([status, when]) => [
          status,
          { description: when, ...(more.publicRead && { headers }), content },
        ]),
      ),
      ...(more.publicRead && { 304: { description: 'You have this answer already.', headers } }),
      ...withDoor(problemAnswers([...ofStaff, ...more.problems, 'internal'])),
    },
  };
}

/** API Gateway itself refuses an invalid token, and its answer is no problem (RFC 9457). */
function withDoor(answers: ReturnType<typeof problemAnswers>): ReturnType<typeof problemAnswers> {
  const turnedAway = answers[401];
  if (!turnedAway) return answers;
  const byTheDoor = { schema: { type: 'object' }, example: { message: 'Unauthorized' } };
  const content = { 'application/json': byTheDoor, ...turnedAway.content };
  return { ...answers, 401: { ...turnedAway, content } };
}

/** The problems of an operation by their status, each with an example that shows its code. */
function problemAnswers(codes: readonly ProblemCode[]) {
  const statuses = [...new Set(codes.map((code) => problems[code][0]))];
  return Object.fromEntries(
    statuses.map((status) => {
      const together = codes.filter((code) => problems[code][0] === status);
      const answer = {
        description: together.map((code) => `\`${code}\`: ${problems[code][1]}.`).join(' '),
        content: {
          'application/problem+json': {
            schema: { $ref: reference('Problem') },
            examples: Object.fromEntries(together.map((code) => [code, { value: exampleOf(code) }])),
          },
        },
      };
      return [status, { ...answer, ...(mayComeAgain.includes(status) && { headers: retryAfter }) }];
    }),
  );
}

function exampleOf(code: ProblemCode) {
  const [status, title] = problems[code];
  return { type: `urn:tideover:problem:${code}`, title, status, detail: `${title}.`, code };
}
