import { expect, it } from 'vitest';
import { textOf, treeFiles } from './tree.ts';

const cast = /\bas (?:unknown as|any|never)\b/;
const silenced = /(?:biome-ignore|@ts-expect-error|@ts-ignore)(.*)/;

/** The lines that escape the types or the linter without a reason: in the comment itself, or in one among the two lines above a cast. */
function unexplainedIn(text: string): string[] {
  const lines = text.split('\n');
  return lines.filter((line, index) => {
    const reason = silenced.exec(line)?.[1];
    if (reason !== undefined) return !/^ (?!lint\/)\w|: \w/.test(reason);
    if (!cast.test(line.replace(/(?:\/\/|^\s*\/?\*).*/, ''))) return false;
    return !lines.slice(Math.max(0, index - 2), index + 1).some((near) => /\/\/ \w|\*\/\s*$/.test(near));
  });
}

it('every escape from the types and the linter has its reason beside it', () => {
  const code = treeFiles.filter((path) => /\.[mc]?tsx?$/.test(path) && !path.endsWith('/escapes.test.ts'));
  expect(code.length).toBeGreaterThan(500);
  expect(
    code.flatMap((path) => unexplainedIn(textOf(path)).map((line) => `${path}: ${line.trim()}`)),
  ).toEqual([]);
});

it.each([
  'const a = b as unknown as C;',
  'call(a as any);',
  'call(a as never);',
  '// biome-ignore lint/style/x:',
  '// @ts-expect-error',
])('one without a reason is found: %s', (line) => {
  expect(unexplainedIn(`const x = 1;\n${line}\n`)).toEqual([line]);
});

it.each([
  '// It is one.\nconst a = b as unknown as C;',
  '// biome-ignore lint/style/x: the name is foreign.',
  '// @ts-expect-error There is none.',
  '/** An hour that was never ours, or as any other. */',
])('one with its reason is not: %s', (text) => {
  expect(unexplainedIn(text)).toEqual([]);
});
