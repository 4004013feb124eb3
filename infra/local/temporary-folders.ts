import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeWithUs } from './child-processes.ts';

const prefix = 'tideover-';
/** Says in each folder whose it is. */
const ownerFile = 'owner.pid';

/** A folder that goes when it is removed, or when this process is gone. */
export interface TemporaryFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/** Makes an empty folder, but for the file that says whose it is. @param name says for people what it is for */
export async function temporaryFolder(name: string): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(tmpdir(), `${prefix}${name}-`));
  const removed = removeWithUs(path);
  await writeFile(join(path, ownerFile), String(process.pid));
  return {
    path,
    remove: async () => {
      await rm(path, { recursive: true, force: true });
      removed();
    },
  };
}

/** Removes the folders of earlier runs whose process is gone; those without an owner's number are left alone. */
export async function removeForsakenFolders(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const path = join(tmpdir(), name);
    if (!name.startsWith(prefix) || !existsSync(join(path, ownerFile))) continue;
    const owner = Number(await readFile(join(path, ownerFile), 'utf8').catch(() => ''));
    if (Number.isInteger(owner) && owner > 0 && !isAlive(owner)) {
      await rm(path, { recursive: true, force: true }).catch(() => {});
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: the process is alive and belongs to another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
