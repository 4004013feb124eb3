import { Duration } from 'aws-cdk-lib';
import { eventsPrefix } from '#platform/files/file-keys.ts';
import { Schedules } from '../constructs/schedules.ts';
import type { ServiceFunction } from '../constructs/service-function.ts';
import {
  everyAction,
  type InvokedFunctions,
  type ServiceParts,
  workerTimeout,
} from '../constructs/service-parts.ts';
import { workThrough } from '../constructs/sources.ts';

/** What events asked for: Stripe's objects, read again. */
export function addWorker(parts: ServiceParts): void {
  const worker = parts.function('Worker', {
    name: 'worker',
    description: "Does what events asked for: re-reads Stripe's objects, and commits their state.",
    timeout: workerTimeout,
  });
  worker.giveTable(parts.table, ['BatchGetItem', 'ConditionCheckItem', 'PutItem', 'UpdateItem']);
  parts.giveStripeKey(worker, 'worker');
  workThrough(worker, parts.work, 2);
}

/** What was left behind, taken up. */
export function addSweep(parts: ServiceParts, invoked: InvokedFunctions): ServiceFunction {
  const sweep = parts.function('Sweep', {
    name: 'sweep',
    description: 'Takes up what was left behind.',
    timeout: Duration.minutes(4),
    // It mostly waits, and runs nine thousand times a month.
    memory: 256,
  });
  sweep.giveTable(parts.table, [...everyAction, 'PartiQLInsert'], { index: true });
  parts.giveStripeKey(sweep, 'sweep');
  // The words of names are found by their keyed hashes.
  sweep.giveSecret('HASH_KEY_PARAMETER', parts.parameter('hash-key'));
  parts.giveChannels(sweep, invoked);
  sweep.addEnvironment('STRIPE_LIVEMODE', String(parts.stage.livemode));
  new Schedules(parts.stack, 'Schedules', {
    target: sweep,
    tasks: [{ task: 'sweep', expression: 'rate(5 minutes)' }],
    failures: parts.deadLetters,
  });
  return sweep;
}

/** The books, compared with Stripe and added up. */
export function addBooks(parts: ServiceParts): void {
  const books = parts.function('Books', {
    name: 'books',
    description: 'Compares the books with Stripe, adds them up and closes months.',
    timeout: Duration.minutes(15),
  });
  books.giveTable(parts.table, [...everyAction, 'PartiQLInsert'], { index: true });
  parts.giveStripeKey(books, 'books');
  books.giveSecret('HASH_KEY_PARAMETER', parts.parameter('hash-key'));
  books.giveFiles(parts.files, eventsPrefix, ['AbortMultipartUpload', 'PutObject'], { onlyNew: true });
  new Schedules(parts.stack, 'BooksSchedules', {
    target: books,
    tasks: [
      { task: 'books', expression: 'cron(10 * * * ? *)' },
      { task: 'night', expression: 'cron(15 3 * * ? *)' },
      { task: 'month', expression: 'cron(5 0 1 * ? *)' },
    ],
    failures: parts.deadLetters,
  });
}
