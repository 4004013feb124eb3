import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Bench, Figure, Part } from '../figures.ts';
import { storeManyGifts } from '../many-gifts.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

interface Took {
  readonly seconds: number;
  /** The most memory that its process held, MB. */
  readonly peak: number;
}

/** Audits a table as `npm run audit` does, in a process of its own, whose peak of memory is then known. */
function audit(table: string, endpoint: string): Promise<Took> {
  const tell = 'process.on("exit",()=>console.log("peak "+process.resourceUsage().maxRSS))';
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const hooks = ['--import', 'tsx', '--import', `data:text/javascript,${encodeURIComponent(tell)}`];
    const args = [...hooks, 'infra/tools/audit.ts', '--table', table, '--endpoint', endpoint];
    execFile(process.execPath, args, { cwd: root, maxBuffer: 64 * 1024 * 1024 }, (error, out, err) => {
      const peak = Number(/^peak (\d+)$/m.exec(out)?.[1]) / 1024;
      if (error || !out.includes('Everything that was checked holds.'))
        reject(new Error(`The audit failed: ${(out + err).slice(0, 4000)}`));
      else resolve({ seconds: (performance.now() - began) / 1000, peak });
    });
  });
}

async function run(bench: Bench): Promise<Figure[]> {
  const counts = bench.tiny ? [50, 100] : [10_000, 100_000];
  const took: Took[] = [];
  for (const count of counts) {
    const table = await bench.freshTable();
    const url = await bench.dynamodbUrl();
    await storeManyGifts(table, url, count, new Date(), { whole: true });
    bench.say(`  ${count} gifts stored with all that belongs to them`);
    took.push(await audit(table.name, url));
  }
  const [few, many] = [took[0] as Took, took.at(-1) as Took];
  const text = `${counts.at(-1)} gifts`;
  return [
    { id: 'audit.seconds', value: many.seconds, unit: 's', text },
    { id: 'audit.peak', value: many.peak, unit: 'MB', text: `most memory with ${text}` },
    {
      id: 'audit.peak-growth',
      value: many.peak / few.peak,
      unit: '×',
      text: `of that with ${counts[0]} gifts`,
    },
  ];
}

export const part: Part = {
  name: 'audit',
  title: 'npm run audit of 10,000 and 100,000 gifts: time and memory',
  run,
};
