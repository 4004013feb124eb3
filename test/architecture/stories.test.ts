import { expect, it } from 'vitest';
import { allAt, at, isFunction, type Node, nameOf, nodesIn, treeOf } from './syntax.ts';
import { textOf, treeFiles } from './tree.ts';

/** Names that tests of one file would share and set anew: what a test finds in them depends on those before it. */
function sharedIn(text: string, path = 'x.ts'): string[] {
  const tree = treeOf({ path, text });
  const suites = [...nodesIn(tree)]
    .filter(isSuite)
    .map((suite) => allAt(suite, 'arguments').find(isFunction));
  return [tree, ...suites].flatMap((scope) => (scope ? letsIn(scope) : []));
}

/** Whether a node calls `describe`, or what `describe.each(…)` or `describe.skipIf(…)` gives. */
function isSuite(node: Node): boolean {
  let callee = node.type === 'CallExpression' ? at(node, 'callee') : undefined;
  while (callee && callee.type !== 'Identifier') callee = at(callee, 'object') ?? at(callee, 'callee');
  return nameOf(callee) === 'describe';
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

const stories = treeFiles.filter((path) => /^test\/(?:flows|infra|hostile)\/.*\.tsx?$/.test(path));

it('a story opens what it needs: no file of test/flows, test/infra or test/hostile has a `let` that its tests share', () => {
  expect(stories.length).toBeGreaterThan(50);
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
