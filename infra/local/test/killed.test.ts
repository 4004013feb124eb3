import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { removeForsakenFolders, temporaryFolder } from '../temporary-folders.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tideover-killed-'));
  vi.stubEnv('TMPDIR', folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** A program of ours with a child and a folder; prints the child's number. */
const program = `
import { spawn } from 'node:child_process';
import { endWithUs } from '${root}child-processes.ts';
import { temporaryFolder } from '${root}temporary-folders.ts';
await temporaryFolder('test');
const child = endWithUs(spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' }));
console.log(child.pid);
`;

describe('a program of ours that is killed', () => {
  it.each(['SIGKILL', 'SIGTERM'] as const)('by %s leaves no process and no folder', async (signal) => {
    const args = ['--import', 'tsx', '--input-type=module', '-e', program];
    const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, TMPDIR: folder } });
    const pid = await new Promise<number>((resolve, reject) => {
      child.stdout.once('data', (text) => resolve(Number(text)));
      child.once('exit', () => reject(new Error('It ended by itself.')));
    });
    expect(isAlive(pid)).toBe(true);
    expect(await ours()).toHaveLength(1);
    child.kill(signal);
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), 10_000);
    await vi.waitFor(async () => expect(await ours()).toEqual([]), 10_000);
  });

  it('ends too when it is the npm that started it which is killed', async () => {
    const started = `
import { endWithParent } from '${root}child-processes.ts';
endWithParent(() => process.exit());
setInterval(() => {}, 1000);
console.log(process.pid);
`;
    const args = JSON.stringify(['--import', 'tsx', '--input-type=module', '-e', started]);
    const npm = `require('node:child_process').spawn(process.execPath, ${args}, { stdio: ['ignore', 'inherit', 'ignore'] })`;
    const child = spawn(process.execPath, ['-e', npm], { cwd: root });
    const pid = await new Promise<number>((resolve) => {
      child.stdout.once('data', (text) => resolve(Number(text)));
    });
    child.kill('SIGKILL');
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), 10_000);
  });

  it('has its folders removed at the next start, when nothing could remove them before; living ones keep theirs', async () => {
    const { pid: gone } = spawnSync(process.execPath, ['-e', '']);
    const forsaken = join(folder, 'tideover-cdk-forsaken');
    const foreign = join(folder, 'another-program');
    const unknown = join(folder, 'tideover-unknown');
    for (const path of [forsaken, foreign, unknown]) await mkdir(path);
    for (const path of [forsaken, foreign]) await writeFile(join(path, 'owner.pid'), String(gone));
    const own = await temporaryFolder('test');
    await removeForsakenFolders();
    expect([forsaken, foreign, unknown, own.path].map(existsSync)).toEqual([false, true, true, true]);
    await own.remove();
    expect(existsSync(own.path)).toBe(false);
  });
});

async function ours(): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.startsWith('tideover-'));
}
