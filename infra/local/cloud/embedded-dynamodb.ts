import { spawn } from 'node:child_process';
import { endWithUs, kill } from '../child-processes.ts';
import { freePort, listenLocally, type PortChoice, type RunningServer } from '../serve.ts';
import type { RunningDynamoDb } from './dynamodb-local.ts';
import { post } from './post.ts';

/**
 * Starts the embedded engine, a DynamoDB on SQLite, in memory: for trying and testing only (decision 0028 lists its faults).
 *
 * @param program the engine's executable
 * @returns its own address, on a port that the system chose; it checks neither Host nor Origin, so no other program may learn it
 */
export async function startEmbeddedDynamoDb(
  program: string,
  options: { onDeath?: (sentence: string) => void },
): Promise<RunningDynamoDb> {
  const port = await freePort({ port: 0 });
  const child = endWithUs(
    spawn(program, ['serve', '--port', String(port)], { stdio: ['ignore', 'ignore', 'pipe'] }),
  );
  let output = '';
  child.stderr.on('data', (data) => {
    output = `${output}${data}`.slice(-4000);
  });
  const url = `http://127.0.0.1:${port}`;
  while (!(await answers(url))) {
    if (child.exitCode !== null) throw new Error(`The embedded DynamoDB did not start:\n${output}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const onEnd = (code: number | null, signal: string | null) =>
    options.onDeath?.(`The embedded DynamoDB ended by itself (${signal ?? `exit ${code}`}); start again.`);
  child.once('exit', onEnd);
  return {
    url,
    close: () => {
      child.off('exit', onEnd);
      return kill(child);
    },
  };
}

const expressions = [
  'KeyConditionExpression',
  'FilterExpression',
  'ConditionExpression',
  'UpdateExpression',
  'ProjectionExpression',
];

/**
 * Stands before the embedded engine for other programs: answers to 127.0.0.1 and localhost only, to no web page, and refuses the
 * expressions that would end the engine.
 *
 * @throws PortTakenError when an explicit port is taken
 */
export async function guardEmbedded(engineUrl: string, port: PortChoice): Promise<RunningServer> {
  return listenLocally(async (request, response) => {
    const end = (status: number, message: string) => {
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify({ __type: 'com.amazon.coral.validate#ValidationException', message }));
    };
    if (request.headers.origin !== undefined) return end(403, 'No web page may ask this table.');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    if (holdsForeignExpression(body))
      return end(400, 'Expressions are ASCII; write values as :placeholders.');
    const answer = await post(
      engineUrl,
      {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': String(request.headers['x-amz-target'] ?? ''),
        'x-amz-date': String(request.headers['x-amz-date'] ?? amzDate(new Date())),
        authorization: request.headers.authorization ?? '',
      },
      body,
    );
    response.writeHead(answer.status, {
      'content-type': answer.headers['content-type'] ?? 'application/x-amz-json-1.0',
    });
    response.end(answer.body);
  }, port);
}

/** The form of the header `X-Amz-Date`, UTC: `20261127T185405Z`. */
export function amzDate(at: Date): string {
  return at.toISOString().replace(/[-:]|\.\d{3}/g, '');
}

/** Whether a request carries an expression with other than ASCII characters, at any depth. */
function holdsForeignExpression(body: string): boolean {
  let holds = false;
  try {
    JSON.parse(body, (name, value) => {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII begins with the control characters.
      if (expressions.includes(name) && typeof value === 'string' && /[^\x00-\x7f]/.test(value)) holds = true;
      return value;
    });
  } catch {
    return false;
  }
  return holds;
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}
