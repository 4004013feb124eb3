import { readFile } from 'node:fs/promises';

/** What of `.local/endpoints.json` the tools use. */
interface Endpoints {
  readonly site: string;
  readonly dynamodb: string;
  readonly table: string;
  readonly stripe: string;
  readonly stripeKey: string;
  /** By how many milliseconds its time is ahead of the machine's. */
  readonly clockAhead: number;
}

/** Where the running local cloud answers; undefined when none runs. */
export async function localEndpoints(): Promise<Endpoints | undefined> {
  const file = new URL('../../.local/endpoints.json', import.meta.url);
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as Endpoints);
}

/**
 * Asks the running local cloud to do something.
 * @throws Error with one sentence when none runs, or it refuses
 */
export async function askLocalCloud(path: string, parameters: Readonly<Record<string, string | undefined>>) {
  const endpoints = await localEndpoints();
  if (!endpoints) throw new Error('The local cloud does not run; start it with npm start.');
  const url = new URL(`/__local/${path}`, endpoints.site);
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  const response = await fetch(url, { method: 'POST' });
  if (response.ok) return response;
  const { detail } = (await response.json()) as { detail?: string };
  throw new Error(detail ?? `The local cloud answered ${response.status}.`);
}

/** Runs a command; what goes wrong is one sentence, and the exit code 1. */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
