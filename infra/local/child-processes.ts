import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const running = new Set<ChildProcess>();
const program = fileURLToPath(new URL('watchdog.mjs', import.meta.url));
let tell: ((line: string) => void) | undefined;

/**
 * Tells the watchdog, a process that outlives this one by a moment, what to end or remove once this process is gone. So nothing is left
 * behind by a process that was killed either.
 */
function watch(sign: '+' | '-', kind: 'child' | 'folder', what: string): void {
  tell ??= startWatchdog();
  tell(`${sign}${kind} ${what}\n`);
}

function startWatchdog(): (line: string) => void {
  // In a process group of its own, so that a signal to our group does not end it.
  const { stdin, ...dog } = spawnDetached();
  process.on('exit', () => {
    for (const other of running) other.kill('SIGKILL');
  });
  // Everything runs without it as well; only a killed process then leaves its children and folders behind.
  stdin.on('error', () => {});
  dog.unref();
  return (line) => stdin.write(line);
}

function spawnDetached() {
  const dog = spawn(process.execPath, [program], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  dog.on('error', () => {});
  const { stdin } = dog;
  return {
    stdin,
    unref: () => {
      dog.unref();
      // A pipe of a child is a socket, which would keep this process alive.
      (stdin as typeof stdin & { unref?: () => void }).unref?.();
    },
  };
}

/** Sees to it that a child ends with this process, however this process ends. */
export function endWithUs<T extends ChildProcess>(child: T): T {
  const { pid } = child;
  running.add(child);
  if (pid !== undefined) watch('+', 'child', String(pid));
  child.once('exit', () => {
    running.delete(child);
    if (pid !== undefined) watch('-', 'child', String(pid));
  });
  return child;
}

/** Sees to it that a folder is removed when this process is gone, however it ended. @returns to be called once it is removed */
export function removeWithUs(folder: string): () => void {
  watch('+', 'folder', folder);
  return () => watch('-', 'folder', folder);
}

/** Kills a child and waits until it is gone. */
export function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

/** Calls `end` once the process that started this one is gone: npm, when it is killed, hands no signal on. */
export function endWithParent(end: () => void): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) end();
  }, 500).unref();
}
