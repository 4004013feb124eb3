import { filesCalled, textOf } from './tree.ts';

/** One file of a way, in the order in which a reader opens it. */
export interface Step {
  /** The heading that it stands under. */
  readonly part: string;
  readonly file: string;
}

/** A part of the developer's document, by its heading. */
export function partOf(heading: string): string {
  return (
    textOf('infra/docs/developer.md')
      .split(/^## /m)
      .find((part) => part.startsWith(`${heading}\n`)) ?? ''
  );
}

/** The files of the table in its order, each with the heading of its part. */
export function stepsOf(text: string): Step[] {
  let part = '';
  return [...text.matchAll(/^\|[^|]*\|([^|]*)\|/gm)].flatMap(([, cell = '']) => {
    const heading = /^ \*\*([^`]+)\*\* $/.exec(cell)?.[1];
    if (heading !== undefined) part = heading;
    return [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']): Step => {
      const called = filesCalled(name);
      return { part, file: called.length === 1 ? String(called[0]) : `${name}: ${called.length} files` };
    });
  });
}
