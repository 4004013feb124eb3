import type { LocalPlace } from '../local/cloud/cloud.ts';
import type { LocalPage } from '../local/cloud/local-routes.ts';
import { createCommentsRoutes } from './comments/comments-routes.ts';

/**
 * The product's pages that only the laptop has: `/__local/words`, the desk for comments and names, and `/__local/mails`, every mail
 * in every language.
 *
 * @param dynamodbUrl where the local cloud keeps its tables
 */
export function localPages(dynamodbUrl: string): (place: LocalPlace) => ReadonlyMap<string, LocalPage> {
  return ({ region, tableNames: [tableName = ''] }) =>
    new Map<string, LocalPage>([
      ['words', createCommentsRoutes({ dynamodbUrl, region, tableName }).fetch],
      ['mails', mailPages],
    ]);
}

async function mailPages({ method, url }: Request): Promise<Response | undefined> {
  if (method !== 'GET') return undefined;
  // Loaded when it is asked for: React takes its time, and most runs never look.
  const { mailGallery } = await import('./mail-gallery.tsx');
  return mailGallery(new URL(url).pathname);
}
