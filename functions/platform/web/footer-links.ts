import { AsyncLocalStorage } from 'node:async_hooks';
import type { MiddlewareHandler } from 'hono';
import type { Bilingual } from '#platform/charity.ts';

/** A page that is linked at the foot of every page. */
export interface FooterLink {
  /** Its address in English. */
  readonly path: string;
  readonly title: Bilingual;
}

const ofRequest = new AsyncLocalStorage<readonly FooterLink[]>();

/** What the foot of the page links to that is drawn now. Outside a request, nothing. */
export function footerLinks(): readonly FooterLink[] {
  return ofRequest.getStore() ?? [];
}

/** Lets every page of a request be drawn with these links; a page without them is better than none. */
export function withFooterLinks(read: (() => Promise<readonly FooterLink[]>) | undefined): MiddlewareHandler {
  return async (_, next) => {
    const links = await read?.().catch(() => []);
    return links ? ofRequest.run(links, next) : next();
  };
}
