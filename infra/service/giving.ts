import { CfnOutput, Duration } from 'aws-cdk-lib';
import { openApiDocument } from '#apps/api-document/document.ts';
import { pictureRoute } from '#apps/pictures/pictures-app.ts';
import { siteRoutes } from '#apps/site/routes.ts';
import { eventTable } from '#apps/webhooks/events.ts';
import { resendEventTable } from '#apps/webhooks/resend-events.ts';
import { picturesPrefix } from '#platform/files/file-keys.ts';
import { keys, lists } from '#platform/table/keys.ts';
import { type InvokedFunctions, type ServiceParts, workerTimeout } from '../constructs/service-parts.ts';
import { workThrough } from '../constructs/sources.ts';

/** The route that Stripe delivers its events to. */
export const webhookRoute = 'POST /stripe/webhook';

/** The route that Resend delivers its events to. */
const resendWebhookRoute = 'POST /resend/webhook';

/** The pages and the JSON API. */
export function addSite(parts: ServiceParts): void {
  const site = parts.function('Site', {
    name: 'site',
    description: 'Pages and JSON API.',
    // Longer than any request is worked on (`answerInTime`), and shorter than API Gateway waits.
    timeout: Duration.seconds(28),
    memory: 1024,
    files: 'functions/platform/web/assets',
    // It describes what other functions run, too.
    written: { 'api-document.json': () => JSON.stringify(openApiDocument('https://any-site.example.org')) },
  });
  site.giveItems(
    parts.table,
    [
      {
        actions: ['BatchGetItem'],
        of: [
          keys.campaignList(),
          keys.campaign(''),
          keys.totals('', 0),
          keys.coverage(),
          keys.settings(),
          keys.checkout(''),
          keys.email(''),
          keys.person(''),
          keys.plainPage(''),
          keys.promise(''),
          keys.emailStarts('', ''),
          keys.guard('', '', 0),
          keys.pace('', ''),
          keys.place(''),
        ],
      },
      { actions: ['Query'], of: [keys.fundMonth('', '')] },
      {
        actions: ['PutItem', 'UpdateItem'],
        of: [
          keys.checkout(''),
          keys.email(''),
          keys.person(''),
          keys.promise(''),
          keys.complaint(''),
          keys.emailStarts('', ''),
          keys.guard('', '', 0),
          keys.pace('', ''),
          // The places of networks stand below the same.
          keys.limit(''),
          keys.outbox(''),
        ],
      },
      { actions: ['DeleteItem'], of: [keys.checkout(''), keys.person('')] },
    ],
    [lists.payments('', '', 0)],
  );
  parts.giveStripeKey(site, 'site');
  site.giveSecret('HASH_KEY_PARAMETER', parts.parameter('hash-key'));
  site.addEnvironment('STRIPE_LIVEMODE', String(parts.stage.livemode));
  site.addEnvironment('SITE_URL', parts.door.url);
  const open = 'Giving is open to everybody: these pages and calls know no sign-in.';
  parts.door.route(siteRoutes, site, open);
  parts.door.fallback(site, parts.stage.fallbackThrottle, open);
}

/** The photos of public pages: beside the site, which then needs no client of S3 when it starts. */
export function addPictures(parts: ServiceParts): void {
  const pictures = parts.function('Pictures', {
    name: 'pictures',
    description: 'Serves the photos of public pages.',
    timeout: Duration.seconds(10),
  });
  pictures.giveFiles(parts.files, picturesPrefix, ['GetObject']);
  parts.door.route([pictureRoute], pictures, 'Photos of public pages are open to everybody.');
}

/** Stripe's events in. */
export function addStripeWebhook(parts: ServiceParts): void {
  const webhook = parts.function('StripeWebhook', {
    name: 'stripe-webhook',
    description: "Books Stripe's events: one transaction each, 2xx only after it.",
    timeout: Duration.seconds(15),
    memory: 1024,
  });
  webhook.giveItems(parts.table, [
    {
      // Only a payment of a month that may be closed, a card declined after many, and refunds read and check.
      actions: ['BatchGetItem', 'ConditionCheckItem'],
      of: [
        keys.checkout(''),
        keys.closedMonth(''),
        keys.payment(''),
        keys.refund(''),
        keys.refundRequest(''),
      ],
    },
    {
      actions: ['PutItem', 'UpdateItem'],
      of: [
        keys.attention('', ''),
        keys.checkout(''),
        keys.payment(''),
        keys.guard('', '', 0),
        keys.ledgerEntry('', ''),
        keys.limit(''),
        keys.outbox(''),
        keys.parked(''),
        keys.parkedRefund('', 'refund'),
        keys.payout(''),
        keys.person(''),
        keys.refund(''),
        keys.refundRequest(''),
        keys.totals('', 0),
        keys.touchedMonth(''),
      ],
    },
    {
      actions: ['DeleteItem'],
      of: [keys.attention('', ''), keys.parked(''), keys.parkedRefund('', 'refund')],
    },
  ]);
  webhook.giveSecret('STRIPE_WEBHOOK_SECRET_PARAMETER', parts.parameter('stripe-webhook-secret'));
  webhook.addEnvironment('STRIPE_LIVEMODE', String(parts.stage.livemode));
  parts.door.route([webhookRoute], webhook, 'Stripe signs the body; the function checks the signature.');
  parts.door.throttle(webhookRoute, parts.stage.webhookThrottle, { metrics: true });
}

/** Resend's events in. */
export function addResendWebhook(parts: ServiceParts): void {
  const webhook = parts.function('ResendWebhook', {
    name: 'resend-webhook',
    description: 'Keeps which mails did not reach their readers, as Resend tells it.',
    timeout: Duration.seconds(15),
    // resend renders only mails given as React elements, and this function sends none.
    unreachedModules: ['@react-email/render'],
  });
  webhook.giveItems(parts.table, [
    { actions: ['PutItem', 'UpdateItem'], of: [keys.attention('', ''), keys.person('')] },
  ]);
  webhook.giveSecret('RESEND_WEBHOOK_SECRET_PARAMETER', parts.parameter('resend-webhook-secret'));
  parts.door.route(
    [resendWebhookRoute],
    webhook,
    'Resend signs the body; the function checks the signature.',
  );
  parts.door.throttle(resendWebhookRoute, parts.stage.webhookThrottle);
}

/** From the outbox to those who do what it says. */
export function addOutboxRelay(parts: ServiceParts, invoked: InvokedFunctions): void {
  const relay = parts.function('OutboxRelay', {
    name: 'outbox-relay',
    description: 'Hands new outbox items of the stream on.',
    timeout: Duration.seconds(30),
  });
  parts.giveChannels(relay, invoked);
  relay.giveItems(parts.table, [{ actions: ['PutItem'], of: [keys.pulseSeen('')] }]);
  parts.readStream(relay, 'outbox', ['INSERT']);
}

/** From gifts to what the public sees of them. */
export function addProjector(parts: ServiceParts): void {
  const projector = parts.function('Projector', {
    name: 'projector',
    description: "Keeps each campaign's latest public gifts.",
    timeout: Duration.seconds(30),
  });
  projector.giveTable(
    parts.table,
    ['BatchGetItem', 'PartiQLInsert', 'PartiQLUpdate', 'PutItem', 'UpdateItem'],
    { index: true },
  );
  parts.readStream(projector, 'payment', ['INSERT', 'MODIFY']);
}

/** From the queue to the mails. */
export function addMailer(parts: ServiceParts): void {
  const mailer = parts.function('Mailer', {
    name: 'mailer',
    description: 'Writes mails and sends them through Resend.',
    timeout: workerTimeout,
    memory: 1024,
    // resend renders only mails given as React elements, and ours are HTML and text; the others are tags we do not use.
    unreachedModules: ['render', 'code-block', 'markdown', 'tailwind'].map((each) => `@react-email/${each}`),
  });
  mailer.giveTable(parts.table, ['BatchGetItem', 'PutItem', 'UpdateItem']);
  mailer.giveSecret('RESEND_API_KEY_PARAMETER', parts.parameter('resend-api-key'));
  // The secrets of trustees' links are made by it, and stand in no item.
  mailer.giveSecret('HASH_KEY_PARAMETER', parts.parameter('hash-key'));
  mailer.giveQueue(parts.mail, 'MAIL_QUEUE_URL');
  mailer.addEnvironment('SITE_URL', parts.door.url);
  workThrough(mailer, parts.mail, 2);
}

/** What to enter at Stripe: the endpoint's address and the events that the webhook takes. */
export function tellStripeEndpoint(parts: ServiceParts): void {
  new CfnOutput(parts.stack, 'StripeEndpoint', {
    value: `${parts.door.url}${webhookRoute.replace('POST ', '')}`,
  });
  new CfnOutput(parts.stack, 'StripeEvents', { value: Object.keys(eventTable).join(',') });
}

/** What to enter at Resend: the endpoint's address and the events that the webhook takes. */
export function tellResendEndpoint(parts: ServiceParts): void {
  const value = `${parts.door.url}${resendWebhookRoute.replace('POST ', '')}`;
  new CfnOutput(parts.stack, 'ResendEndpoint', { value });
  new CfnOutput(parts.stack, 'ResendEvents', { value: Object.keys(resendEventTable).join(',') });
}
