import { Hono } from 'hono';
import { Problem } from '#platform/errors.ts';
import { picturesPrefix } from '#platform/files/file-keys.ts';
import { type FileStore, readFile } from '#platform/files/file-store.ts';
import { problemOf } from '#platform/http/requests.ts';

/** The route of the `pictures` function, in API Gateway's form. */
export const pictureRoute = 'GET /pictures/{hash}';

const headers = {
  'content-type': 'image/jpeg',
  // The address holds the hash of what it shows.
  'cache-control': 'public, max-age=31536000, immutable',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'cross-origin',
  'x-content-type-options': 'nosniff',
};

/** Serves pictures by the hash of their bytes. */
export function createPicturesApp({ files }: { readonly files: FileStore }): Hono {
  const app = new Hono();
  app.get('/pictures/:hash', async (c) => {
    const hash = c.req.param('hash');
    const bytes = /^[0-9a-f]{64}$/.test(hash) ? await readFile(files, picturesPrefix + hash) : undefined;
    if (!bytes) throw new Problem('not-found', 'There is no such picture.');
    return c.body(new Uint8Array(bytes), 200, headers);
  });
  app.onError((error, c) => problemOf(error, c).toResponse());
  return app;
}
