import { beforeAll, describe, expect, it } from 'vitest';
import { type Resource, resourcesOf, synthesize } from '../support/synthesis.ts';

/** The variables of each function: what it is given, by the names that its configuration reads. */
const variables: Record<string, string[]> = {
  'tideover-dev-site': [
    'HASH_KEY_PARAMETER',
    'SITE_URL',
    'STRIPE_LIVEMODE',
    'STRIPE_SECRET_KEY_PARAMETER',
    'TABLE_NAME',
  ],
  'tideover-dev-stripe-webhook': ['STRIPE_LIVEMODE', 'STRIPE_WEBHOOK_SECRET_PARAMETER', 'TABLE_NAME'],
  'tideover-dev-resend-webhook': ['RESEND_WEBHOOK_SECRET_PARAMETER', 'TABLE_NAME'],
  'tideover-dev-outbox-relay': ['EXPORTS_QUEUE_URL', 'MAIL_QUEUE_URL', 'REFRESH_QUEUE_URL'],
  'tideover-dev-projector': ['TABLE_NAME'],
  'tideover-dev-mailer': ['MAIL_QUEUE_URL', 'RESEND_API_KEY_PARAMETER', 'SITE_URL', 'TABLE_NAME'],
  'tideover-dev-refresher': ['STRIPE_SECRET_KEY_PARAMETER', 'TABLE_NAME'],
  'tideover-dev-exporter': ['FILES_BUCKET', 'TABLE_NAME'],
  'tideover-dev-sweep': [
    'EXPORTS_QUEUE_URL',
    'MAIL_QUEUE_URL',
    'REFRESH_QUEUE_URL',
    'STRIPE_LIVEMODE',
    'STRIPE_SECRET_KEY_PARAMETER',
    'TABLE_NAME',
  ],
  'tideover-dev-books': ['FILES_BUCKET', 'STRIPE_SECRET_KEY_PARAMETER', 'TABLE_NAME'],
};

describe('the functions', () => {
  let functions: Resource[];
  let schedules: Resource[];
  let mappings: ReadonlyMap<string, Resource>;
  let queues: Resource[];

  beforeAll(() => {
    const { service } = synthesize();
    functions = [...resourcesOf(service, 'AWS::Lambda::Function').values()];
    schedules = [...resourcesOf(service, 'AWS::Scheduler::Schedule').values()];
    mappings = resourcesOf(service, 'AWS::Lambda::EventSourceMapping');
    queues = [...resourcesOf(service, 'AWS::SQS::Queue').values()];
  });

  const mapping = (prefix: string) =>
    [...mappings].find(([id]) => id.startsWith(prefix))?.[1].Properties as Record<string, unknown>;

  it('run on Node 24 on arm64 and log to a group of their own', () => {
    const groups = new Set<string>();
    for (const { Properties } of functions) {
      expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
      groups.add(JSON.stringify(Properties.LoggingConfig));
    }
    expect(groups.size).toBe(10);
  });

  it('are given exactly the variables they read', () => {
    const actual = functions.map(({ Properties }) => {
      const environment = Properties.Environment as { Variables: Record<string, unknown> };
      const { NODE_OPTIONS, ...given } = environment.Variables;
      expect(NODE_OPTIONS).toBe('--enable-source-maps');
      return [Properties.FunctionName, Object.keys(given).sort()] as const;
    });
    expect(Object.fromEntries(actual)).toEqual(variables);
  });

  it('never hold a secret, only the name of its parameter', () => {
    const secrets = functions
      .flatMap((each) => Object.entries((each.Properties.Environment as { Variables: object }).Variables))
      .filter(([name]) => name.endsWith('_PARAMETER'));
    expect(secrets.length).toBe(8);
    for (const [, value] of secrets) expect(value).toMatch(/^\/tideover\/dev\/[a-z-]+$/);
  });

  it.each([
    ['OutboxRelay', ['INSERT'], 'outbox'],
    ['Projector', ['INSERT', 'MODIFY'], 'gift'],
  ])('%s reads only its own changes from the stream', (id, eventName, entity) => {
    const { Filters } = mapping(id).FilterCriteria as { Filters: { Pattern: string }[] };
    expect(Filters.map((each) => JSON.parse(each.Pattern))).toEqual([
      { eventName, dynamodb: { NewImage: { entity: { S: [entity] } } } },
    ]);
  });

  it.each(['OutboxRelay', 'Projector'])('%s loses no record silently and is stopped by none', (id) => {
    expect(mapping(id)).toMatchObject({
      StartingPosition: 'TRIM_HORIZON',
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 8,
      MaximumRecordAgeInSeconds: 6 * 3600,
      DestinationConfig: {
        OnFailure: { Destination: { 'Fn::GetAtt': [expect.stringContaining(`${id}Failures`), 'Arn'] } },
      },
    });
  });

  it('are at most two readers of the stream', () => {
    const readers = [...mappings.values()].filter((each) => 'StartingPosition' in each.Properties);
    expect(readers.length).toBe(2);
  });

  it('mail at most two at once, and only what failed comes again', () => {
    expect(mapping('Mailer')).toMatchObject({
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 2 },
    });
  });

  it('refresh at most twenty objects at once, and only what failed comes again', () => {
    expect(mapping('Refresher')).toMatchObject({
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 2 },
    });
  });

  it('write one export at a time in an instance, which has the whole time for it', () => {
    expect(mapping('Exporter')).toMatchObject({
      BatchSize: 1,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 2 },
    });
  });

  it.each([
    ['mail', 'mailer'],
    ['refresh', 'refresher'],
    ['exports', 'exporter'],
  ])('keep a message of the queue %s hidden for six times as long as the %s may take', (queue, reader) => {
    const found = functions.find((each) => each.Properties.FunctionName === `tideover-dev-${reader}`);
    const work = queues.find((each) => each.Properties.QueueName === `tideover-dev-${queue}`);
    expect(work?.Properties.VisibilityTimeout).toBe(6 * Number(found?.Properties.Timeout));
    expect(work?.Properties.RedrivePolicy).toMatchObject({ maxReceiveCount: 5 });
  });

  it('are called on time, with the time', () => {
    const due = schedules.map(({ Properties }) => ({
      when: [Properties.ScheduleExpression, Properties.ScheduleExpressionTimezone],
      input: JSON.parse((Properties.Target as { Input: string }).Input),
    }));
    const at = '<aws.scheduler.scheduled-time>';
    expect(due).toEqual([
      { when: ['rate(5 minutes)', 'Asia/Hong_Kong'], input: { task: 'sweep', at } },
      { when: ['rate(5 minutes)', 'Asia/Hong_Kong'], input: { task: 'sweep-undelivered', at } },
      { when: ['cron(0 * * * ? *)', 'Asia/Hong_Kong'], input: { task: 'sweep-events', at } },
      { when: ['cron(5 0 1 * ? *)', 'Asia/Hong_Kong'], input: { task: 'roll-up-months', at } },
      { when: ['cron(10 * * * ? *)', 'Asia/Hong_Kong'], input: { task: 'record-fees', at } },
      { when: ['cron(20 * * * ? *)', 'Asia/Hong_Kong'], input: { task: 'match-payouts', at } },
      { when: ['cron(30 * * * ? *)', 'Asia/Hong_Kong'], input: { task: 'summarize-accounts', at } },
      { when: ['cron(40 * * * ? *)', 'Asia/Hong_Kong'], input: { task: 'summarize-funds', at } },
      { when: ['cron(15 3 * * ? *)', 'Asia/Hong_Kong'], input: { task: 'reconcile', at } },
      { when: ['cron(45 3 * * ? *)', 'Asia/Hong_Kong'], input: { task: 'archive-events', at } },
    ]);
  });
});
