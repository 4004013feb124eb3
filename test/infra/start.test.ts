import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { serveLocally } from '../../infra/local/serve.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const tsx = createRequire(import.meta.url).resolve('tsx/cli');

// Set though empty, so that a developer's own `.env` does not decide these tests.
const ports = ['SITE_PORT', 'STRIPE_PORT', 'MAIL_PORT', 'DYNAMODB_PORT', 'SIGNIN_PORT'];
const unset = [...ports, 'DYNAMODB_URL', 'STRIPE_SECRET_KEY'];

/** Runs what `npm start` runs, with these variables, until it ends by itself. */
async function start(variables: Record<string, string>) {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [tsx, 'infra/start.ts'], {
    cwd: root,
    env: { PATH, HOME, ...Object.fromEntries(unset.map((name) => [name, ''])), ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  }
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    return { code, ...output };
  } finally {
    child.kill();
  }
}

test('without Java npm start with DYNAMODB_ENGINE=amazon says in one sentence what to install, and ends with 1', async () => {
  const empty = await mkdtemp(join(tmpdir(), 'tideover-no-java-'));
  try {
    expect(await start({ PATH: empty, DYNAMODB_ENGINE: 'amazon' })).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /^DYNAMODB_ENGINE=amazon needs Java: install Java 17 or newer with .+\.\n$/,
      ),
    });
  } finally {
    await rm(empty, { recursive: true });
  }
});

test.each(ports)(
  'when the port of %s is taken npm start says so in one sentence, and ends with 1',
  async (name) => {
    const other = await serveLocally(() => new Response('somebody else'), { port: 0 });
    try {
      expect(await start({ [name]: String(other.port) })).toEqual({
        code: 1,
        stdout: '',
        stderr: `Port ${other.port} is taken; choose another with ${name}, or stop what uses it.\n`,
      });
    } finally {
      await other.close();
    }
  },
);

test.each([
  [
    'a port that is none',
    { MAIL_PORT: '80250x' },
    'MAIL_PORT must be a port between 0 and 65535, not "80250x".',
  ],
  [
    'a key that takes real money',
    { STRIPE_SECRET_KEY: 'sk_live_51Secret' },
    'STRIPE_SECRET_KEY is not a test key: npm start takes only keys that begin with sk_test_ or rk_test_.',
  ],
  [
    'a file for DATA_DIR',
    { DATA_DIR: join(root, 'package.json'), DYNAMODB_ENGINE: 'amazon' },
    `DATA_DIR must be a folder that can be made or is there, not "${join(root, 'package.json')}" (EEXIST).`,
  ],
  [
    'a DATA_DIR that no system makes',
    { DATA_DIR: '/proc/none/data', DYNAMODB_ENGINE: 'amazon' },
    'DATA_DIR must be a folder that can be made or is there, not "/proc/none/data" (ENOENT).',
  ],
  [
    'a DYNAMODB_URL where nothing answers',
    { DYNAMODB_URL: 'http://127.0.0.1:9' },
    'Nothing answers at DYNAMODB_URL http://127.0.0.1:9: start the DynamoDB there, or leave the variable out.',
  ],
])('%s is named in one sentence, and npm start ends with 1', async (_, variables, sentence) => {
  expect(await start(variables as Record<string, string>)).toEqual({
    code: 1,
    stdout: '',
    stderr: `${sentence}\n`,
  });
});

test('data of another version are refused in one sentence, npm start ends with 1, and they stay as they are', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tideover-old-data-'));
  try {
    await writeFile(join(folder, 'shared-local-instance.db'), 'of an older version');
    expect(await start({ DATA_DIR: folder })).toEqual({
      code: 1,
      stdout: '',
      stderr: `The data in ${folder} are of another version of Tideover, which this one does not read: set DATA_DIR to a new folder.\n`,
    });
    expect(await readdir(folder)).toEqual(['shared-local-instance.db']);
  } finally {
    await rm(folder, { recursive: true });
  }
});
