import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, vi } from 'vitest';

const program = fileURLToPath(new URL('../../../../../shared/tools/stripe-judge/judge.mjs', import.meta.url));

/** Whether the judge of fidelity to Stripe's published types lies beside the repository. */
export const isJudgeThere = existsSync(program);

/** A running judge. */
export interface Judge {
  close(): void;
}

/**
 * Starts the judge between two parties.
 *
 * @param command `proxy` judges requests and answers, `hook` judges webhooks
 * @param listen the address it takes requests at
 * @param target the address it passes them on to
 */
export async function startJudge(
  command: 'proxy' | 'hook',
  listen: string,
  target: string,
  ...more: string[]
): Promise<Judge> {
  const options = ['--listen', new URL(listen).port, '--target', target, ...more];
  const child = spawn(process.execPath, [program, command, ...options], { stdio: 'ignore' });
  await vi.waitFor(async () => expect((await fetch(`${listen}/__judge`)).ok).toBe(true), 20_000);
  return { close: () => void child.kill('SIGTERM') };
}

/** What the judge at an address has found so far. */
export async function verdictOf(url: string) {
  const verdict = await (await fetch(`${url}/__judge`)).json();
  return verdict as { checked: number; bad: number; violations: unknown[] };
}
