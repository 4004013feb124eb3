import type { Language } from '../platform/charity.ts';

/** The address of a page in a language: English stands at the root, Chinese under `/zh`. */
export function localPath(language: Language, path: string): string {
  if (language === 'en') return path;
  return path === '/' ? '/zh' : `/zh${path}`;
}

/** The language that a page's address asks for. */
export function languageOf(path: string): Language {
  return path === '/zh' || path.startsWith('/zh/') ? 'zh-HK' : 'en';
}

/** The same page in the other language. */
export function otherLanguage(language: Language): Language {
  return language === 'en' ? 'zh-HK' : 'en';
}
