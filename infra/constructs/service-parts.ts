import { Duration, type Stack } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { FrontDoor } from './front-door.ts';
import { ServiceFunction, type ServiceFunctionProps, type TableAction } from './service-function.ts';
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

/** What the staff and the schedules do with the table. */
export const everyAction = [
  'BatchGetItem',
  'ConditionCheckItem',
  'DeleteItem',
  'PutItem',
  'Query',
  'UpdateItem',
] as const satisfies readonly TableAction[];

/** What is invoked asynchronously: rare, and asked for by the staff. */
export interface InvokedFunctions {
  readonly exporter: ServiceFunction;
  readonly pictureMaker: ServiceFunction;
}

/** What the functions of the service stack are wired to, and the ways in which each is made. */
export class ServiceParts {
  readonly stack: Stack;
  readonly stage: Stage;
  readonly table: TableV2;
  readonly files: Bucket;
  readonly door: FrontDoor;
  readonly mail: WorkQueue;
  readonly work: WorkQueue;
  /** Where all that was given up waits for a person. */
  readonly deadLetters: DeadLetters;

  constructor(
    stack: Stack,
    { stage, table, files }: { readonly stage: Stage; readonly table: TableV2; readonly files: Bucket },
  ) {
    this.stack = stack;
    this.stage = stage;
    this.table = table;
    this.files = files;
    this.door = new FrontDoor(stack, 'FrontDoor', { stage });
    this.deadLetters = new DeadLetters(stack, 'DeadLetters', {
      queueName: `tideover-${stage.name}-dead-letters`,
    });
    this.mail = this.#workQueue('Mail');
    this.work = this.#workQueue('Work');
  }

  function(id: string, props: Omit<ServiceFunctionProps, 'stage'>): ServiceFunction {
    return new ServiceFunction(this.stack, id, { ...props, stage: this.stage });
  }

  #workQueue(id: string): WorkQueue {
    return new WorkQueue(this.stack, id, {
      queueName: `tideover-${this.stage.name}-${id.toLowerCase()}`,
      // AWS asks for six times the reader's timeout, so that no message is read twice at once.
      visibilityTimeout: Duration.seconds(6 * workerTimeout.toSeconds()),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 5 },
    });
  }

  /** Lets a function read the table's stream for items of one entity. */
  readStream(target: ServiceFunction, entity: string, events: readonly ('INSERT' | 'MODIFY')[]): void {
    readStream(target, { table: this.table, entity, events, failures: this.deadLetters });
  }

  /** Lets a function hand outbox messages on: to the queues, and to what is invoked asynchronously. */
  giveChannels(to: ServiceFunction, { exporter, pictureMaker }: InvokedFunctions): void {
    to.giveQueue(this.mail, 'MAIL_QUEUE_URL');
    to.giveQueue(this.work, 'WORK_QUEUE_URL');
    to.addEnvironment('EXPORTER_NAME', exporter.functionName);
    to.addEnvironment('PICTURE_MAKER_NAME', pictureMaker.functionName);
    to.allow(['lambda:InvokeFunction'], exporter.functionArn);
    to.allow(['lambda:InvokeFunction'], pictureMaker.functionArn);
  }

  /** Whether Stripe takes payments. */
  get takesCards(): boolean {
    return this.stage.payments !== 'none';
  }

  /** Gives a function its own restricted key of Stripe, where Stripe takes payments; without the key it does without Stripe. */
  giveStripeKey(to: ServiceFunction, owner: StripeKeyOwner): void {
    if (!this.takesCards) return;
    to.giveSecret('STRIPE_SECRET_KEY_PARAMETER', this.parameter(stripeKeyParameter(owner)));
  }

  /** The name of a secret in SSM. */
  parameter(name: string): string {
    return `/tideover/${this.stage.name}/${name}`;
  }
}
