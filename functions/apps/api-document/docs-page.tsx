import { html, raw } from 'hono/html';
import { charity } from '#platform/charity.ts';
import type { Parameter, Schema } from '#platform/http/described.ts';
import { Fields, Marked, resolve, type SchemasByName } from './docs-schema.tsx';
import { docsStyles } from './docs-styles.ts';
import type { OpenApiDocument } from './document.ts';

/** An operation of the document. */
interface Described {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly security?: readonly unknown[];
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: Content }>>;
}

type Content = Readonly<Record<string, { readonly schema: Schema; readonly example?: unknown }>>;

/** An operation with its method and path. */
interface Call {
  readonly method: string;
  readonly path: string;
  readonly operation: Described;
}

/** The page that describes the API to people. All of its content comes from the document. */
export function docsPage(document: OpenApiDocument) {
  const calls = callsOf(document);
  const site = document.servers[0]?.url ?? '';
  return html`<!doctype html>${(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`API · ${charity.name.en}`}</title>
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        <style>{raw(docsStyles)}</style>
      </head>
      <body>
        <header>
          <a href="/">{charity.name.en}</a>
        </header>
        <main>
          <h1>{document.info.title}: the API</h1>
          {document.info.description.split('\n\n').map((paragraph) => (
            <p>
              <Marked text={paragraph} />
            </p>
          ))}
          <p>
            For programs: <a href="/api/openapi.json">openapi.json</a> (OpenAPI {document.openapi}). All
            addresses begin with <code>{site}</code>.
          </p>
          <Contents calls={calls} />
          {document.tags.map((tag) => (
            <section>
              <h2>{tag.name}</h2>
              {calls
                .filter(({ operation }) => operation.tags.includes(tag.name))
                .map((call) => (
                  <Operation call={call} site={site} schemas={document.components.schemas} />
                ))}
            </section>
          ))}
        </main>
      </body>
    </html>
  )}`;
}

function callsOf(document: OpenApiDocument): Call[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operation: operation as Described,
    })),
  );
}

function Contents({ calls }: { calls: readonly Call[] }) {
  return (
    <nav aria-label="Calls">
      <ul>
        {calls.map(({ method, path, operation }) => (
          <li>
            <a href={`#${operation.operationId}`}>
              <code>
                {method} {path}
              </code>
            </a>{' '}
            {operation.summary}
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Operation({ call, site, schemas }: { call: Call; site: string; schemas: SchemasByName }) {
  const { method, path, operation } = call;
  const [type, body] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
  return (
    <article>
      <h3 id={operation.operationId}>
        {operation.summary}
        <br />
        <code>
          {method} {path}
        </code>
      </h3>
      <p>
        <Marked text={operation.description} />
      </p>
      {operation.parameters.length > 0 && <Parameters parameters={operation.parameters} schemas={schemas} />}
      {(body?.schema.anyOf ?? (body ? [body.schema] : [])).map((schema) => (
        <Fields caption={captionOf(schema, type)} schema={schema} schemas={schemas} />
      ))}
      <h4>Example</h4>
      <pre tabindex={0}>{curlOf(call, site, schemas)}</pre>
      <Answers operation={operation} schemas={schemas} />
    </article>
  );
}

function Parameters(props: { parameters: readonly Parameter[]; schemas: SchemasByName }) {
  const properties = props.parameters.map(({ name, schema, description, in: place }) => [
    name,
    { ...schema, description: `${description} (${place === 'path' ? 'in the path' : place})` },
  ]);
  const required = props.parameters.filter((each) => each.required).map(({ name }) => name);
  const schema = { type: 'object', properties: Object.fromEntries(properties) as SchemasByName, required };
  return <Fields caption="Parameters" schema={schema} schemas={props.schemas} />;
}

function Answers({ operation, schemas }: { operation: Described; schemas: SchemasByName }) {
  const [success] = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'));
  const answer = success?.[1].content?.['application/json'];
  return (
    <>
      <div class="wide">
        <table>
          <caption>Answers</caption>
          <thead>
            <tr>
              <th scope="col">Status</th>
              <th scope="col">When</th>
            </tr>
          </thead>
          <tbody>
            {Object.entries(operation.responses).map(([status, { description }]) => (
              <tr>
                <th scope="row">{status}</th>
                <td>
                  <Marked text={description} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {answer && (
        <Fields caption={`The answer ${success?.[0]} (JSON)`} schema={answer.schema} schemas={schemas} />
      )}
      {answer?.example !== undefined && <pre tabindex={0}>{JSON.stringify(answer.example, null, 2)}</pre>}
    </>
  );
}

/** The call as a command for the terminal. */
function curlOf({ method, path, operation }: Call, site: string, schemas: SchemasByName): string {
  const given = operation.parameters.filter(({ required }) => required);
  const address = given
    .filter((parameter) => parameter.in === 'path')
    .reduce((so, { name, example }) => so.replace(`{${name}}`, String(example)), site + path);
  const headers = given
    .filter((parameter) => parameter.in === 'header')
    .map(({ name, example }) => `  -H '${name}: ${example}'`);
  const lines = [
    `curl ${method === 'GET' ? '' : `-X ${method} `}${address}`,
    ...(operation.security ? ['  -H "Authorization: Bearer $TOKEN"'] : []),
    ...headers,
    ...bodyLines(operation, schemas),
  ];
  return lines.join(' \\\n');
}

function bodyLines({ requestBody }: Described, schemas: SchemasByName): string[] {
  const [type, body] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  if (!body) return [];
  if (isJson(type)) return [`  -H 'Content-Type: ${type}'`, `  -d '${JSON.stringify(body.example)}'`];
  const { properties } = resolve(body.schema, schemas);
  const isFile = (name: string) => properties?.[name]?.format === 'binary';
  return Object.entries(body.example as Record<string, string>).map(
    ([name, value]) => `  -F '${name}=${isFile(name) ? '@' : ''}${value}'`,
  );
}

/** `Body (JSON): Transfer`, for example. */
function captionOf({ $ref }: Schema, type: string | undefined): string {
  const name = $ref?.split('/').at(-1);
  return `Body (${isJson(type) ? 'JSON' : type})${name ? `: ${name}` : ''}`;
}

function isJson(type: string | undefined): boolean {
  return type === 'application/json';
}
