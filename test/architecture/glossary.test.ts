import { describe, expect, it } from 'vitest';
import { allowed, oldWords, oldWordsIn } from './old-words.ts';
import { textOf, treeFiles } from './tree.ts';

const written = treeFiles.filter(
  (path) =>
    /\.(?:tsx?|mjs|md)$/.test(path) && !/^test\/architecture\/(?:old-words|glossary\.test)\.ts$/.test(path),
);

describe('the glossary', () => {
  it('is kept by code and documents: no comment, name, title of a test, text for people or document says an old word', () => {
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
    ['functions/kernel/outbox/reoffer.ts', '', 'reoffer'],
    ['functions/kernel/ledger/moves-item.ts', '', 'movesItem'],
    ['functions/payments/x.ts', 'const moves = 1;', 'moves'],
    ['emails/x.tsx', 'const { kept } = item;', 'kept'],
    ['infra/x.ts', 'function offer() {}', 'offer'],
    ['functions/kernel/x.ts', "type Noted = 'noted';", 'Noted'],
    ['functions/payments/gifts/x.ts', 'const holdReasons = [];', 'holdReasons'],
    ['functions/platform/x.ts', "const title = 'The gift is not held';", 'gift is not held'],
    ['functions/giving/x.ts', "const title = 'There are no words to decide on';", 'words'],
    ['functions/giving/comments/x.ts', "const summary = 'Approve or refuse it';", 'refuse'],
    ['functions/accounting/x.ts', "const title = 'There are two sides or more.';", 'sides'],
    ['functions/payments/x.ts', "const title = 'More than is left of the gift';", 'left of the gift'],
    ['functions/payments/x.ts', "const summary = 'Give a gift back';", 'Give a gift back'],
    ['functions/apps/x.tsx', `const text = \`\${preset} unless told.\`;`, 'told'],
    ['infra/x.tsx', 'const page = <p>Of its\n  giver</p>;', 'giver'],
    ['README.md', 'Nobody is told.', 'told'],
    ['infra/docs/x.md', 'Until somebody comes: `told`.', 'somebody'],
    ['infra/decisions/0001-x.md', 'What `told` says: a giver.', 'giver'],
    ['test/flows/x.test.ts', "  it('tells what is given back', () => {});", 'given back'],
    ['test/flows/x.test.ts', "  it.each([1, 2])('is told %s', () => {});", 'told'],
    ['test/unit/payments/payment/x.test.ts', "describe('a gift that is held', () => {});", 'held'],
  ])('finds an old word in %s: %s', (path, text, word) => {
    expect(oldWordsIn({ path, text })).toHaveLength(1);
    expect(oldWordsIn({ path, text })[0]).toContain(`"${word}"`);
  });

  it('finds every old word of a text for people', () => {
    const text = "const text = 'The giver was told, what was noted is settled and handed over.';";
    expect(oldWordsIn({ path: 'functions/accounting/x.ts', text }).sort()).toEqual(
      [
        ['giver', 'donor, supporter'],
        ['handed over', 'pay out, disbursement'],
        ['noted', 'record'],
        ['settled', 'resolve, match, transition'],
        ['told', 'duplicate, late, out of order, reported'],
      ].map(([word, say]) => `functions/accounting/x.ts:1 says "${word}": say ${say}`),
    );
  });

  it.each(allowed)('has a use for what it allows in %s: %s (%s)', (path, around) => {
    const others = allowed.filter((each) => each[0] !== path || each[1] !== around);
    expect(oldWordsIn({ path, text: textOf(path) }, others)).not.toEqual([]);
  });

  it.each([
    ['functions/payments/x.ts', "commit({ expression: 'SET told = :yes', code: 'settled' });"],
    ['functions/kernel/x.ts', 'const json = { sides: entry.postings, settledAt: item.settledAt };'],
    ['functions/accounting/x.ts', '/** What the funds held. */'],
    ['infra/decisions/0001-x.md', 'The table `told` and `giver`, then `told`.'],
    ['test/flows/x.test.ts', "it('is held', () => { const text = 'The giver comes back.'; });"],
  ])('lets pass what is stored or served: %s: %s', (path, text) => {
    expect(oldWordsIn({ path, text })).toEqual([]);
  });
});
