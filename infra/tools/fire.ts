import { parseArgs } from 'node:util';
import { askLocalCloud, runCommand } from './local-cloud.ts';

const usage = 'Usage: npm run fire -- <schedule> [--at <ISO time>]';

/** Fires a schedule of the running local cloud and prints what its function answered. */
await runCommand(async () => {
  const { values, positionals } = parseArgs({ options: { at: { type: 'string' } }, allowPositionals: true });
  const [schedule] = positionals;
  if (!schedule || positionals.length > 1) throw new Error(usage);
  const response = await askLocalCloud(`fire/${encodeURIComponent(schedule)}`, { at: values.at });
  console.log(JSON.stringify(await response.json(), null, 2));
});
