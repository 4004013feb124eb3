import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { choose, type Figure, type Judged, judge, type Part } from './figures.ts';
import { limits } from './limits.ts';
import { openBench } from './open-bench.ts';
import { runParts } from './run-parts.ts';

const partsFolder = fileURLToPath(new URL('parts', import.meta.url));

/** Every part, by the order of its file's name. One whose file cannot be loaded fails when it is run, as any other failure. */
async function allParts(): Promise<Part[]> {
  const files = (await readdir(partsFolder)).filter((file) => file.endsWith('.ts')).sort();
  return Promise.all(
    files.map((file) =>
      import(`${partsFolder}/${file}`).then(
        ({ part }: { part: Part }) => part,
        (error: unknown) => ({
          name: file.replace(/^\d+-|\.ts$/g, ''),
          title: `${file} cannot be loaded`,
          run: () => Promise.reject(error),
        }),
      ),
    ),
  );
}

function write(line: string): void {
  process.stdout.write(`${line}\n`);
}

function show(judged: readonly Judged[]): void {
  const rounded = (value: number) => value.toLocaleString('en', { maximumSignificantDigits: 4 });
  const rows = judged.map(({ id, value, unit, limit, missed, text }) => [
    missed ? '✗' : limit === undefined ? ' ' : '✓',
    id,
    `${rounded(value)} ${unit}`,
    limit === undefined ? '' : `≤ ${rounded(limit)}`,
    text,
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  for (const row of rows) {
    write(
      row
        .map((cell, column) =>
          column === 2 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join('  '),
    );
  }
}

/** Runs the parts that were asked for, prints and stores their figures; exit 1 when a number is missed or a part failed. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'string', default: '.local/bench.json' },
      tiny: { type: 'boolean', default: false },
    },
  });
  const parts = choose(await allParts(), positionals);
  // The product's own log lines are no figures.
  console.log = () => {};
  // What is measured too briefly says nothing of the limits.
  const held = values.tiny ? {} : limits;
  const figures: Figure[] = [];
  const began = performance.now();
  const seconds = () => Math.round((performance.now() - began) / 1000);
  const say = (progress: string) => write(`[${seconds()} s] ${progress}`);
  if (values.tiny) say('tiny: it only shows that the parts work; no figure is held to its limit');
  const dragged = parts.map(({ name }) => name).filter((name) => !positionals.includes(name));
  if (positionals.length > 0 && dragged.length > 0)
    say(`also ${dragged.join(', ')}: what was asked for needs their figures`);
  const bench = openBench({ tiny: values.tiny, say, figures });
  const take = (measured: readonly Figure[]) => {
    judge([...figures, ...measured], held);
    figures.push(...measured);
    show(judge(measured, held));
  };
  const failed = await runParts({ parts, bench, take }).finally(() => bench.close());
  const judged = judge(figures, held);
  const file = resolve(values.json);
  await mkdir(dirname(file), { recursive: true });
  const machine = { cpus: cpus().length, model: cpus()[0]?.model, node: process.version };
  const record = {
    at: new Date().toISOString(),
    seconds: seconds(),
    tiny: values.tiny,
    machine,
    figures: judged,
    failed,
  };
  await writeFile(file, `${JSON.stringify(record, null, 2)}\n`);
  const missed = judged.filter((figure) => figure.missed);
  write(`${figures.length} figures in ${seconds()} s, written to ${file}; ${missed.length} missed.`);
  for (const { id, value, limit } of missed)
    write(`Missed: ${id} is ${value.toPrecision(4)}, the limit is ${limit}.`);
  for (const { name, reason } of failed) write(`Failed: ${name}: ${reason}`);
  if (missed.length > 0 || failed.length > 0) process.exitCode = 1;
}

await main();
