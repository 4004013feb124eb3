import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';

const usage = 'Usage: npm run fire -- <schedule> [--at <ISO time>]';

/** Fires a schedule of the running local cloud and prints what its function answered. */
async function fire(): Promise<void> {
  const { values, positionals } = parseArgs({ options: { at: { type: 'string' } }, allowPositionals: true });
  const [schedule] = positionals;
  if (!schedule || positionals.length > 1) throw new Error(usage);
  const file = new URL('../../.local/endpoints.json', import.meta.url);
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Error('The local cloud does not run; start it with npm start.');
  });
  const { site } = JSON.parse(text) as { site: string };
  const url = new URL(`/__local/fire/${encodeURIComponent(schedule)}`, site);
  if (values.at !== undefined) url.searchParams.set('at', values.at);
  const response = await fetch(url, { method: 'POST' });
  const answer = (await response.json()) as { detail?: string };
  if (!response.ok) throw new Error(answer.detail ?? `The local cloud answered ${response.status}.`);
  console.log(JSON.stringify(answer, null, 2));
}

try {
  await fire();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
