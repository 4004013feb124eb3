import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { SettingError } from './settings.ts';

/**
 * Makes the folder of `DATA_DIR`, with those above it, where it is missing.
 *
 * @throws SettingError when something else stands there, or nothing can be written
 */
export async function makeDataDirectory(directory: string): Promise<void> {
  try {
    await makeFolder(resolve(directory));
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    throw new SettingError(
      `DATA_DIR must be a folder that can be made or is there, not "${directory}" (${code}).`,
    );
  }
}

/** Node's own `recursive` never ends below /proc. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return;
    if (code !== 'ENOENT' || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await mkdir(path);
  }
}
