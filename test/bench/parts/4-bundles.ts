import { readFileSync, statSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { functionsOf } from '../bundles.ts';
import type { Part } from '../figures.ts';

export const part: Part = {
  name: 'bundles',
  title: 'the bytes of each bundle (npm run size holds them to their limits)',
  run: async (bench) =>
    functionsOf(await bench.assembly()).flatMap(({ name, file }) => [
      { id: `bundles.${name}`, value: statSync(file).size, unit: 'bytes', text: 'minified' },
      {
        id: `bundles.${name}-compressed`,
        value: gzipSync(readFileSync(file)).byteLength,
        unit: 'bytes',
        text: 'compressed, as it is uploaded',
      },
    ]),
};
