import { expect } from 'vitest';
import * as z from 'zod';
import { openApiDocument } from '#apps/api-document/document.ts';
import type { Schema } from '#platform/http/described.ts';

interface Described {
  readonly paths: Record<string, Record<string, { readonly responses: Record<string, Answer> }>>;
  readonly components: { readonly schemas: Record<string, Schema> };
}
interface Answer {
  readonly content?: Record<string, { readonly schema: Schema; readonly examples?: Record<string, unknown> }>;
}

/** An app that answers requests in this process. */
interface App {
  request(path: string, init?: RequestInit): Response | Promise<Response>;
}

const described = JSON.parse(JSON.stringify(openApiDocument('https://give.example.org'))) as Described;

/** A check made from a schema of the document as it goes out, in which no object has a field that is not named. */
function checkFrom(schema: Schema) {
  const closed = JSON.parse(JSON.stringify({ ...schema, $defs: described.components.schemas }), (_, value) =>
    isObjectSchema(value) ? { additionalProperties: false, ...value } : (value as unknown),
  );
  const local = JSON.stringify(closed).replaceAll('#/components/schemas/', '#/$defs/');
  return z.fromJSONSchema(JSON.parse(local) as Parameters<typeof z.fromJSONSchema>[0]);
}

function isObjectSchema(value: unknown): value is object {
  return typeof value === 'object' && value !== null && 'properties' in value && 'type' in value;
}

/** The same app, which holds each of its answers against the OpenAPI document: status, fields, and the problem's code. */
export function asDescribed<Given extends App>(app: Given): Given {
  const request = app.request.bind(app);
  app.request = async (path, init) => {
    const answer = await request(path, init);
    const operation = operationOf(init?.method ?? 'GET', path);
    if (operation) await holdAgainst(operation, answer.clone());
    return answer;
  };
  return app;
}

function operationOf(method: string, address: string) {
  const [path = ''] = address.split('?');
  const found = Object.entries(described.paths).find(([template]) =>
    new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path),
  );
  const operation = found?.[1][method.toLowerCase()];
  return operation && { name: `${method} ${found?.[0]}`, ...operation };
}

async function holdAgainst(operation: NonNullable<ReturnType<typeof operationOf>>, answer: Response) {
  const [type = ''] = (answer.headers.get('content-type') ?? '').split(';');
  const media = operation.responses[answer.status]?.content?.[type];
  expect(media, `The document knows no ${answer.status} ${type} of ${operation.name}.`).toBeDefined();
  if (!media) return;
  const body = (await answer.json()) as { readonly code?: string };
  if (media.examples) expect(Object.keys(media.examples), operation.name).toContain(body.code);
  const { error } = checkFrom(media.schema).safeParse(body);
  expect(error?.issues, `${operation.name}: ${JSON.stringify(body)}`).toBeUndefined();
}
