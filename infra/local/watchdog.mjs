// Runs beside a program of ours: once that is gone, however it ended, ends the processes and removes the folders that it left.
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';

const left = { child: new Set(), folder: new Set() };
// Ctrl-C reaches the whole group; this one stays until the others are gone.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const [, sign, kind, what] = /^([+-])(child|folder) (.+)$/.exec(line) ?? [];
  if (sign === '+') left[kind].add(what);
  if (sign === '-') left[kind].delete(what);
});
lines.on('close', () => {
  for (const pid of left.child) {
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It is gone already.
    }
  }
  for (const folder of left.folder) {
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
  process.exit(0);
});
