import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

const root = join(import.meta.dirname, '../..');
const folders = ['functions', 'emails', 'infra', 'test', '.ci'];

function below(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules')
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? below(path) : [path];
    });
}

const onTop = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ name }) => name);

/** Every file of the repository: its path from the root, with `/`. */
export const treeFiles: readonly string[] = [...onTop, ...folders.flatMap(below)].map((path) =>
  path.replaceAll(sep, '/'),
);

/** The text of a file, by its path from the root. */
export function textOf(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** The files that have this path, or end with it. */
export function filesCalled(path: string): string[] {
  return treeFiles.filter((file) => file === path || file.endsWith(`/${path}`));
}
