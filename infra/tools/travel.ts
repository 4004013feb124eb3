import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { parseArgs } from 'node:util';
import { askLocalCloud, runCommand } from './local-cloud.ts';

const usage = 'Usage: npm run travel -- --to <ISO time>';

interface Line {
  readonly at: string;
  /** How much was due so far. */
  readonly done: number;
  readonly arrived?: boolean;
  readonly problems?: readonly string[];
}

/** Moves the time of the running local cloud on, and says how far it is. */
await runCommand(async () => {
  const { to } = parseArgs({ options: { to: { type: 'string' } } }).values;
  if (to === undefined) throw new Error(usage);
  const { body } = await askLocalCloud('travel', { to });
  let last: Line | undefined;
  for await (const text of createInterface({ input: Readable.fromWeb(body as ReadableStream) })) {
    last = JSON.parse(text) as Line;
    if (!last.arrived) console.log(`${last.at}  ${last.done} done`);
  }
  if (!last?.arrived) throw new Error('The journey broke off: the log of npm start says why.');
  for (const problem of last.problems ?? []) console.log(`! ${problem}`);
  console.log(
    `It is ${last.at}. ${last.done} schedules and events of Stripe were due. The staff's tokens are new.`,
  );
});
