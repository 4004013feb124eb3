import type { Context } from 'hono';

const mark = 'x-robots-tag';

/** Says that the page of this answer shows what one person typed: caches, search engines and other sites learn nothing of it. */
export function markPrivate(c: Context): void {
  c.header(mark, 'noindex');
}

/** Whether an answer was marked as private. */
export function isPrivate(c: Context): boolean {
  return c.res.headers.has(mark);
}
