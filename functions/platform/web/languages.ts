import type { Language } from '#platform/charity.ts';

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

/** A language as HTML names it (BCP 47); the script is named because Chinese has two. */
export function htmlLanguage(language: Language): string {
  return language === 'en' ? 'en-HK' : 'zh-Hant-HK';
}

/** The language of a short text that a donor wrote, for `lang`: Chinese when it holds a Han character. */
export function languageOfText(text: string): Language {
  return /\p{Script=Han}/u.test(text) ? 'zh-HK' : 'en';
}
