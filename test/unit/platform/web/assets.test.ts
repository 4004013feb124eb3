import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { assetFiles, assetPath, isAssetFile, loadAsset } from '#platform/web/assets.ts';
import { demoCampaigns } from '../../../../infra/demo/campaigns.ts';

describe('the pictures', () => {
  it('are exactly the files of the folder', () => {
    const folder = new URL('../../../../functions/platform/web/assets/', import.meta.url);
    expect(readdirSync(folder).sort()).toEqual([...assetFiles].sort());
  });

  it.each(['../assets.ts', 'assets.ts', '', '__proto__', 'warehouse.svg/', 'WAREHOUSE.SVG'])(
    'do not include %j',
    (name) => {
      expect(isAssetFile(name)).toBe(false);
    },
  );

  it('have an address that changes with their content', () => {
    expect(assetPath('warehouse.svg')).toMatch(/^\/assets\/warehouse\.svg\?v=[0-9a-f]{10}$/);
    expect(loadAsset('warehouse.svg').version).not.toBe(loadAsset('education.svg').version);
  });

  it.each(demoCampaigns(new Date()).map(({ slug, picture }) => [slug, picture] as const))(
    'of %s are there, also as a PNG of 1200 × 630 within 40 kB for links that are shared',
    (_slug, picture) => {
      const { file, shareFile } = picture && 'file' in picture ? picture : { file: '', shareFile: '' };
      expect(isAssetFile(file)).toBe(true);
      if (!isAssetFile(shareFile)) throw new Error(`${shareFile} is not served.`);
      const png = Buffer.from(loadAsset(shareFile).body);
      expect(png.subarray(1, 4).toString()).toBe('PNG');
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1200, 630]);
      expect(png.length).toBeLessThanOrEqual(40_000);
    },
  );

  it('run no script and load nothing', () => {
    for (const file of assetFiles.filter((name) => name.endsWith('.svg'))) {
      const svg = Buffer.from(loadAsset(file).body).toString();
      expect(svg).not.toMatch(/<script|\son\w+=|href=|url\((?!#)/i);
    }
  });
});
