import { expect, it } from 'vitest';
import { textOf, treeFiles } from './tree.ts';

/** Names that tests of one file would share and set anew: what a test finds in them depends on those before it. */
const sharedIn = (text: string) =>
  [...text.matchAll(/^(?:export )?(?:let|var) (\w+)/gm)].map(([, name]) => name);

it('a story opens what it needs: no file of test/flows, test/infra or test/hostile has a `let` that its tests share', () => {
  const stories = treeFiles.filter((path) => /^test\/(?:flows|infra|hostile)\/.*\.tsx?$/.test(path));
  expect(stories.length).toBeGreaterThan(50);
  expect(stories.flatMap((path) => sharedIn(textOf(path)).map((name) => `${path}: ${name}`))).toEqual([]);
});

it('a made-up `let` that tests would share is found, and one of a test’s own is not', () => {
  expect(
    sharedIn('const a = 1;\nlet table: Table;\nbeforeEach(async () => {\n  let own = 1;\n});\n'),
  ).toEqual(['table']);
});
