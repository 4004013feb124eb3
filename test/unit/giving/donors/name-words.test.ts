import { describe, expect, it } from 'vitest';
import { nameWords } from '#giving/donors/name-words.ts';

describe('the words of a name', () => {
  it.for([
    ['Mei CHAN', ['mei', 'chan']],
    ['  José-María  O’Neill ', ['jose', 'maria', 'o', 'neill']],
    ['Ｍｅｉ', ['mei']],
    ['陳大文', ['陳大', '大文']],
    ['陳', ['陳']],
    ['Mei 陳大文 Chan', ['mei', '陳大', '大文', 'chan']],
    ['김민수', ['김민수']],
    ['Chan chan', ['chan']],
    ['—', []],
  ] as const)('of %s are %j', ([name, words]) => {
    expect(nameWords(name)).toEqual(words);
  });

  it('are twelve at most', () => {
    expect(nameWords(Array.from({ length: 40 }, (_, n) => `name${n}`).join(' '))).toHaveLength(12);
  });
});
