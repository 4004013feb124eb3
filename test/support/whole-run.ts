import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { inject } from 'vitest';
import { toCampaignItem, toCampaignListItem } from '#giving/campaigns/campaign-item.ts';
import type { PublicGift } from '#giving/latest-gifts/latest-gifts-item.ts';
import { openTable } from '#platform/table/table.ts';
import type { SignIn } from '../../infra/constructs/stage.ts';
import type { StripeKeyOwner } from '../../infra/constructs/stripe-key-rights.ts';
import { demoCampaigns } from '../../infra/demo/campaigns.ts';
import { startLocalCloud } from '../../infra/local/cloud/cloud.ts';
import { startLocalResend } from '../../infra/local/resend/server.ts';
import { startLocalStripe } from '../../infra/local/stripe/server.ts';
import { type Assembly, loadAssembly, type TemplateResource } from '../../infra/local/template/template.ts';
import { secretKey, submitCard, webhookSecret } from '../../infra/local/test/support/stripe-account.ts';
import { restrictedKeys, rightsByKey, stripeKeyParameters } from '../../infra/start/stripe-keys.ts';
import { synthesize } from '../../infra/start/synthesize.ts';
import { startTokenIssuer } from './token-issuer.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const slug = 'lai-chi-kok-warehouse';
const resendApiKey = 're_whole_run';
const deadlineMs = 60_000;
const pollMs = 100;

/** A mail as the inbox's list shows it. */
interface MailSummary {
  readonly ID: string;
  readonly Subject: string;
  readonly To: readonly { readonly Address: string }[];
}

/** What a donor chooses. `amount` is in cents. */
interface Giving {
  readonly name: string;
  /** Without one the gift is anonymous in public. */
  readonly displayName?: string;
  readonly email: string;
  readonly amount: number;
  readonly hideName?: boolean;
  readonly hideAmount?: boolean;
  readonly message?: string;
  readonly language?: 'en' | 'zh-HK';
  /** The name on the card, when it is another. */
  readonly cardName?: string;
}

/** A checkout that was paid at the hosted page. */
interface PaidAtStripe {
  readonly checkoutId: string;
  readonly email: string;
}

export type WholeRun = Awaited<ReturnType<typeof openWholeRun>>;

/** Resources of the service stack by their logical ids. */
export type Resources = Record<string, TemplateResource>;

/** Changes a template: one piece is taken away, or is another one. */
export type Mutation = (resources: Resources) => void;

/** The template as it is synthesized for the laptop, with the issuer of its tokens. */
export async function openTemplate() {
  const issuer = await startTokenIssuer();
  const folder = await synthesizedOnce({ ...issuer.signIn, issuer: anyIssuer });
  const { stacks, ...rest } = await loadAssembly(folder);
  const assembly: Assembly = {
    ...rest,
    stacks: JSON.parse(JSON.stringify(stacks).replaceAll(anyIssuer, issuer.signIn.issuer)),
  };
  return {
    assembly,
    issuer,
    /**
     * The same with its service stack changed, and with fewer and quicker starts of functions: without source maps, to read which takes
     * as long as the rest of a start, and with one process of the webhook for all events.
     */
    changed: (mutate: Mutation): Assembly => {
      const changed = structuredClone(assembly.stacks) as Assembly['stacks'];
      const service = changed.find(({ name }) => name.endsWith('Service'));
      if (!service) throw new Error('The assembly has no service stack.');
      leaveSourceMapsOut(service.template.Resources);
      oneWebhookAtATime(service.template.Resources);
      mutate(service.template.Resources);
      return { ...assembly, stacks: changed };
    },
    close: () => issuer.close(),
  };
}

/** Stands in the templates that all workers share, in place of each worker's own issuer. */
const anyIssuer = 'https://issuer-of-a-worker.example.org';

/** Synthesizes once for all workers of a run: the first to come does it, the others wait. */
async function synthesizedOnce(signIn: SignIn): Promise<string> {
  const folder = join(inject('sharedFolder'), 'synthesis');
  const whole = `${folder}-whole`;
  while (!existsSync(whole)) {
    const isFirst = await mkdir(folder).then(
      () => true,
      () => false,
    );
    if (!isFirst) await new Promise((resolve) => setTimeout(resolve, pollMs));
    else {
      await synthesize(root, folder, signIn);
      await rename(folder, whole);
    }
  }
  return whole;
}

function leaveSourceMapsOut(resources: Resources): void {
  for (const { Type, Properties = {} } of Object.values(resources)) {
    if (Type !== 'AWS::Lambda::Function') continue;
    const { Variables } = Properties.Environment as { Variables: Record<string, unknown> };
    if (Variables.NODE_OPTIONS !== '--enable-source-maps')
      throw new Error('A function has other options of Node.');
    delete Variables.NODE_OPTIONS;
  }
}

/**
 * Starts the assembly with a table, a Stripe and an inbox of its own, and one campaign open for gifts.
 *
 * @throws TemplateError when the local cloud refuses the template
 */
export async function openWholeRun(assembly: Assembly, dynamodbUrl: string, now?: () => number) {
  // Physical names follow from the stack's name: each run of any worker gets a new table in the same DynamoDB Local.
  const run = randomUUID().slice(0, 8);
  const stacks = assembly.stacks.map((stack) => ({ ...stack, name: `WholeRun${run}-${stack.name}` }));
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const resend = await startLocalResend({ port: { port: 0 }, apiKey: resendApiKey });
    closers.push(() => resend.close());
    let stripeUrl = '';
    // Each function has a key with the rights that the guide lists: what they lack is refused.
    const keys = restrictedKeys();
    const cloud = await startLocalCloud({
      assembly: { ...assembly, stacks },
      dynamodbUrl,
      now,
      sitePort: { port: 0 },
      surroundings: async (siteUrl) => {
        const stripe = await startLocalStripe({
          port: { port: 0 },
          secretKey,
          restrictedKeys: rightsByKey(keys),
          webhookUrl: `${siteUrl}/stripe/webhook`,
          webhookSecret,
          accountName: 'Whole run',
        });
        closers.push(() => stripe.close());
        stripeUrl = stripe.url;
        return {
          parameters: parameters(keys),
          variables: { STRIPE_API_BASE: stripe.url, RESEND_BASE_URL: resend.url },
        };
      },
    });
    closers.push(() => cloud.close());
    await writeCampaign(cloud.tables[0] ?? '', dynamodbUrl);
    const site = { url: cloud.siteUrl, problems: cloud.problems };
    return {
      cloud,
      stripeUrl,
      inboxUrl: resend.url,
      close,
      ...reads(site, resend.url),
      /** From the form to the end of Stripe's page. */
      pay: (giving: Giving) => pay(site, stripeUrl, giving),
      until: (what: string, holds: () => Promise<boolean>) => until(site.problems, what, holds),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function oneWebhookAtATime(resources: Resources): void {
  const [webhook] = Object.entries(resources).filter(
    ([id, { Type }]) => Type === 'AWS::Lambda::Function' && id.startsWith('StripeWebhook'),
  );
  if (!webhook?.[1].Properties) throw new Error('There is no webhook.');
  webhook[1].Properties.ReservedConcurrentExecutions = 1;
}

function parameters(keys: ReadonlyMap<StripeKeyOwner, string>): ReadonlyMap<string, string> {
  return new Map([
    ...stripeKeyParameters('dev', keys),
    ['/tideover/dev/stripe-webhook-secret', webhookSecret],
    ['/tideover/dev/hash-key', 'whole-run-hash-key-whole-run-32b'],
    ['/tideover/dev/session-key', 'whole-run-session-key-whole-run-'],
    ['/tideover/dev/resend-api-key', resendApiKey],
    ['/tideover/dev/resend-webhook-secret', `whsec_${Buffer.from(resendApiKey).toString('base64')}`],
  ]);
}

async function writeCampaign(tableName: string, endpoint: string): Promise<void> {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new DynamoDBClient({ endpoint, region: 'ap-east-1', credentials });
  const table = openTable(tableName, client);
  const campaigns = demoCampaigns(new Date()).filter((campaign) => campaign.slug === slug);
  // Few months are quickly added up.
  const opensAt = new Date(Date.now() - 86_400_000);
  const opened = campaigns.map((campaign) => toCampaignItem({ ...campaign, opensAt }));
  for (const Item of [toCampaignListItem([slug]), ...opened]) {
    await table.client.send(new PutCommand({ TableName: table.name, Item }));
  }
  client.destroy();
}

/** A site under test: its address, and the problems that its cloud has reported so far. */
interface Site {
  readonly url: string;
  readonly problems: readonly string[];
}

function reads(site: Site, inboxUrl: string) {
  return {
    campaign: () => get<{ raised: number; supporters: number }>(site, `/api/campaigns/${slug}`),
    gifts: async () => (await get<{ data: PublicGift[] }>(site, `/api/campaigns/${slug}/gifts`)).data,
    page: async () => (await answered(site, `/campaigns/${slug}`)).text(),
    moneyTable: async () =>
      new Uint8Array(await (await answered(site, `/campaigns/${slug}/money.csv`)).arrayBuffer()),
    checkout: (id: string) => get<{ status: string; amount: number }>(site, `/api/checkouts/${id}`),
    mails: async () => {
      const inbox = await fetch(`${inboxUrl}/api/v1/messages`);
      return ((await inbox.json()) as { messages: MailSummary[] }).messages;
    },
  };
}

async function pay(site: Site, stripeUrl: string, { cardName, ...giving }: Giving): Promise<PaidAtStripe> {
  const { checkoutId, checkoutUrl } = await read<{ checkoutId: string; checkoutUrl: string }>(
    await answered(site, `/api/campaigns/${slug}/checkouts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      body: JSON.stringify({ frequency: 'once', language: 'en', ...giving }),
    }),
  );
  const session = new URL(checkoutUrl).pathname.split('/').at(-1) ?? '';
  const paid = await submitCard(stripeUrl, session, { name: cardName ?? giving.name, email: giving.email });
  if (paid.status !== 303) throw new Error(`Stripe's page answered ${paid.status}: ${await paid.text()}`);
  return { checkoutId, email: giving.email };
}

async function get<T>(site: Site, path: string): Promise<T> {
  return read<T>(await answered(site, path));
}

async function read<T>(response: Response): Promise<T> {
  return (await response.json()) as T;
}

async function answered(site: Site, path: string, init?: RequestInit): Promise<Response> {
  const response = await fetch(`${site.url}${path}`, init);
  if (response.ok) return response;
  throw stopped(`${path} answered ${response.status}: ${await response.text()}`, site.problems);
}

/**
 * Waits for a step of the way.
 *
 * @param problems what the local cloud reports; the first one ends the wait
 * @throws Error that names the step and every problem
 */
async function until(problems: readonly string[], what: string, holds: () => Promise<boolean>) {
  const deadline = Date.now() + deadlineMs;
  while (!(await holds())) {
    if (problems.length > 0) throw stopped(`Not reached: ${what}.`, problems);
    if (Date.now() > deadline) throw stopped(`Not reached in ${deadlineMs} ms: ${what}.`, problems);
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

function stopped(what: string, problems: readonly string[]): Error {
  return new Error([what, ...problems].join('\n'));
}

/**
 * One gift's whole way: form, Stripe's page, booking, public list, campaign page, mail.
 *
 * @throws Error that names the step that was not reached and every problem the local cloud reported
 */
export async function giveWholly(run: WholeRun, giving: Giving): Promise<PaidAtStripe> {
  const paid = await run.pay(giving);
  const shown = giving.hideName ? undefined : giving.displayName;
  const steps: Record<string, () => Promise<boolean>> = {
    'the checkout is paid': async () => (await run.checkout(paid.checkoutId)).status === 'paid',
    'the gift is in the public list': async () =>
      (await run.gifts()).some(
        ({ amount, name }) =>
          amount === (giving.hideAmount ? null : giving.amount) && name === (shown ?? null),
      ),
    'the giver is on the campaign page': async () => (await run.page()).includes(shown ?? 'Anonymous'),
    'the mail is in the inbox': async () =>
      (await run.mails()).some(({ To }) => To.some(({ Address }) => Address === giving.email)),
  };
  for (const [what, holds] of Object.entries(steps)) await run.until(what, holds);
  // A step may be reached although another function fails beside it.
  if (run.cloud.problems.length > 0) throw stopped('The gift arrived, with problems.', run.cloud.problems);
  return paid;
}
