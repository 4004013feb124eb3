import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkConfiguration, WrongConfigurationError } from './configuration.ts';
import { demoSignIns } from './demo/staff.ts';
import { endWithParent } from './local/child-processes.ts';
import { clockAhead, installClock } from './local/cloud/clock.mjs';
import { startLocalCloud } from './local/cloud/cloud.ts';
import {
  EngineMissingError,
  type EngineName,
  engineOf,
  startDynamoDb,
} from './local/cloud/dynamodb-engine.ts';
import { guardEmbedded } from './local/cloud/embedded-dynamodb.ts';
import type { Timeline } from './local/cloud/travel.ts';
import { openDataDirectory } from './local/data-directory.ts';
import { freePort, PortTakenError } from './local/serve.ts';
import { readSettings, SettingError, type Settings } from './local/settings.ts';
import { startLocalSignIn } from './local/sign-in/server.ts';
import { startLocalStripe } from './local/stripe/server.ts';
import { loadAssembly, TemplateError } from './local/template/template.ts';
import { removeForsakenFolders, temporaryFolder } from './local/temporary-folders.ts';
import { type Closers, type Outside, startOutside } from './start/outside.ts';
import { stripeKeyParameters } from './start/stripe-keys.ts';
import { synthesize } from './start/synthesize.ts';
import { localPages } from './tools/local-pages.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const localFolder = join(root, '.local');
const endpointsFile = join(localFolder, 'endpoints.json');
const stage = 'dev';

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
  const { ports } = settings;
  await requirePorts(settings);
  if (settings.dataDirectory) await openDataDirectory(settings.dataDirectory);
  if (settings.dynamodbUrl) await requireAnswer(settings.dynamodbUrl);
  const engine = settings.dynamodbUrl ? undefined : chosenEngine(settings);
  // A folder of its own, so that two local clouds may start at once.
  await removeForsakenFolders();
  const temporary = await temporaryFolder('cdk');
  const assemblyFolder = temporary.path;
  closers.push(() => temporary.remove());
  say('starting the sign-in of the staff');
  const signIn = await startLocalSignIn(ports.signIn, demoSignIns);
  closers.push(() => signIn.close());
  say(
    engine
      ? 'starting the database, synthesizing the stacks, bundling the functions'
      : 'synthesizing the stacks, bundling the functions',
  );
  const [dynamodb] = await Promise.all([
    engine ? startTable(engine, settings, closers, onDeath) : (settings.dynamodbUrl ?? ''),
    synthesize(root, assemblyFolder, signIn.settings).then(() => say('synthesized and bundled')),
    // Loaded while the other processes work.
    settings.withDemoData && import('./demo/write-demo-data.ts'),
  ]);
  say('starting the local cloud');
  const assembly = await loadAssembly(assemblyFolder);
  let outside: Outside | undefined;
  const cloud = await startLocalCloud({
    assembly,
    dynamodbUrl: dynamodb,
    sitePort: ports.site,
    filesFolder: settings.dataDirectory && join(settings.dataDirectory, 'files'),
    report: (problem) => console.error(`! ${problem}`),
    localPages: localPages(dynamodb),
    journey: canTravel(settings)
      ? { hours: travelledHours, timelines: () => laterOf(outside), arrived }
      : undefined,
    fill: async (tableName) => {
      if (!settings.withDemoData || !outside) return;
      say('filling the demonstration: four campaigns and a year of gifts and rent');
      await fillWithDemo(dynamodb, tableName, outside);
    },
    surroundings: async (siteUrl) => {
      say(
        settings.usesRealStripe ? 'listening to Stripe, starting the inbox' : 'starting Stripe and the inbox',
      );
      outside = await startOutside(settings, siteUrl, closers);
      const parameters = new Map([
        ...stripeKeyParameters(stage, outside.stripeKeys),
        [`/tideover/${stage}/stripe-webhook-secret`, outside.webhookSecret],
        [`/tideover/${stage}/hash-key`, 'local-hash-key-local-hash-key-32'],
        [`/tideover/${stage}/session-key`, 'local-session-key-local-session-32'],
        [`/tideover/${stage}/resend-api-key`, settings.resendApiKey],
        [`/tideover/${stage}/resend-webhook-secret`, settings.resendWebhookSecret],
      ]);
      return { parameters, variables: { STRIPE_API_BASE: outside.stripe, RESEND_BASE_URL: outside.mail } };
    },
  });
  closers.push(() => cloud.close());
  const [table = ''] = cloud.tables;
  return async () => ({
    site: cloud.siteUrl,
    stripe: outside?.stripe ?? '',
    mail: outside?.mail ?? '',
    dynamodb,
    table,
    stripeKey: settings.stripeKey,
    webhookSecret: outside?.webhookSecret ?? '',
    resendWebhookSecret: settings.resendWebhookSecret,
    signIn: signIn.url,
    staffTokens: await signIn.staffTokens(),
    clockAhead: clockAhead(),
  });
}

/** In the last of them the sweep takes up what is older than a day (`swept-hours.ts`). */
const travelledHours = [1, 7, 13, 19];

/** Another Stripe keeps its own time. */
function canTravel({ usesRealStripe, stripeApiBase }: Settings): boolean {
  return !usesRealStripe && stripeApiBase === undefined;
}

function laterOf(outside: Outside | undefined): Timeline[] {
  return outside?.localStripe ? [outside.localStripe.later] : [];
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

/** Writes the demonstration. Where another Stripe is used, its past is played at a local one that is closed at once. */
async function fillWithDemo(
  dynamodbUrl: string,
  tableName: string,
  { siteUrl, webhookSecret, localStripe }: Outside,
): Promise<void> {
  const { writeDemoData } = await import('./demo/write-demo-data.ts');
  const stripe =
    localStripe ??
    (await startLocalStripe({
      port: { port: 0 },
      secretKey: 'sk_test_demonstration',
      webhookUrl: siteUrl,
      webhookSecret,
      accountName: 'Tideover (demonstration)',
    }));
  await writeDemoData({ dynamodbUrl, tableName, stripe, siteUrl, now: new Date() });
  if (!localStripe) await stripe.close();
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
  Comments to approve  ${endpoints.site}/__local/words
  Stripe               ${settings.usesRealStripe ? 'https://dashboard.stripe.com/test/payments' : endpoints.stripe}
  The staff's tokens   .local/endpoints.json (infra/docs/staff-api.md)

Pay with card 4242 4242 4242 4242. Ctrl-C ends everything.`);
  } catch (error) {
    if (!ending) console.error(isForTheTerminal(error) ? error.message : error);
    await end(1);
  }
}

await main();
