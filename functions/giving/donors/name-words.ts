import type { KeyedHash } from '#platform/ids.ts';

/** A longer name is found by its first words. */
const mostWords = 12;

const han = /\p{Script=Han}/u;

/**
 * The words by which a name is found: in small letters, without accents and full width; of Chinese each two signs that follow one another,
 * because there names are written without blanks.
 */
export function nameWords(name: string): string[] {
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').normalize('NFKC').toLowerCase();
  const runs = plain.match(/\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu) ?? [];
  return [...new Set(runs.flatMap((run) => (han.test(run) ? pairsOf(run) : [run])))].slice(0, mostWords);
}

function pairsOf(run: string): string[] {
  const signs = [...run];
  if (signs.length < 2) return signs;
  return signs.slice(1).map((sign, index) => `${signs[index]}${sign}`);
}

/** The names of these words in the table: keyed, so that without the secret nobody finds out whose they are. */
export function hashedWords(name: string, hash: KeyedHash): string[] {
  return nameWords(name).map((word) => hash.of('name-word', word));
}
