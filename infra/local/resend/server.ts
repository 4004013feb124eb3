import { Hono } from 'hono';
import { refuseFrames } from '../same-site.ts';
import { type PortChoice, serveLocally } from '../serve.ts';
import { createResendApi } from './api.ts';
import { Fates } from './fates.ts';
import { Inbox } from './inbox.ts';
import { createInboxRoutes } from './inbox-routes.tsx';
import { createMailpitApi } from './mailpit.ts';
import { createOutage } from './outage.ts';
import { Troubles } from './troubles.ts';
import { MailWebhooks, type WebhookEndpoint } from './webhooks.ts';

/** How a local Resend is started. */
interface LocalResendOptions {
  readonly port: PortChoice;
  /** The API key that it accepts. */
  readonly apiKey: string;
  /** Where events about mails go and what signs them; without it none are sent. */
  readonly webhook?: WebhookEndpoint;
  /** Milliseconds since 1970; decides rate limit, expiry of idempotency keys, and dates. */
  readonly now?: () => number;
  /** Awaited after validation and before an email is taken; a test holds a request open with it. */
  readonly accepting?: () => Promise<void>;
}

/** A local Resend that is listening. */
export interface LocalResend {
  /** Where Resend's API, the inbox page and the Mailpit JSON answer; without a trailing slash. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts Resend's sending API with an inbox behind it. Mails stay in memory and reach nobody.
 *
 * @throws PortTakenError when an explicit port is taken
 */
export async function startLocalResend(options: LocalResendOptions): Promise<LocalResend> {
  const webhooks = options.webhook && new MailWebhooks(options.webhook);
  const app = createLocalResend(options, webhooks);
  const server = await serveLocally((request) => app.fetch(request), options.port);
  return {
    url: server.url,
    close: () => {
      webhooks?.close();
      return server.close();
    },
  };
}

function createLocalResend(
  { apiKey, now = Date.now, accepting = async () => {} }: LocalResendOptions,
  webhooks: MailWebhooks | undefined,
): Hono {
  const inbox = new Inbox(now);
  const fates = new Fates(now, webhooks);
  const outage = createOutage();
  const troubles = new Troubles();
  const app = new Hono();
  app.use(refuseFrames);
  app.use('/emails/*', outage.guard);
  app.route('/', outage.routes);
  app.route('/', createMailpitApi(inbox));
  app.route('/', createInboxRoutes(inbox, fates, troubles));
  app.route('/', createResendApi({ inbox, fates, troubles, apiKey, now, accepting }));
  return app;
}
