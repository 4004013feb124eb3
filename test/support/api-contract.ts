type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
type Node = { readonly [name: string]: Json };

const texts = ['summary', 'description', 'title', 'detail'];
/** Lists whose order says nothing. */
const sets = ['required', 'enum'];
/** Below these stand names of our own, and a field of a schema may have the name of a text. */
const named = ['properties', 'examples', 'schemas'];

/** A part of the document without its sentences and examples, in the order of its names: what a program can depend on. */
function withoutTexts(value: Json, parent?: string): Json {
  if (Array.isArray(value)) {
    const all = value.map((each: Json) => withoutTexts(each));
    return parent !== undefined && sets.includes(parent) ? all.sort() : all;
  }
  if (typeof value !== 'object' || value === null) return value;
  const isText = (name: string, each: Json) =>
    name === 'example' || (texts.includes(name) && typeof each === 'string');
  const kept = Object.entries(value).filter(
    ([name, each]) => (parent !== undefined && named.includes(parent)) || !isText(name, each),
  );
  return Object.fromEntries(
    kept.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, each]) => [name, withoutTexts(each, name)]),
  );
}

/** A problem's example says its code and no more. */
function contentOf(content: Node): Json {
  const media = Object.entries(content).map(([type, each]) => {
    const { examples, ...more } = each as Node;
    return [type, examples ? { ...more, codes: Object.keys(examples as Node).sort() } : each];
  });
  return Object.fromEntries(media) as Json;
}

/**
 * What programs may rely on, a line each: operations, parameters, bodies, answers by status with the codes of their problems, schemas.
 * Sentences and examples are left out.
 */
export function contractOf(document: object): string {
  const { paths, components, ...head } = JSON.parse(JSON.stringify(document)) as {
    readonly paths: Record<string, Record<string, Node>>;
    readonly components: Record<string, Node>;
  };
  const line = (words: string, value: Json) => `${words} ${JSON.stringify(withoutTexts(value))}`;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { parameters, requestBody, responses, ...operation }]) => {
      const route = `${method.toUpperCase()} ${path}`;
      return [
        line(route, operation as Node),
        ...(parameters as readonly Node[]).map((each) => line(`${route} ${each.in} ${each.name}`, each)),
        ...(requestBody ? [line(`${route} body`, requestBody)] : []),
        ...Object.entries(responses as Record<string, Node>).map(([status, { content, ...answer }]) =>
          line(`${route} ${status}`, { ...answer, ...(content && { content: contentOf(content as Node) }) }),
        ),
      ];
    }),
  );
  const parts = Object.entries(components).flatMap(([kind, all]) =>
    Object.entries(all).map(([name, part]) => line(`${kind} ${name}`, part)),
  );
  return [line('document', head as Node), ...operations, ...parts].sort().join('\n').concat('\n');
}
