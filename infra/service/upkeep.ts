import { Duration } from 'aws-cdk-lib';
import { eventsPrefix } from '#platform/files/file-keys.ts';
import { Schedules } from '../constructs/schedules.ts';
import { type ServiceParts, workerTimeout } from '../constructs/service-parts.ts';
import { workThrough } from '../constructs/sources.ts';

/** Stripe's objects, read again. */
export function addRefresher(parts: ServiceParts): void {
  const refresher = parts.function('Refresher', {
    name: 'refresher',
    description: "Re-reads Stripe's objects that events reported, and commits their state.",
    timeout: workerTimeout,
  });
  refresher.giveTable(parts.table, ['BatchGetItem', 'ConditionCheckItem', 'PutItem', 'UpdateItem']);
  parts.giveStripeKey(refresher, 'refresher');
  workThrough(refresher, parts.refresh, 2);
}

/** What was left behind, taken up. */
export function addSweep(parts: ServiceParts): void {
  const sweep = parts.function('Sweep', {
    name: 'sweep',
    description: 'Queues again what was left behind; closes finished months.',
    timeout: Duration.minutes(4),
  });
  const actions = ['BatchGetItem', 'ConditionCheckItem', 'DeleteItem', 'PutItem', 'UpdateItem'] as const;
  sweep.giveTable(parts.table, actions, { index: true });
  parts.giveStripeKey(sweep, 'sweep');
  sweep.giveQueue(parts.mail, 'MAIL_QUEUE_URL');
  sweep.giveQueue(parts.refresh, 'REFRESH_QUEUE_URL');
  sweep.giveQueue(parts.exports, 'EXPORTS_QUEUE_URL');
  sweep.addEnvironment('STRIPE_LIVEMODE', String(parts.stage.livemode));
  new Schedules(parts.stack, 'Schedules', {
    target: sweep,
    tasks: [
      { task: 'sweep', expression: 'rate(5 minutes)' },
      { task: 'sweep-undelivered', expression: 'rate(5 minutes)' },
      { task: 'sweep-events', expression: 'cron(0 * * * ? *)' },
      { task: 'roll-up-months', expression: 'cron(5 0 1 * ? *)' },
    ],
    failures: parts.deadLetters('ScheduleFailures', 'schedule-failures'),
  });
}

/** The books, compared with Stripe and added up. */
export function addBooks(parts: ServiceParts): void {
  const books = parts.function('Books', {
    name: 'books',
    description: 'Compares the books with Stripe and adds them up.',
    timeout: Duration.minutes(15),
  });
  const actions = [
    'BatchGetItem',
    'ConditionCheckItem',
    'DeleteItem',
    'PutItem',
    'Query',
    'UpdateItem',
  ] as const;
  books.giveTable(parts.table, actions, { index: true });
  parts.giveStripeKey(books, 'books');
  books.giveFiles(parts.files, eventsPrefix, ['AbortMultipartUpload', 'PutObject'], { onlyNew: true });
  new Schedules(parts.stack, 'BooksSchedules', {
    target: books,
    tasks: [
      { task: 'record-fees', expression: 'cron(10 * * * ? *)' },
      { task: 'match-payouts', expression: 'cron(20 * * * ? *)' },
      { task: 'summarize-accounts', expression: 'cron(30 * * * ? *)' },
      // After the hour's fees.
      { task: 'summarize-funds', expression: 'cron(40 * * * ? *)' },
      { task: 'reconcile', expression: 'cron(15 3 * * ? *)' },
      { task: 'archive-events', expression: 'cron(45 3 * * ? *)' },
    ],
    failures: parts.deadLetters('BooksScheduleFailures', 'books-schedule-failures'),
  });
}
