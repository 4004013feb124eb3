import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The product as `npm start` runs it, on free ports. */
export interface RunningProduct {
  readonly site: string;
  readonly mail: string;
  /** All that it said until it was ready. */
  readonly printed: string;
  /** Ends it as Ctrl-C does. */
  stop(): Promise<void>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Starts the product, with demonstration data unless the variables say otherwise, and waits for the links that it prints. */
export async function startProduct(
  variables: Readonly<Record<string, string>> = {},
): Promise<RunningProduct> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'infra/start.ts'], {
    cwd: root,
    env: {
      ...process.env,
      SITE_PORT: '0',
      STRIPE_PORT: '0',
      MAIL_PORT: '0',
      DYNAMODB_PORT: '0',
      SIGNIN_PORT: '0',
      ...variables,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    const read = (data: Buffer) => {
      printed += data.toString();
      if (printed.includes('Ctrl-C ends everything')) resolve();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => reject(new Error(`The product ended with ${code}:\n${printed}`)));
  });
  const link = (label: string) => {
    const url = new RegExp(`${label}\\s+(http://\\S+?)/?\\s`).exec(printed)?.[1];
    if (!url) throw new Error(`The product printed no link "${label}":\n${printed}`);
    return url;
  };
  return {
    site: link('All campaigns'),
    mail: link('Inbox of all mail'),
    printed,
    stop: async () => {
      child.kill('SIGINT');
      await ended;
    },
  };
}
