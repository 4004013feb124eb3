import { posix } from 'node:path';
import { parseSync } from 'oxc-parser';

/** A file of the repository: its path from the root, with `/`, and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** One import or re-export of a file. */
export interface Import {
  /** As it stands there, or the path from the root for a relative one. */
  readonly target: string;
  /** Nothing of it is left when types are taken away. */
  readonly typesOnly: boolean;
  /** The values that it names, as the other file calls them; `*` for all of them. */
  readonly values: readonly string[];
}

/** A node of the syntax tree, of whatever kind. */
export interface Node {
  readonly type: string;
  readonly [field: string]: unknown;
}

const parsed = new Map<string, Node>();

/** The syntax tree of a file; read once, however many rules ask. */
export function treeOf({ path, text }: SourceFile): Node {
  const key = `${posix.extname(path)}\n${text}`;
  const known = parsed.get(key);
  if (known) return known;
  const { program, errors } = parseSync(posix.basename(path), text);
  if (errors.length > 0) throw new Error(`${path} cannot be read: ${errors[0]?.message}`);
  // The parser's own types are a union of some hundred; the rules look at a few kinds by name.
  const tree = program as unknown as Node;
  parsed.set(key, tree);
  return tree;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

function childrenOf(node: Node): Node[] {
  return Object.values(node).flatMap((value) => (Array.isArray(value) ? value : [value]).filter(isNode));
}

/** A node and all below it, but for what stands inside a node that `isClosed` names. */
export function* nodesIn(node: Node, isClosed: (inner: Node) => boolean = () => false): Generator<Node> {
  yield node;
  for (const child of childrenOf(node)) if (!isClosed(child)) yield* nodesIn(child, isClosed);
}

/** The node in a field. */
export function at(node: Node | undefined, field: string): Node | undefined {
  const value = node?.[field];
  return isNode(value) ? value : undefined;
}

/** The nodes in a field that holds a list. */
export function allAt(node: Node | undefined, field: string): Node[] {
  const value = node?.[field];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** What an identifier is called, or a string says. */
export function nameOf(node: Node | undefined): string | undefined {
  const name = node?.type === 'Literal' ? node.value : node?.name;
  return typeof name === 'string' ? name : undefined;
}

export const isFunction = ({ type }: Node): boolean =>
  /^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(type);

const imported = new Map<string, Import[]>();

/** Reads what a file imports and re-exports: `import()`, `require()` and types by `import('…')` included. */
export function importsOf(file: SourceFile): Import[] {
  const key = `${file.path}\n${file.text}`;
  const known = imported.get(key);
  if (known) return known;
  const found = [...nodesIn(treeOf(file))].flatMap((node) => {
    const target = targetOf(node);
    return target === undefined ? [] : [{ target: fromRoot(file.path, target), ...takenBy(node) }];
  });
  imported.set(key, found);
  return found;
}

/** The module that a node asks for. */
function targetOf(node: Node): string | undefined {
  if (/^(?:ImportDeclaration|Export(?:Named|All)Declaration|TSImportType|ImportExpression)$/.test(node.type))
    return textOf(at(node, 'source'));
  if (node.type === 'TSExternalModuleReference') return textOf(at(node, 'expression'));
  const isRequire = node.type === 'CallExpression' && nameOf(at(node, 'callee')) === 'require';
  return isRequire ? textOf(allAt(node, 'arguments')[0]) : undefined;
}

/** What a string says, also one between backticks. */
function textOf(node: Node | undefined): string | undefined {
  if (node?.type !== 'TemplateLiteral') return node?.type === 'Literal' ? nameOf(node) : undefined;
  const [quasi] = allAt(node, 'quasis');
  return (quasi?.value as { cooked: string } | undefined)?.cooked;
}

function takenBy(node: Node): Pick<Import, 'typesOnly' | 'values'> {
  if (node.type === 'TSImportType' || [node.importKind, node.exportKind].includes('type'))
    return { typesOnly: true, values: [] };
  const specifiers = allAt(node, 'specifiers');
  const ofValues = specifiers.filter((one) => ![one.importKind, one.exportKind].includes('type'));
  if (specifiers.length === 0) return { typesOnly: false, values: ['*'] };
  const names = ofValues.map((one) => {
    if (one.type === 'ImportDefaultSpecifier') return 'default';
    return nameOf(at(one, node.type === 'ImportDeclaration' ? 'imported' : 'local')) ?? '*';
  });
  return { typesOnly: ofValues.length === 0, values: names };
}

/** `#payments/x.ts` stands for `functions/payments/x.ts`, as package.json says. */
function fromRoot(path: string, target: string): string {
  if (target.startsWith('#')) return `functions/${target.slice(1)}`;
  return target.startsWith('.') ? posix.join(posix.dirname(path), target) : target;
}

/** The globals by which a file asks what it was not given. */
const outside = new Set(
  'process crypto performance globalThis fetch setTimeout setInterval setImmediate queueMicrotask console'.split(
    ' ',
  ),
);

/** Where a file asks the clock, chance, the environment, the console or the network by a global name: `Date.now`, `fetch`, … */
export function outsideAskedBy(file: SourceFile): string[] {
  return [...nodesIn(treeOf(file))].flatMap((node) => {
    const callee = at(node, 'callee');
    if (node.type === 'NewExpression' && nameOf(callee) === 'Date')
      return allAt(node, 'arguments').length === 0 ? ['new Date()'] : [];
    if (node.type === 'CallExpression' && nameOf(callee) === 'Date') return ['Date()'];
    // `Date` or `Math` under another name hides what is asked.
    if (node.type === 'VariableDeclarator' && ['Date', 'Math'].includes(nameOf(at(node, 'init')) ?? ''))
      return [`${nameOf(at(node, 'init'))} by another name`];
    if (node.type === 'MemberExpression') {
      const member = `${nameOf(at(node, 'object'))}.${nameOf(at(node, 'property'))}`;
      if (['Date.now', 'Math.random'].includes(member)) return [member];
    }
    return askedIn(node);
  });
}

/** The globals that stand directly in a node as a value: not as the name of a field, a parameter or a type. */
function askedIn(node: Node): string[] {
  const named = (field: string) => nameOf(at(node, field)) ?? '';
  const isKey = (field: string) =>
    (field === 'property' || field === 'key') && node.computed !== true && node.shorthand !== true;
  const isValue =
    /^(?:(?!TS).*Expression|VariableDeclarator|Property|SpreadElement|AssignmentPattern|ReturnStatement)$/;
  if (!isValue.test(node.type)) return [];
  const fields = ['object', 'callee', 'init', 'argument', 'left', 'right', 'value', 'property', 'test'];
  const single = fields.filter((field) => at(node, field)?.type === 'Identifier' && !isKey(field)).map(named);
  const listed = allAt(node, 'arguments').map((one) =>
    one.type === 'Identifier' ? (nameOf(one) ?? '') : '',
  );
  const member = node.type === 'MemberExpression' ? `.${named('property')}` : '';
  return [...single, ...listed].filter((name) => outside.has(name)).map((name) => `${name}${member}`);
}
