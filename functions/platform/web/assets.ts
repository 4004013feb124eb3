import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Context } from 'hono';
import { Problem } from '#platform/errors.ts';

/** A file that pages load. */
interface Asset {
  readonly body: Uint8Array<ArrayBuffer>;
  /** Its media type. */
  readonly type: string;
  /** The beginning of the SHA-256 of its bytes: an address that holds it never changes what it shows. */
  readonly version: string;
}

/** Every file of `assets/` that is served; the folder stands beside the bundle too. */
export const assetFiles = [
  'apple-touch-icon.png',
  'education.png',
  'education.svg',
  'emergency-cash.png',
  'emergency-cash.svg',
  'harbour.png',
  'harbour.svg',
  'icon.svg',
  'soup-kitchen.png',
  'soup-kitchen.svg',
  'warehouse.png',
  'warehouse.svg',
] as const;

/** The name of a file that pages may load. */
export type AssetFile = (typeof assetFiles)[number];

const types: Readonly<Record<string, string>> = { svg: 'image/svg+xml', png: 'image/png' };
const loaded = new Map<AssetFile, Asset>();

/** Whether a text names a file that pages may load; nothing else is ever looked for on the disk. */
export function isAssetFile(name: string): name is AssetFile {
  return (assetFiles as readonly string[]).includes(name);
}

/** Reads a file once and keeps it. */
export function loadAsset(file: AssetFile): Asset {
  const known = loaded.get(file);
  if (known) return known;
  // A copy, because the bytes of a Buffer may lie in a pool that others share.
  const body = new Uint8Array(readFileSync(new URL(`./assets/${file}`, import.meta.url)));
  const version = createHash('sha256').update(body).digest('hex').slice(0, 10);
  const asset = { body, version, type: types[file.slice(file.lastIndexOf('.') + 1)] ?? '' };
  loaded.set(file, asset);
  return asset;
}

/** The address of a file on this site, with its version: it may be kept for ever. */
export function assetPath(file: AssetFile): string {
  return `/assets/${file}?v=${loadAsset(file).version}`;
}

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
