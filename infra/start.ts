import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkConfiguration, WrongConfigurationError } from './configuration.ts';
import { endWithParent } from './local/child-processes.ts';
import { installClock } from './local/cloud/clock.mjs';
import {
  EngineMissingError,
  type EngineName,
  engineOf,
  startDynamoDb,
} from './local/cloud/dynamodb-engine.ts';
import { guardEmbedded } from './local/cloud/embedded-dynamodb.ts';
import { openDataDirectory } from './local/data-directory.ts';
import { freePort, PortTakenError } from './local/serve.ts';
import { readSettings, SettingError, type Settings } from './local/settings.ts';
import { TemplateError } from './local/template/template.ts';
import type { Closers } from './start/outside.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const localFolder = join(root, '.local');
const endpointsFile = join(localFolder, 'endpoints.json');

const begun = performance.now();

/** Prints what is done now, with the seconds since the start, so that nobody thinks that it hangs. */
function say(doing: string): void {
  console.log(`${((performance.now() - begun) / 1000).toFixed(1).padStart(5)} s  ${doing}`);
}

/** @returns what other programs have to know, as it stands when it is asked */
async function startEverything(
  settings: Settings,
  closers: Closers,
  onDeath: (sentence: string) => void,
  arrived: () => Promise<void>,
) {
  await requirePorts(settings);
  if (settings.dataDirectory) await openDataDirectory(settings.dataDirectory);
  if (settings.dynamodbUrl) await requireAnswer(settings.dynamodbUrl);
  const engine = settings.dynamodbUrl ? undefined : chosenEngine(settings);
  if (engine) say('starting the database');
  const table = engine
    ? startTable(engine, settings, closers, onDeath)
    : Promise.resolve(settings.dynamodbUrl ?? '');
  // Who awaits it reports its failure.
  table.catch(() => {});
  // Loaded while the database starts; a wrong setting is reported before.
  const [{ runProduct }, { localPages }] = await Promise.all([
    import('./start/run-product.ts'),
    import('./tools/local-pages.ts'),
  ]);
  return runProduct({ root, settings, table, localPages, closers, say, arrived });
}

/** Chooses the engine, and says so where it is not the reference. */
function chosenEngine({ dynamodbEngine, dataDirectory }: Settings): EngineName {
  const engine = engineOf({ asked: dynamodbEngine, keepsData: dataDirectory !== undefined });
  if (engine === 'embedded') {
    console.log(
      'Java is not used: an embedded table in memory serves in place of DynamoDB Local; all of it is gone at the end.',
    );
  }
  return engine;
}

/** @returns the address of the table's engine for functions and other programs */
async function startTable(
  engine: EngineName,
  { ports, dataDirectory }: Settings,
  closers: Closers,
  onDeath: (sentence: string) => void,
): Promise<string> {
  const running = await startDynamoDb({
    engine,
    port: ports.dynamodb,
    dataDirectory,
    compilesQuickly: true,
    onDeath,
  });
  closers.push(() => running.close());
  if (engine === 'amazon') return running.url;
  const guarded = await guardEmbedded(running.url, ports.dynamodb);
  closers.push(() => guarded.close());
  return guarded.url;
}

/** Reports a taken port at once, not after the bundling. */
async function requirePorts(settings: Settings): Promise<void> {
  const { ports, usesRealStripe, stripeApiBase, resendBaseUrl, dynamodbUrl } = settings;
  const needed = [
    ports.site,
    ports.signIn,
    ...(usesRealStripe || stripeApiBase ? [] : [ports.stripe]),
    ...(resendBaseUrl ? [] : [ports.mail]),
    ...(dynamodbUrl ? [] : [ports.dynamodb]),
  ];
  for (const port of needed) if (port.explicit) await freePort(port);
}

/** Reports a database that is not there at once, not after the bundling. */
async function requireAnswer(url: string): Promise<void> {
  try {
    await fetch(url);
  } catch {
    throw new SettingError(
      `Nothing answers at DYNAMODB_URL ${url}: start the DynamoDB there, or leave the variable out.`,
    );
  }
}

let written = '';

async function writeEndpoints(endpoints: object): Promise<void> {
  const text = `${JSON.stringify(endpoints, null, 2)}\n`;
  await mkdir(localFolder, { recursive: true });
  await writeFile(endpointsFile, text, { mode: 0o600 });
  await chmod(endpointsFile, 0o600);
  written = text;
}

/** A local cloud that started after this one has written its own addresses there, which stay. */
async function removeEndpoints(): Promise<void> {
  if ((await readFile(endpointsFile, 'utf8')) === written) await rm(endpointsFile);
}

function isForTheTerminal(error: unknown): error is Error {
  return [WrongConfigurationError, SettingError, EngineMissingError, PortTakenError, TemplateError].some(
    (type) => error instanceof type,
  );
}

async function main(): Promise<void> {
  installClock();
  const closers: Closers = [];
  let ending: Promise<never> | undefined;
  const end = (code: number): Promise<never> => {
    ending ??= (async () => {
      for (const closer of closers.splice(0).reverse()) await Promise.resolve(closer()).catch(() => {});
      process.exit(code);
    })();
    return ending;
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0));
  if (process.env.npm_lifecycle_event !== undefined) endWithParent(() => void end(0));
  // When a part dies, its callers see the connection break a moment before the sentence that reports the part's end.
  process.on('uncaughtException', (error) => {
    setTimeout(() => {
      if (!ending) console.error(error);
      void end(1);
    }, 300);
  });
  // Lambda brings its own Node.js, so the SDK need not warn of the laptop's.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  try {
    const dotEnv = join(root, '.env');
    if (existsSync(dotEnv)) process.loadEnvFile(dotEnv);
    checkConfiguration();
    const settings = readSettings(process.env);
    const onDeath = (sentence: string) => {
      if (!ending) console.error(sentence);
      void end(1);
    };
    // After a journey the tokens are out of date.
    const arrived = async () => writeEndpoints(await endpointsNow());
    const endpointsNow = await startEverything(settings, closers, onDeath, () => arrived());
    const endpoints = await endpointsNow();
    closers.push(removeEndpoints);
    await writeEndpoints(endpoints);
    say('ready');
    console.log(`
Tideover runs on this machine. Demonstration: no money is taken.

  The warehouse fund   ${endpoints.site}/campaigns/lai-chi-kok-warehouse
  All campaigns        ${endpoints.site}/
  The staff's desk     ${endpoints.site}/staff
  The API              ${endpoints.site}/api/docs
  Inbox of all mail    ${endpoints.mail}
  Every mail           ${endpoints.site}/__local/mails
  Stripe               ${settings.usesRealStripe ? 'https://dashboard.stripe.com/test/payments' : endpoints.stripe || 'none: gifts come by the other ways'}
  The staff's tokens   .local/endpoints.json (infra/docs/staff-api.md)

${settings.payments === 'none' ? '' : 'Pay with card 4242 4242 4242 4242. '}Ctrl-C ends everything.`);
  } catch (error) {
    if (!ending) console.error(isForTheTerminal(error) ? error.message : error);
    await end(1);
  }
}

await main();
