import type { LocalPage } from '../local/cloud/local-routes.ts';

/** The product's pages that only the laptop has: `/__local/mails`, every mail in every language. */
export const localPages: ReadonlyMap<string, LocalPage> = new Map([['mails', mailPages]]);

async function mailPages({ method, url }: Request): Promise<Response | undefined> {
  if (method !== 'GET') return undefined;
  // Loaded when it is asked for: React takes its time, and most runs never look.
  const { mailGallery } = await import('./mail-gallery.tsx');
  return mailGallery(new URL(url).pathname);
}
