import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SettingError } from './settings.ts';

/** The shape of the table's keys and items. It grows when they change in a way that the code does not read any more. */
const dataFormat = '2';

/**
 * Marks a data directory that is new, and refuses one that an older version of the product filled.
 * @throws SettingError with one sentence
 */
export async function requireDataFormat(directory: string): Promise<void> {
  const file = join(directory, 'format');
  const found = existsSync(file) ? (await readFile(file, 'utf8')).trim() : undefined;
  if (found === dataFormat) return;
  await mkdir(directory, { recursive: true });
  if (found !== undefined || (await readdir(directory)).length > 0) {
    throw new SettingError(
      `The data in ${directory} are of another version of Tideover, which this one does not read: set DATA_DIR to a new folder.`,
    );
  }
  await writeFile(file, `${dataFormat}\n`);
}
