import { posix } from 'node:path';

/** A document of the repository: its path from the root, with `/`, and its text. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

/** Where a link leads: a path from the root, perhaps with a heading's anchor. */
export interface Link {
  readonly path: string;
  readonly anchor?: string;
}

const fenced = /^( *)```[^\n]*\n[\s\S]*?^\1```$/gm;

/** The relative links of a page and the pictures that it shows; addresses elsewhere are not looked at. */
export function linksOf({ path, text }: Page): Link[] {
  const prose = text.replaceAll(fenced, '');
  const targets = [...prose.matchAll(/\]\(([^)\s]+)\)|\bsrc="([^"]+)"/g)].map(
    ([, link, picture]) => link ?? picture ?? '',
  );
  return targets
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [file = '', anchor] = target.split('#');
      return {
        path: file === '' ? path : posix.normalize(posix.join(posix.dirname(path), file)).replace(/\/$/, ''),
        ...(anchor !== undefined && { anchor }),
      };
    });
}

/** The anchors of a page's headings, as GitHub makes them. */
export function headingsOf(text: string): string[] {
  return [...text.replaceAll(fenced, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

const file = /^(?!\.local\/)[\w@.-]+(?:\/[\w@.-]+)*\.(?:tsx?|mjs|md|svg|png)$/;
const belowFolder = /^(?:functions|emails|infra|test|\.ci)\/[\w@./-]*$/;

/** What a page names in backticks that looks like a file or folder of the tree. What is written at run time is not of it. */
export function pathsOf(text: string): string[] {
  const named = [...text.replaceAll(fenced, '').matchAll(/`([^`\n]+)`/g)].map(([, name = '']) => name);
  return named.filter((name) => file.test(name) || belowFolder.test(name));
}

/**
 * What a page names in backticks by one word: a function, schedule, metric, kind, setting or field. Of `attention#kind#…` each part is
 * one.
 */
export function namesOf(text: string): string[] {
  const named = [...text.replaceAll(fenced, '').matchAll(/`([^`\n]+)`/g)].map(([, name = '']) => name);
  return named
    .filter((name) => /^[\w.#-]*[a-zA-Z][\w.#-]*…?$/.test(name) && !file.test(name))
    .flatMap((name) => name.replace('…', '').split('#').filter(Boolean));
}

/** The calls of the API that a page names in backticks with their whole address, without a query. */
export function callsOf(text: string): string[] {
  return [...text.matchAll(/`((?:GET|POST|PUT) \/api\/[^`?]*)/g)].map(([, call = '']) => call);
}

/** The npm scripts that a page asks the reader to run, in its prose and its blocks of commands. */
export function scriptsOf(text: string): string[] {
  return [...text.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, script = '']) => script);
}
