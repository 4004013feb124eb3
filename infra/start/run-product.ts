import { join } from 'node:path';
import { demoSignIns } from '../demo/staff.ts';
import { clockAhead } from '../local/cloud/clock.mjs';
import { type LocalCloudOptions, startLocalCloud } from '../local/cloud/cloud.ts';
import type { Timeline } from '../local/cloud/travel.ts';
import type { Settings } from '../local/settings.ts';
import { startLocalSignIn } from '../local/sign-in/server.ts';
import { startLocalStripe } from '../local/stripe/server.ts';
import { loadAssembly } from '../local/template/template.ts';
import { removeForsakenFolders, temporaryFolder } from '../local/temporary-folders.ts';
import { type Closers, type Outside, startOutside } from './outside.ts';
import { stripeKeyParameters } from './stripe-keys.ts';
import { synthesize } from './synthesize.ts';

const stage = 'dev';

/**
 * Starts the product on this machine.
 *
 * @param start.root the repository's folder
 * @param start.table the address of the table's engine for functions and other programs, once it answers
 * @param start.say takes what is done now
 * @param start.arrived is called after a journey: then the tokens are out of date
 * @returns what other programs have to know, as it stands when it is asked
 * @throws PortTakenError, TemplateError
 */
export async function runProduct({
  root,
  settings,
  table,
  localPages,
  closers,
  say,
  arrived,
}: {
  readonly root: string;
  readonly settings: Settings;
  readonly table: Promise<string>;
  /** The pages that only the laptop has. */
  readonly localPages: LocalCloudOptions['localPages'];
  readonly closers: Closers;
  readonly say: (doing: string) => void;
  readonly arrived: () => Promise<void>;
}) {
  const { ports } = settings;
  // A folder of its own, so that two local clouds may start at once.
  await removeForsakenFolders();
  const temporary = await temporaryFolder('cdk');
  const assemblyFolder = temporary.path;
  closers.push(() => temporary.remove());
  const signIn = await startLocalSignIn(ports.signIn, demoSignIns);
  closers.push(() => signIn.close());
  say('synthesizing the stacks, bundling the functions');
  const [dynamodb] = await Promise.all([
    table,
    synthesize(root, assemblyFolder, signIn.settings, settings.payments).then(() =>
      say('synthesized and bundled'),
    ),
    // Loaded while the other processes work.
    settings.withDemoData && import('../demo/write-demo-data.ts'),
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
    localPages,
    userPool: signIn.userPool,
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
        {
          real: 'listening to Stripe, starting the inbox',
          local: 'starting Stripe and the inbox',
          none: 'starting the inbox',
        }[stripeOf(settings)],
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
      return {
        parameters,
        variables: {
          ...(outside.stripe && { STRIPE_API_BASE: outside.stripe }),
          RESEND_BASE_URL: outside.mail,
        },
      };
    },
  });
  closers.push(() => cloud.close());
  const [tableName = ''] = cloud.tables;
  return async () => ({
    site: cloud.siteUrl,
    stripe: outside?.stripe ?? '',
    mail: outside?.mail ?? '',
    dynamodb,
    table: tableName,
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

function stripeOf({ payments, usesRealStripe }: Settings): 'none' | 'real' | 'local' {
  if (payments === 'none') return 'none';
  return usesRealStripe ? 'real' : 'local';
}

/** Another Stripe keeps its own time. */
function canTravel({ usesRealStripe, stripeApiBase }: Settings): boolean {
  return !usesRealStripe && stripeApiBase === undefined;
}

function laterOf(outside: Outside | undefined): Timeline[] {
  return outside?.localStripe ? [outside.localStripe.later] : [];
}

/** Writes the demonstration. Where another Stripe is used, its past is played at a local one that is closed at once. */
async function fillWithDemo(
  dynamodbUrl: string,
  tableName: string,
  { siteUrl, webhookSecret, localStripe }: Outside,
): Promise<void> {
  const { writeDemoData } = await import('../demo/write-demo-data.ts');
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
