import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { resendEventTable } from '../functions/mail/resend-events.ts';
import { siteRoutes } from '../functions/site/routes.ts';
import { staffRoutes } from '../functions/staff/routes.ts';
import { eventTable } from '../functions/stripe/events.ts';
import { Alarms } from './constructs/alarms.ts';
import { FrontDoor } from './constructs/front-door.ts';
import { Schedules } from './constructs/schedules.ts';
import { ServiceFunction, type ServiceFunctionProps } from './constructs/service-function.ts';
import { DeadLetters, WorkQueue } from './constructs/service-queue.ts';
import { readStream, workThrough } from './constructs/sources.ts';
import { watchConditions } from './constructs/watch-conditions.ts';
import type { SignIn, Stage } from './stages.ts';

export interface ServiceStackProps {
  readonly stage: Stage;
  readonly table: TableV2;
}

/** The route that Stripe delivers its events to. */
const webhookRoute = 'POST /stripe/webhook';

/** The route that Resend delivers its events to. */
const resendWebhookRoute = 'POST /resend/webhook';

const mailerTimeout = Duration.seconds(60);
/** Stripe has eight seconds for a try and one more; a refresh asks a few times. */
const refresherTimeout = Duration.seconds(60);

/** All that runs: it holds nothing that cannot be deployed again. Each function's whole wiring stands in its own method. */
export class ServiceStack extends Stack {
  readonly #stage: Stage;
  readonly #table: TableV2;
  readonly #alarms: Alarms;
  readonly #door: FrontDoor;
  readonly #mail: WorkQueue;
  readonly #refresh: WorkQueue;

  constructor(scope: Construct, id: string, { stage, table }: ServiceStackProps) {
    super(scope, id, { description: `Tideover ${stage.name}: API, functions, queues, schedules, alarms.` });
    this.#stage = stage;
    this.#table = table;
    this.#alarms = new Alarms(this, 'Alarms', { mail: stage.alarmMail, monthlyBudget: stage.monthlyBudget });
    this.#door = new FrontDoor(this, 'FrontDoor', { stage, alarms: this.#alarms });
    this.#mail = this.#addMailQueue();
    this.#refresh = this.#addRefreshQueue();
    this.#addSite();
    this.#addStripeWebhook();
    this.#addResendWebhook();
    this.#addOutboxRelay();
    this.#addProjector();
    this.#addMailer();
    this.#addRefresher();
    this.#addSweep();
    this.#addBooks();
    if (stage.signIn) this.#addStaff(stage.signIn);
    watchConditions(this.#alarms);
    this.#tellStripeEndpoint();
    this.#tellResendEndpoint();
  }

  #addSite(): void {
    const site = this.#function('Site', {
      name: 'site',
      description: 'Pages and JSON API.',
      timeout: Duration.seconds(20),
      memory: 1024,
      files: 'functions/site/assets',
    });
    site.giveTable(this.#table, ['BatchGetItem', 'DeleteItem', 'PutItem', 'Query', 'UpdateItem'], {
      index: true,
    });
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
    const actions = ['BatchGetItem', 'ConditionCheckItem', 'DeleteItem', 'PutItem', 'UpdateItem'] as const;
    // Only a payment of a month that may be closed reads, and checks.
    webhook.giveTable(this.#table, actions);
    webhook.giveSecret('STRIPE_WEBHOOK_SECRET_PARAMETER', this.#parameter('stripe-webhook-secret'));
    webhook.addEnvironment('STRIPE_LIVEMODE', String(this.#stage.livemode));
    this.#door.route([webhookRoute], webhook, 'Stripe signs the body; the function checks the signature.');
    const description = 'An event was answered 5xx: Stripe repeats it for three days; read the function log.';
    this.#door.guard(webhookRoute, this.#stage.webhookThrottle, description);
  }

  #addResendWebhook(): void {
    const webhook = this.#function('ResendWebhook', {
      name: 'resend-webhook',
      description: 'Keeps which mails did not reach their readers, as Resend tells it.',
      timeout: Duration.seconds(15),
      // resend renders only mails given as React elements, and this function sends none.
      unreachedModules: ['@react-email/render'],
    });
    webhook.giveTable(this.#table, ['PutItem', 'UpdateItem']);
    webhook.giveSecret('RESEND_WEBHOOK_SECRET_PARAMETER', this.#parameter('resend-webhook-secret'));
    this.#door.route(
      [resendWebhookRoute],
      webhook,
      'Resend signs the body; the function checks the signature.',
    );
    const description =
      'An event of Resend was answered 5xx: it repeats it for a day; read the function log.';
    this.#door.guard(resendWebhookRoute, this.#stage.webhookThrottle, description);
  }

  #addOutboxRelay(): void {
    const relay = this.#function('OutboxRelay', {
      name: 'outbox-relay',
      description: 'Hands new outbox items from the stream to the queue of their channel.',
      timeout: Duration.seconds(30),
    });
    relay.giveQueue(this.#mail, 'MAIL_QUEUE_URL');
    relay.giveQueue(this.#refresh, 'REFRESH_QUEUE_URL');
    this.#readStream(relay, 'outbox', ['INSERT']);
  }

  #addProjector(): void {
    const projector = this.#function('Projector', {
      name: 'projector',
      description: "Keeps each campaign's latest public gifts.",
      timeout: Duration.seconds(30),
    });
    projector.giveTable(this.#table, ['BatchGetItem', 'PutItem'], { index: true });
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

  #addRefresher(): void {
    const refresher = this.#function('Refresher', {
      name: 'refresher',
      description: "Re-reads Stripe's objects that events told of, and commits their state.",
      timeout: refresherTimeout,
    });
    refresher.giveTable(this.#table, ['BatchGetItem', 'ConditionCheckItem', 'PutItem', 'UpdateItem']);
    refresher.giveSecret('STRIPE_SECRET_KEY_PARAMETER', this.#parameter('stripe-secret-key'));
    workThrough(refresher, this.#refresh, 2);
  }

  #addSweep(): void {
    const sweep = this.#function('Sweep', {
      name: 'sweep',
      description: 'Offers again what was left behind; closes finished months.',
      timeout: Duration.minutes(4),
    });
    const actions = ['BatchGetItem', 'ConditionCheckItem', 'DeleteItem', 'PutItem', 'UpdateItem'] as const;
    sweep.giveTable(this.#table, actions, { index: true });
    sweep.giveSecret('STRIPE_SECRET_KEY_PARAMETER', this.#parameter('stripe-secret-key'));
    sweep.giveQueue(this.#mail, 'MAIL_QUEUE_URL');
    sweep.giveQueue(this.#refresh, 'REFRESH_QUEUE_URL');
    sweep.addEnvironment('STRIPE_LIVEMODE', String(this.#stage.livemode));
    new Schedules(this, 'Schedules', {
      target: sweep,
      tasks: [
        { task: 'sweep', expression: 'rate(5 minutes)' },
        { task: 'sweep-events', expression: 'rate(1 hour)' },
        { task: 'roll-up-months', expression: 'cron(5 0 1 * ? *)' },
      ],
      failures: this.#deadLetters('ScheduleFailures', 'schedule-failures'),
    });
  }

  #addBooks(): void {
    const books = this.#function('Books', {
      name: 'books',
      description: 'Compares the books with Stripe and adds them up.',
      timeout: Duration.minutes(15),
    });
    const actions = ['BatchGetItem', 'ConditionCheckItem', 'PutItem', 'Query', 'UpdateItem'] as const;
    books.giveTable(this.#table, actions, { index: true });
    books.giveSecret('STRIPE_SECRET_KEY_PARAMETER', this.#parameter('stripe-secret-key'));
    new Schedules(this, 'BooksSchedules', {
      target: books,
      tasks: [
        { task: 'record-fees', expression: 'cron(10 * * * ? *)' },
        { task: 'match-payouts', expression: 'cron(20 * * * ? *)' },
        { task: 'summarize-accounts', expression: 'cron(30 * * * ? *)' },
        // After the hour's fees.
        { task: 'summarize-funds', expression: 'cron(40 * * * ? *)' },
      ],
      failures: this.#deadLetters('BooksScheduleFailures', 'books-schedule-failures'),
    });
  }

  #addStaff(signIn: SignIn): void {
    const staff = this.#function('Staff', {
      name: 'staff',
      description: "The staff's operations, behind the sign-in.",
      timeout: Duration.seconds(20),
    });
    const actions = [
      'BatchGetItem',
      'ConditionCheckItem',
      'DeleteItem',
      'PutItem',
      'Query',
      'UpdateItem',
    ] as const;
    staff.giveTable(this.#table, actions, { index: true });
    staff.giveSecret('STRIPE_SECRET_KEY_PARAMETER', this.#parameter('stripe-secret-key'));
    staff.addEnvironment('ROLES_CLAIM', signIn.rolesClaim);
    this.#door.routeSignedIn(staffRoutes, staff, signIn);
  }

  #addMailQueue(): WorkQueue {
    const queue = this.#workQueue('Mail', 'mail', mailerTimeout);
    const description = 'A mail has waited for fifteen minutes: look at the mailer and at Resend.';
    this.#ringWhenOld('MailWaits', queue, description);
    return queue;
  }

  #addRefreshQueue(): WorkQueue {
    const queue = this.#workQueue('Refresh', 'refresh', refresherTimeout);
    const description = 'A refresh has waited for fifteen minutes: look at the refresher and at Stripe.';
    this.#ringWhenOld('RefreshWaits', queue, description);
    return queue;
  }

  #workQueue(id: string, name: string, readerTimeout: Duration): WorkQueue {
    return new WorkQueue(this, id, {
      queueName: `tideover-${this.#stage.name}-${name}`,
      // AWS asks for six times the reader's timeout, so that no message is read twice at once.
      visibilityTimeout: Duration.seconds(6 * readerTimeout.toSeconds()),
      deadLetterQueue: {
        queue: this.#deadLetters(`${id}DeadLetters`, `${name}-dead-letters`),
        maxReceiveCount: 5,
      },
    });
  }

  #ringWhenOld(id: string, queue: WorkQueue, description: string): void {
    const age = queue.metricApproximateAgeOfOldestMessage({
      period: Duration.minutes(5),
      statistic: 'Maximum',
    });
    this.#alarms.ring(id, age, description, Duration.minutes(15).toSeconds());
  }

  /** What to enter at Stripe: the endpoint's address and the events that the webhook takes. */
  #tellStripeEndpoint(): void {
    new CfnOutput(this, 'StripeEndpoint', { value: `${this.#door.url}${webhookRoute.replace('POST ', '')}` });
    new CfnOutput(this, 'StripeEvents', { value: Object.keys(eventTable).join(',') });
  }

  /** What to enter at Resend: the endpoint's address and the events that the webhook takes. */
  #tellResendEndpoint(): void {
    const value = `${this.#door.url}${resendWebhookRoute.replace('POST ', '')}`;
    new CfnOutput(this, 'ResendEndpoint', { value });
    new CfnOutput(this, 'ResendEvents', { value: Object.keys(resendEventTable).join(',') });
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
