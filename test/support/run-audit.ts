import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Runs `npm run audit` in a process of its own, which may read the environment that is given. */
export function runAudit(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['--import', 'tsx', 'infra/tools/audit.ts', ...args],
      { cwd: fileURLToPath(new URL('../..', import.meta.url)) },
      (_, out, err) => resolve({ code: child.exitCode ?? -1, out, err }),
    );
  });
}
