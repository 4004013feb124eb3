import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { SettingError } from './settings.ts';

/** The shape of the table's keys and items. It grows when they change in a way that the code does not read any more. */
const dataFormat = '2';

/**
 * Makes the folder of `DATA_DIR` where it is missing and marks it as this version's.
 *
 * @throws SettingError, one sentence, when something else stands there, nothing can be written, or an older version filled it
 */
export async function openDataDirectory(directory: string): Promise<void> {
  try {
    await makeFolder(resolve(directory));
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    throw new SettingError(
      `DATA_DIR must be a folder that can be made or is there, not "${directory}" (${code}).`,
    );
  }
  const file = join(directory, 'format');
  const found = existsSync(file) ? (await readFile(file, 'utf8')).trim() : undefined;
  if (found === dataFormat) return;
  if (found !== undefined || (await readdir(directory)).length > 0) {
    throw new SettingError(
      `The data in ${directory} are of another version of Tideover, which this one does not read: set DATA_DIR to a new folder.`,
    );
  }
  await writeFile(file, `${dataFormat}\n`);
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
