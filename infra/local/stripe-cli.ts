import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * Finds the program behind the packaged `@stripe/cli`. The package's own start script is left out: ending it would not
 * end the program it starts.
 *
 * @returns the program's path, or undefined when the package brought none for this machine
 */
export function findStripeCli(): string | undefined {
  const fromHere = createRequire(import.meta.url);
  try {
    const fromPackage = createRequire(fromHere.resolve('@stripe/cli/package.json'));
    const platforms = fromPackage('./platforms.json') as Record<string, { pkg: string; bin: string }>;
    const platform = platforms[`${process.platform}-${process.arch}`];
    if (!platform) return undefined;
    return join(dirname(fromPackage.resolve(`${platform.pkg}/package.json`)), 'bin', platform.bin);
  } catch {
    return undefined;
  }
}
