import { describe, expect, it } from 'vitest';
import { languageOf, localPath, otherLanguage } from '#platform/web/languages.ts';

describe('the language of a page', () => {
  it.each([
    ['/', 'en'],
    ['/campaigns/education', 'en'],
    ['/zh', 'zh-HK'],
    ['/zh/campaigns/education', 'zh-HK'],
    ['/zhongwen', 'en'],
    ['/campaigns/zh', 'en'],
  ] as const)('%s is %s', (path, language) => {
    expect(languageOf(path)).toBe(language);
  });

  it.each(['/', '/campaigns/education', '/thanks/chk_1'])('is read back from the address of %s', (path) => {
    expect(languageOf(localPath('en', path))).toBe('en');
    expect(languageOf(localPath('zh-HK', path))).toBe('zh-HK');
  });

  it('leaves English at the root and puts Chinese under /zh without a trailing slash', () => {
    expect(localPath('en', '/')).toBe('/');
    expect(localPath('zh-HK', '/')).toBe('/zh');
    expect(localPath('zh-HK', '/campaigns/education')).toBe('/zh/campaigns/education');
  });

  it('has one other, there and back', () => {
    expect(otherLanguage('en')).toBe('zh-HK');
    expect(otherLanguage('zh-HK')).toBe('en');
  });
});
