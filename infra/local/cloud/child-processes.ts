import type { ChildProcess } from 'node:child_process';

const running = new Set<ChildProcess>();
let watching = false;

/** Sees to it that a child ends with this process, however this process ends. */
export function endWithUs<T extends ChildProcess>(child: T): T {
  if (!watching) {
    watching = true;
    process.on('exit', () => {
      for (const other of running) other.kill('SIGKILL');
    });
  }
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

/** Kills a child and waits until it is gone. */
export function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}
