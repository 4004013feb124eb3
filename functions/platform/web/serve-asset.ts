import type { Context } from 'hono';
import { Problem } from '#platform/errors.ts';
import { isAssetFile, loadAsset } from './assets.ts';

/**
 * Answers `GET /assets/{file}`. Under the version of its content a file is kept a year, without one a day.
 * @throws Problem `not-found`
 */
export function serveAsset(c: Context): Response {
  const file = c.req.param('file') ?? '';
  if (!isAssetFile(file)) throw new Problem('not-found', 'There is no such file.');
  const { body, type, version } = loadAsset(file);
  const age = c.req.query('v') === version ? '31536000, immutable' : '86400';
  return c.body(body, 200, { 'content-type': type, 'cache-control': `public, max-age=${age}` });
}
