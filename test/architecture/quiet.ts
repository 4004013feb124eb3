import { roleOf } from './rooms.ts';
import {
  allAt,
  at,
  type Import,
  isFunction,
  type Node,
  nameOf,
  nodesIn,
  type SourceFile,
  treeOf,
} from './syntax.ts';

/** What of the platform is as pure as a rule: words, numbers and times, without a clock, a store or a library. */
export const purePlatform = [
  'functions/platform/charity.ts',
  'functions/platform/clock.ts',
  'functions/platform/errors.ts',
  'functions/platform/id-shapes.ts',
  'functions/platform/linkable.ts',
  'functions/platform/mail-address.ts',
  'functions/platform/money.ts',
  'functions/platform/read-amount.ts',
  'functions/platform/receiver-words.ts',
  // What an admin has set, as it is in force while a request runs: it reads nothing by itself.
  'functions/platform/settings.ts',
  'functions/platform/values.ts',
];

export const isPure = (path: string): boolean => roleOf(path) === 'pure' || purePlatform.includes(path);

/** What the name of a file says that it speaks with the outside: it may read, write, wait and ask. */
const loudRoles = ['verb', 'api', 'pages', 'endpoint', 'gateway', 'context'];

/** A file that is given all it needs: rules, shapes of items, inputs and answers, pages and words. */
export function isQuiet(path: string): boolean {
  const role = roleOf(path);
  return purePlatform.includes(path) || (role !== undefined && !loudRoles.includes(role));
}

/** The files of the platform that ask or keep nothing, for shapes, inputs and pages; of two others, what builds a change. */
const quietPlatform =
  /^functions\/platform\/(?:http\/(?:cursors|fields|input|requests)|table\/(?:keys|read-item|time-to-live)|ids|files\/(?:csv|file-keys)|web\/(?:ask-us|assets|field|languages|layout|markdown|share-tags|words|styles))\.tsx?$/;
const quietValues: Readonly<Record<string, readonly string[]>> = {
  'functions/platform/table/table.ts': ['toItem'],
  'functions/platform/table/commit.ts': ['isNew'],
  'functions/platform/table/write-one.ts': ['toIncrement'],
};
const quietPackages = ['zod/mini', 'hono/html', 'node:async_hooks', 'node:url'];

/** Whether a file that is given all it needs may import this: what is quiet too, and the problems that a verb throws. */
export function mayQuietImport({ target, typesOnly, values }: Import): boolean {
  if (typesOnly || quietPackages.includes(target)) return true;
  if (isQuiet(target) || quietPlatform.test(target)) return true;
  return values.every(
    (name) => quietValues[target]?.includes(name) ?? (roleOf(target) === 'verb' && /Problem$/.test(name)),
  );
}

/** Where a file waits for something: what is decided from what is known needs no promise. */
export function waitsIn(file: SourceFile): boolean {
  return [...nodesIn(treeOf(file))].some(
    (node) => node.type === 'AwaitExpression' || (isFunction(node) && node.async === true),
  );
}

const ofContext = ['Table', 'Stripe', 'Clock'];

/** The names of functions that a file gives to others and that are passed a table, Stripe or a clock by itself, outside a context. */
export function passedWhatContextHolds(file: SourceFile): string[] {
  const { body, exported } = topOf(file);
  return body.flatMap((node) => {
    const declared = node.type === 'ExportNamedDeclaration' ? at(node, 'declaration') : node;
    const isGiven = (name: string) => node !== declared || exported.has(name);
    return functionsOf(declared).flatMap(({ name, made }) =>
      isGiven(name) && allAt(made, 'params').some(isOfContext) ? [name] : [],
    );
  });
}

function topOf(file: SourceFile): { readonly body: Node[]; readonly exported: ReadonlySet<string> } {
  const body = allAt(treeOf(file), 'body');
  const names = body
    .filter(({ type }) => type === 'ExportNamedDeclaration')
    .flatMap((node) => allAt(node, 'specifiers').map((one) => nameOf(at(one, 'local')) ?? ''));
  return { body, exported: new Set(names) };
}

function functionsOf(node: Node | undefined): { readonly name: string; readonly made: Node }[] {
  if (!node) return [];
  if (isFunction(node)) return [{ name: nameOf(at(node, 'id')) ?? '', made: node }];
  return allAt(node, 'declarations').flatMap((one) => {
    const made = at(one, 'init');
    return made && isFunction(made) ? [{ name: nameOf(at(one, 'id')) ?? '', made }] : [];
  });
}

function isOfContext(parameter: Node): boolean {
  const plain = parameter.type === 'AssignmentPattern' ? at(parameter, 'left') : parameter;
  const type = at(at(plain, 'typeAnnotation'), 'typeAnnotation');
  if (type?.type === 'TSFunctionType') return nameOf(plain) === 'stripe';
  return type?.type === 'TSTypeReference' && ofContext.includes(nameOf(at(type, 'typeName')) ?? '');
}

/** Where a file takes the client out of something, to speak with the table past `platform/table`. */
export function takesTableClient(file: SourceFile): boolean {
  const isTable = (node: Node | undefined) =>
    /table$/i.test(nameOf(node) ?? nameOf(at(node, 'property')) ?? '');
  return [...nodesIn(treeOf(file))].some((node) => {
    if (node.type === 'MemberExpression')
      return nameOf(at(node, 'property')) === 'client' && isTable(at(node, 'object'));
    const [pattern, value] =
      node.type === 'VariableDeclarator' ? [at(node, 'id'), at(node, 'init')] : [undefined, undefined];
    const taken = (from: Node | undefined) =>
      allAt(from, 'properties').map((one) => [nameOf(at(one, 'key')), at(one, 'value')] as const);
    const nested =
      node.type === 'ObjectPattern' &&
      taken(node).some(([key, inner]) => /table$/i.test(key ?? '') && holdsClient(inner));
    const typed =
      node.type === 'ObjectPattern' &&
      nameOf(at(at(at(node, 'typeAnnotation'), 'typeAnnotation'), 'typeName')) === 'Table';
    return nested || (typed && holdsClient(node)) || (isTable(value) && holdsClient(pattern));
  });
}

const holdsClient = (pattern: Node | undefined): boolean =>
  allAt(pattern, 'properties').some((one) => nameOf(at(one, 'key')) === 'client');
