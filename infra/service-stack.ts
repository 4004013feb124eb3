import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { AlarmingMetric } from '../functions/platform/log.ts';
import { siteRoutes } from '../functions/site/routes.ts';
import { eventTable } from '../functions/stripe/events.ts';
import { Alarms } from './constructs/alarms.ts';
import { FrontDoor } from './constructs/front-door.ts';
import { Schedules } from './constructs/schedules.ts';
import { ServiceFunction, type ServiceFunctionProps } from './constructs/service-function.ts';
import { DeadLetters, WorkQueue } from './constructs/service-queue.ts';
import { readStream, workThrough } from './constructs/sources.ts';
import type { Stage } from './stages.ts';

export interface ServiceStackProps {
  readonly stage: Stage;
  readonly table: TableV2;
}

/** The route that Stripe delivers its events to. */
const webhookRoute = 'POST /stripe/webhook';

/** What only a person can settle, by the name of its metric in namespace `Tideover` (counts, without dimensions). */
const conditions: Readonly<Record<AlarmingMetric, string>> = {
  ParkedWithOurKey: 'A paid event carries our key and finds no checkout: money came that is not booked.',
  BookingMismatch: 'Stripe took other than the checkout asked for: it is booked as taken and listed.',
  UnexpectedLivemode: "An event of Stripe's other mode arrived: an endpoint or a key is of the wrong mode.",
  UnexpectedApiVersion: 'An event of another Stripe API version arrived: pin the endpoint to the right one.',
  MailNeedsPerson: 'A mail was not sent within 23 hours: automatic attempts have ended.',
};

const mailerTimeout = Duration.seconds(60);

/** All that runs: it holds nothing that cannot be deployed again. Each function's whole wiring stands in its own method. */
export class ServiceStack extends Stack {
  readonly #stage: Stage;
  readonly #table: TableV2;
  readonly #alarms: Alarms;
  readonly #door: FrontDoor;
  readonly #mail: WorkQueue;

  constructor(scope: Construct, id: string, { stage, table }: ServiceStackProps) {
    super(scope, id, { description: `Tideover ${stage.name}: API, functions, queues, schedules, alarms.` });
    this.#stage = stage;
    this.#table = table;
    this.#alarms = new Alarms(this, 'Alarms', { mail: stage.alarmMail, monthlyBudget: stage.monthlyBudget });
    this.#door = new FrontDoor(this, 'FrontDoor', { stage, alarms: this.#alarms });
    this.#mail = this.#addMailQueue();
    this.#addSite();
    this.#addStripeWebhook();
    this.#addOutboxRelay();
    this.#addProjector();
    this.#addMailer();
    this.#addSweep();
    this.#watchConditions();
    this.#tellStripeEndpoint();
  }

  #addSite(): void {
    const site = this.#function('Site', {
      name: 'site',
      description: 'Pages and JSON API.',
      timeout: Duration.seconds(20),
      memory: 1024,
    });
    site.giveTable(this.#table, ['BatchGetItem', 'PutItem', 'UpdateItem'], { index: true });
    site.giveSecret('STRIPE_SECRET_KEY_PARAMETER', this.#parameter('stripe-secret-key'));
    site.giveSecret('HASH_KEY_PARAMETER', this.#parameter('hash-key'));
    site.addEnvironment('STRIPE_LIVEMODE', String(this.#stage.livemode));
    site.addEnvironment('SITE_URL', this.#door.url);
    this.#door.route(siteRoutes, site, 'Giving is open to everybody: these pages and calls know no sign-in.');
  }

  #addStripeWebhook(): void {
    const webhook = this.#function('StripeWebhook', {
      name: 'stripe-webhook',
      description: "Books Stripe's events: one transaction each, 2xx only after it.",
      timeout: Duration.seconds(15),
      memory: 1024,
    });
    webhook.giveTable(this.#table, ['PutItem', 'UpdateItem']);
    webhook.giveSecret('STRIPE_WEBHOOK_SECRET_PARAMETER', this.#parameter('stripe-webhook-secret'));
    webhook.addEnvironment('STRIPE_LIVEMODE', String(this.#stage.livemode));
    this.#door.route([webhookRoute], webhook, 'Stripe signs the body; the function checks the signature.');
    const description = 'An event was answered 5xx: Stripe repeats it for three days; read the function log.';
    this.#door.guard(webhookRoute, this.#stage.webhookThrottle, description);
  }

  #addOutboxRelay(): void {
    const relay = this.#function('OutboxRelay', {
      name: 'outbox-relay',
      description: 'Hands new outbox items from the stream to the mail queue.',
      timeout: Duration.seconds(30),
    });
    relay.giveQueue(this.#mail, 'MAIL_QUEUE_URL');
    this.#readStream(relay, 'outbox', ['INSERT']);
  }

  #addProjector(): void {
    const projector = this.#function('Projector', {
      name: 'projector',
      description: "Keeps each campaign's latest public gifts.",
      timeout: Duration.seconds(30),
    });
    projector.giveTable(this.#table, ['BatchGetItem', 'PutItem']);
    this.#readStream(projector, 'gift', ['INSERT', 'MODIFY']);
  }

  #addMailer(): void {
    const mailer = this.#function('Mailer', {
      name: 'mailer',
      description: 'Writes mails and sends them through Resend.',
      timeout: mailerTimeout,
      memory: 1024,
      // resend renders only mails given as React elements, and ours are HTML and text; the others are tags we do not use.
      unreachedModules: ['render', 'code-block', 'markdown', 'tailwind'].map(
        (each) => `@react-email/${each}`,
      ),
    });
    mailer.giveTable(this.#table, ['BatchGetItem', 'PutItem', 'UpdateItem']);
    mailer.giveSecret('RESEND_API_KEY_PARAMETER', this.#parameter('resend-api-key'));
    mailer.giveQueue(this.#mail, 'MAIL_QUEUE_URL');
    mailer.addEnvironment('SITE_URL', this.#door.url);
    workThrough(mailer, this.#mail, 2);
  }

  #addSweep(): void {
    const sweep = this.#function('Sweep', {
      name: 'sweep',
      description: 'Offers again what was left behind; closes finished months.',
      timeout: Duration.minutes(4),
    });
    const actions = ['BatchGetItem', 'DeleteItem', 'PutItem', 'UpdateItem'] as const;
    sweep.giveTable(this.#table, actions, { index: true });
    sweep.giveSecret('STRIPE_SECRET_KEY_PARAMETER', this.#parameter('stripe-secret-key'));
    sweep.giveQueue(this.#mail, 'MAIL_QUEUE_URL');
    sweep.addEnvironment('STRIPE_LIVEMODE', String(this.#stage.livemode));
    new Schedules(this, 'Schedules', {
      target: sweep,
      tasks: [
        { task: 'sweep', expression: 'rate(5 minutes)' },
        { task: 'roll-up-months', expression: 'cron(5 0 1 * ? *)' },
      ],
      failures: this.#deadLetters('ScheduleFailures', 'schedule-failures'),
    });
  }

  #addMailQueue(): WorkQueue {
    const queue = new WorkQueue(this, 'Mail', {
      queueName: `tideover-${this.#stage.name}-mail`,
      // AWS asks for six times the reader's timeout, so that no message is read twice at once.
      visibilityTimeout: Duration.seconds(6 * mailerTimeout.toSeconds()),
      deadLetterQueue: {
        queue: this.#deadLetters('MailDeadLetters', 'mail-dead-letters'),
        maxReceiveCount: 5,
      },
    });
    const age = queue.metricApproximateAgeOfOldestMessage({
      period: Duration.minutes(5),
      statistic: 'Maximum',
    });
    const description = 'A mail has waited for fifteen minutes: look at the mailer and at Resend.';
    this.#alarms.ring('MailWaits', age, description, Duration.minutes(15).toSeconds());
    return queue;
  }

  #watchConditions(): void {
    for (const [metricName, description] of Object.entries(conditions)) {
      const metric = new Metric({
        namespace: 'Tideover',
        metricName,
        statistic: 'Sum',
        period: Duration.minutes(5),
      });
      this.#alarms.ring(metricName, metric, description);
    }
  }

  /** What to enter at Stripe: the endpoint's address and the events that the webhook takes. */
  #tellStripeEndpoint(): void {
    new CfnOutput(this, 'StripeEndpoint', { value: `${this.#door.url}${webhookRoute.replace('POST ', '')}` });
    new CfnOutput(this, 'StripeEvents', { value: Object.keys(eventTable).join(',') });
  }

  #readStream(target: ServiceFunction, entity: string, events: readonly ('INSERT' | 'MODIFY')[]): void {
    const { id } = target.node;
    const failures = this.#deadLetters(`${id}Failures`, `${entity}-stream-failures`);
    readStream(target, { table: this.#table, entity, events, failures, alarms: this.#alarms });
  }

  #deadLetters(id: string, name: string): DeadLetters {
    const queueName = `tideover-${this.#stage.name}-${name}`;
    return new DeadLetters(this, id, { queueName, alarms: this.#alarms });
  }

  #function(id: string, props: Omit<ServiceFunctionProps, 'stage' | 'alarms'>): ServiceFunction {
    return new ServiceFunction(this, id, { ...props, stage: this.#stage, alarms: this.#alarms });
  }

  #parameter(name: string): string {
    return `/tideover/${this.#stage.name}/${name}`;
  }
}
