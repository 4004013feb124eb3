import { expect, it } from 'vitest';
import { allAt, at, isFunction, type Node, nameOf, nodesIn, treeOf } from './syntax.ts';
import { textOf, treeFiles } from './tree.ts';

/** Names that tests of one file would share and set anew: what a test finds in them depends on those before it. */
function sharedIn(text: string, path = 'x.ts'): string[] {
  const tree = treeOf({ path, text });
  const suites = [...nodesIn(tree)]
    .filter((node) => callsOne(['describe'], node))
    .map((suite) => allAt(suite, 'arguments').find(isFunction));
  return [tree, ...suites].flatMap((scope) => (scope ? letsIn(scope) : []));
}

/** Whether a node calls one of these, or what `describe.each(…)` or `it.skipIf(…)` gives. */
function callsOne(names: readonly string[], node: Node): boolean {
  let callee = node.type === 'CallExpression' ? at(node, 'callee') : undefined;
  while (callee && callee.type !== 'Identifier') callee = at(callee, 'object') ?? at(callee, 'callee');
  return names.includes(nameOf(callee) ?? '');
}

/** Words that no sentence begins with which has its subject; below a `describe` that one is the subject. */
const withoutSubject =
  /^(?:is|are|was|has|have|does|do|can|cannot|may|must|would|never|says|gives|takes|makes|keeps|writes|finds|refuses|goes|stays|becomes|throws|draws) /;

/** The names under no `describe`, its own included, that lack their subject. */
function namesWithoutSubject(text: string, path = 'x.ts'): string[] {
  return [...nodesIn(treeOf({ path, text }), isFunction)]
    .filter((node) => callsOne(['describe', 'it', 'test'], node))
    .map((node) => nameOf(allAt(node, 'arguments')[0]) ?? '')
    .filter((name) => withoutSubject.test(name));
}

function letsIn(scope: Node): string[] {
  const body = at(scope, 'body') ?? scope;
  return [...nodesIn(body, isFunction)]
    .filter(({ type, kind }) => type === 'VariableDeclaration' && (kind === 'let' || kind === 'var'))
    .flatMap((node) => allAt(node, 'declarations'))
    .flatMap((one) => [...new Set(namesIn(at(one, 'id') ?? one))]);
}

/** The names that a pattern gives, without those of its type. */
function namesIn(pattern: Node): string[] {
  return [...nodesIn(pattern, ({ type }) => type.startsWith('TS'))]
    .filter(({ type }) => type === 'Identifier')
    .map((name) => nameOf(name) ?? '');
}

const stories = treeFiles.filter((path) => /^test\/(?!support\/|bench\/).*\.tsx?$/.test(path));
const tests = treeFiles.filter((path) => /\.test\.tsx?$/.test(path));

it('a test opens what it needs: no file of test, but its support and bench, has a `let` that tests share', () => {
  expect(stories.length).toBeGreaterThan(150);
  const found = stories.flatMap((path) => sharedIn(textOf(path), path).map((name) => `${path}: ${name}`));
  expect(found).toEqual([]);
});

it.each([
  ['const a = 1;\nlet table: Table;\nbeforeEach(async () => {\n  let own = 1;\n});\n', ['table']],
  ["describe('x', () => {\n  let table: Table;\n  it('y', () => {\n    let own = 1;\n  });\n});", ['table']],
  ["describe('x', () => {\n  describe.each([1])('y', () => {\n    var passed = 0;\n  });\n});", ['passed']],
  [
    "describe.skipIf(off)('x', { timeout: 1 }, function () {\n  let a = 1, { b, c } = made;\n});",
    ['a', 'b', 'c'],
  ],
])('a made-up `let` that tests would share is found, and one of a test’s own is not: %s', (text, names) => {
  expect(sharedIn(text)).toEqual(names);
});

it('the name of a test is a sentence: where no `describe` gives its subject, it has one', () => {
  expect(tests.length).toBeGreaterThan(150);
  const found = tests.flatMap((path) =>
    namesWithoutSubject(textOf(path), path).map((name) => `${path}: ${name}`),
  );
  expect(found).toEqual([]);
});

it.each([
  ["it('refuses a gift', () => {});\nit('a gift is refused', () => {});", ['refuses a gift']],
  ["describe('a gift', () => {\n  it('is refused', () => {});\n});", []],
  [
    "describe('is refused', () => {});\nit.for(all)('never goes: %s', () => {});",
    ['is refused', 'never goes: %s'],
  ],
])(
  'a made-up name without a subject is found, and one whose subject is that of its `describe` is not: %s',
  (text, names) => {
    expect(namesWithoutSubject(text)).toEqual(names);
  },
);
