import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CreateTableCommand, type CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { openTable } from '#platform/table/table.ts';
import { startTestDynamoDb } from '../../infra/local/test/support/engine.ts';
import { synthesize as synthesizeBundles } from '../../infra/start/synthesize.ts';
import { tableDefinition } from '../support/synthesis.ts';
import type { Bench, Figure } from './figures.ts';
import { clientAt } from './replay.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * What the parts share: each is made when a part first asks for it, and ended by `close`.
 *
 * @param figures those measured so far; the caller adds to it
 */
export function openBench(options: {
  readonly tiny: boolean;
  readonly say: (progress: string) => void;
  readonly figures: readonly Figure[];
}): Bench & { close(): Promise<void> } {
  const closers: (() => Promise<unknown>)[] = [];
  let assembly: Promise<string> | undefined;
  let dynamodb: Promise<string> | undefined;
  let tables = 0;
  const bench = {
    tiny: options.tiny,
    say: options.say,
    assembly: () => {
      assembly ??= makeAssembly(options.say, closers);
      return assembly;
    },
    dynamodbUrl: () => {
      dynamodb ??= startTestDynamoDb().then(({ url, close }) => {
        closers.push(close);
        return url;
      });
      return dynamodb;
    },
    freshTable: async () => {
      const client = clientAt(await bench.dynamodbUrl());
      const definition = JSON.parse(tableDefinition()) as Omit<CreateTableCommandInput, 'TableName'>;
      tables += 1;
      const name = `bench-${tables}`;
      await client.send(new CreateTableCommand({ ...definition, TableName: name }));
      return openTable(name, client);
    },
    figure: (id: string) => {
      const found = options.figures.find((figure) => figure.id === id);
      if (!found) throw new Error(`No part that ran before measured ${id}.`);
      return found.value;
    },
    close: async () => {
      for (const close of closers.splice(0).reverse()) await close();
    },
  };
  return bench;
}

async function makeAssembly(
  say: (progress: string) => void,
  closers: (() => Promise<unknown>)[],
): Promise<string> {
  say('synthesizing the app with its bundles');
  const folder = await mkdtemp(join(tmpdir(), 'tideover-bench-'));
  closers.push(() => rm(folder, { recursive: true, force: true }));
  await synthesizeBundles(root, folder);
  return folder;
}
