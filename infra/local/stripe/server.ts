import { Hono } from 'hono';
import { refuseFrames } from '../same-site.ts';
import { type PortChoice, serveLocally } from '../serve.ts';
import type { Account } from './account/account.ts';
import { Schedule } from './account/schedule.ts';
import { type AccountSettings, hongKongAccount } from './account/settings.ts';
import { Store, type StoredEvent } from './account/store.ts';
import { Webhooks } from './account/webhooks.ts';
import { createApi } from './api.ts';
import { createControls } from './pages/controls.tsx';
import { createHostedPages } from './pages/hosted-pages.tsx';
import { Past } from './past.ts';
import { ApiError } from './protocol/errors.ts';
import type { RestrictedKeyRights } from './protocol/key-rights.ts';
import { json } from './protocol/operation.ts';

export interface LocalStripeOptions {
  readonly port: PortChoice;
  /** The account's secret key. Any other `sk_test_` or `rk_test_` key is taken too. */
  readonly secretKey: string;
  /** Restricted keys, each with all that it may do. */
  readonly restrictedKeys?: ReadonlyMap<string, RestrictedKeyRights>;
  /** Where webhooks go; a function is asked before each delivery. */
  readonly webhookUrl: string | (() => string);
  /** Signs webhooks, such as `whsec_…`. */
  readonly webhookSecret: string;
  /** The charity's name, as the hosted page shows it. */
  readonly accountName: string;
  /** Milliseconds since 1970, for tests of expiry. The system's clock when absent. */
  readonly clock?: () => number;
  /** Fees, limits and delays. A Hong Kong account's when absent. */
  readonly settings?: AccountSettings;
}

/** A local Stripe that is listening. */
export interface LocalStripe {
  readonly url: string;
  /**
   * Lets something happen at a moment of the past, and what Stripe itself does a moment after it. The webhook gets no event of it.
   *
   * @param happen is given the account; what calls the API meanwhile happens at the same moment
   * @returns its events, oldest first, which count as delivered
   * @throws Error while another moment is played
   */
  inThePast(moment: Date, happen: (account: Account) => unknown): Promise<readonly StoredEvent[]>;
  /** What Stripe does by itself at a later time: Sessions end, events are delivered again. */
  readonly later: Pick<Schedule, 'next' | 'run'>;
  /** Frees the port and stops all deliveries. */
  close(): Promise<void>;
}

/**
 * Starts the local Stripe: API below `/v1`, hosted page below `/c`, list of everything at `/`, controls below `/__local`.
 *
 * @throws PortTakenError when an explicit port is taken
 */
export async function startLocalStripe(options: LocalStripeOptions): Promise<LocalStripe> {
  const past = new Past(options.clock ?? Date.now);
  const clock = () => past.now();
  const settings = options.settings ?? hongKongAccount;
  const store = new Store();
  const schedule = new Schedule(clock);
  const { webhookUrl } = options;
  const endpoint = {
    url: typeof webhookUrl === 'string' ? () => webhookUrl : webhookUrl,
    secret: options.webhookSecret,
  };
  const webhooks = new Webhooks(store, schedule, settings, endpoint, clock);
  let origin = '';
  const account: Account = {
    name: options.accountName,
    settings,
    store,
    now: () => Math.floor(clock() / 1000),
    later: (seconds, task) => schedule.add(seconds, task),
    announce: (eventId) => {
      const event = store.events.find(eventId);
      if (event && !past.takes(event)) webhooks.announce(event);
    },
    url: (path) => `${origin}${path}`,
  };
  const app = createApp(account, webhooks, schedule, {
    secret: options.secretKey,
    restricted: options.restrictedKeys ?? new Map(),
  });
  const server = await serveLocally((request) => app.fetch(request), options.port);
  origin = server.url;
  return {
    url: server.url,
    later: schedule,
    inThePast: (moment, happen) =>
      past.play(moment, async () => {
        await happen(account);
        past.pass(settings.balanceTransactionDelay);
        schedule.runDue();
      }),
    close: async () => {
      webhooks.close();
      await schedule.close();
      await server.close();
    },
  };
}

function createApp(
  account: Account,
  webhooks: Webhooks,
  schedule: Schedule,
  keys: Parameters<typeof createApi>[2],
): Hono {
  const app = new Hono();
  app.use(refuseFrames);
  app.use(async (_context, next) => {
    schedule.runDue();
    await next();
  });
  app.route('/v1', createApi(account, webhooks, keys));
  app.route('/', createHostedPages(account));
  app.route('/', createControls(account, webhooks));
  app.onError((error) => {
    if (error instanceof ApiError) return json({ error: error.body }, error.status);
    process.stderr.write(`local Stripe: ${error.stack ?? error.message}\n`);
    return json({ error: { type: 'api_error', message: 'The local Stripe failed; its log says why.' } }, 500);
  });
  return app;
}
