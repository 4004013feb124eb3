import { Duration, type Stack } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Alarms } from './alarms.ts';
import { FrontDoor } from './front-door.ts';
import { ServiceFunction, type ServiceFunctionProps } from './service-function.ts';
import { DeadLetters, WorkQueue } from './service-queue.ts';
import { readStream } from './sources.ts';
import type { Stage } from './stage.ts';
import { type StripeKeyOwner, stripeKeyParameter } from './stripe-key-rights.ts';

/**
 * How long a function may work through what it took from a queue: Stripe has eight seconds for a try and one more, and a refresh
 * asks a few times.
 */
export const workerTimeout = Duration.seconds(60);

/** How long an export may be written: 100,000 gifts take eight seconds of CPU and some 2,000 reads (npm run bench -- export). */
export const exportTimeout = Duration.minutes(10);

/** What the functions of the service stack are wired to, and the ways in which each is made. */
export class ServiceParts {
  readonly stack: Stack;
  readonly stage: Stage;
  readonly table: TableV2;
  readonly files: Bucket;
  readonly alarms: Alarms;
  readonly door: FrontDoor;
  readonly mail: WorkQueue;
  readonly refresh: WorkQueue;
  readonly exports: WorkQueue;

  constructor(
    stack: Stack,
    { stage, table, files }: { readonly stage: Stage; readonly table: TableV2; readonly files: Bucket },
  ) {
    this.stack = stack;
    this.stage = stage;
    this.table = table;
    this.files = files;
    this.alarms = new Alarms(stack, 'Alarms', { mail: stage.alarmMail });
    this.door = new FrontDoor(stack, 'FrontDoor', { stage, alarms: this.alarms });
    this.mail = this.workQueue(
      'Mail',
      'A mail has waited for fifteen minutes: look at the mailer and at Resend.',
    );
    this.refresh = this.workQueue(
      'Refresh',
      'A refresh has waited for fifteen minutes: look at the refresher and at Stripe.',
    );
    this.exports = this.workQueue(
      'Exports',
      'An export has waited for fifteen minutes: look at the exporter.',
      exportTimeout,
    );
  }

  function(id: string, props: Omit<ServiceFunctionProps, 'stage' | 'alarms'>): ServiceFunction {
    return new ServiceFunction(this.stack, id, { ...props, stage: this.stage, alarms: this.alarms });
  }

  /** A queue with its dead letters, and an alarm that rings when a message has waited for fifteen minutes. */
  workQueue(id: string, waits: string, readerTimeout = workerTimeout): WorkQueue {
    const name = id.toLowerCase();
    const queue = new WorkQueue(this.stack, id, {
      queueName: `tideover-${this.stage.name}-${name}`,
      // AWS asks for six times the reader's timeout, so that no message is read twice at once.
      visibilityTimeout: Duration.seconds(6 * readerTimeout.toSeconds()),
      deadLetterQueue: {
        queue: this.deadLetters(`${id}DeadLetters`, `${name}-dead-letters`),
        maxReceiveCount: 5,
      },
    });
    const age = queue.metricApproximateAgeOfOldestMessage({
      period: Duration.minutes(5),
      statistic: 'Maximum',
    });
    this.alarms.ring(`${id}Waits`, age, waits, Duration.minutes(15).toSeconds());
    return queue;
  }

  /** The queue where what a source could not deliver waits for a person. */
  deadLetters(id: string, name: string): DeadLetters {
    const queueName = `tideover-${this.stage.name}-${name}`;
    return new DeadLetters(this.stack, id, { queueName, alarms: this.alarms });
  }

  /** Lets a function read the table's stream for items of one entity. */
  readStream(target: ServiceFunction, entity: string, events: readonly ('INSERT' | 'MODIFY')[]): void {
    const failures = this.deadLetters(`${target.node.id}Failures`, `${entity}-stream-failures`);
    readStream(target, { table: this.table, entity, events, failures, alarms: this.alarms });
  }

  /** Gives a function its own restricted key of Stripe. */
  giveStripeKey(to: ServiceFunction, owner: StripeKeyOwner): void {
    to.giveSecret('STRIPE_SECRET_KEY_PARAMETER', this.parameter(stripeKeyParameter(owner)));
  }

  /** The name of a secret in SSM. */
  parameter(name: string): string {
    return `/tideover/${this.stage.name}/${name}`;
  }
}
