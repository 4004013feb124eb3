import { describe, expect, it } from 'vitest';
import { oldWords, oldWordsIn } from './old-words.ts';
import { textOf, treeFiles } from './tree.ts';

const written = treeFiles.filter(
  (path) =>
    (/\.(?:tsx?|mjs)$/.test(path) || /^infra\/decisions\/.*\.md$/.test(path)) &&
    !/^test\/architecture\/(?:old-words|glossary\.test)\.ts$/.test(path),
);

describe('the glossary', () => {
  it('is kept by the code: no comment, name, title of a test or decision says an old word', () => {
    expect(written.length).toBeGreaterThan(500);
    expect(written.flatMap((path) => oldWordsIn({ path, text: textOf(path) }))).toEqual([]);
  });

  it('says for each old word, in its own table, what to say instead', () => {
    const table = textOf('infra/docs/glossary.md').split('## The trade')[0] ?? '';
    for (const { say } of oldWords) {
      for (const word of say.split(/,| \(|\)/)) if (word.trim()) expect(table).toContain(word.trim());
    }
  });

  it.each([
    ['functions/payments/x.ts', '/** The giver comes back. */', 'giver'],
    ['functions/payments/x.ts', '// What Stripe told us.', 'told'],
    ['functions/payments/payment/x.ts', '/** A gift that is held. */', 'held'],
    ['functions/kernel/x.ts', 'export function sidesOf() {}', 'sidesOf'],
    ['infra/x.ts', 'const aGiver = 1;', 'aGiver'],
    ['functions/kernel/outbox/reoffer.ts', '', 'reoffer.ts'],
    ['infra/decisions/0001-x.md', 'What `told` says: a giver.', 'giver'],
    ['test/flows/x.test.ts', "  it('tells what is given back', () => {});", 'given back'],
    ['test/flows/x.test.ts', "  it.each([1, 2])('is told %s', () => {});", 'told'],
    ['test/unit/payments/payment/x.test.ts', "describe('a gift that is held', () => {});", 'held'],
  ])('finds an old word in %s: %s', (path, text, word) => {
    expect(oldWordsIn({ path, text })).toHaveLength(1);
    expect(oldWordsIn({ path, text })[0]).toContain(`"${word}"`);
  });

  it.each([
    ['functions/payments/x.ts', "const text = 'The giver comes back.';"],
    ['functions/kernel/x.ts', 'return { sides: entry.postings, settledAt: item.settledAt };'],
    ['functions/accounting/x.ts', '/** What the funds held. */'],
    ['infra/decisions/0001-x.md', 'The table `told` and `giver`, then `told`.'],
    ['test/flows/x.test.ts', "it('is held', () => { const text = 'The giver comes back.'; });"],
  ])('lets pass what is stored, served or said to people: %s: %s', (path, text) => {
    expect(oldWordsIn({ path, text })).toEqual([]);
  });
});
