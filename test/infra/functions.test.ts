import { describe, expect, test } from 'vitest';
import { resourcesOf, synthesize } from '../support/synthesis.ts';

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
  'tideover-dev-outbox-relay': [
    'EXPORTER_NAME',
    'MAIL_QUEUE_URL',
    'PICTURE_MAKER_NAME',
    'TABLE_NAME',
    'WORK_QUEUE_URL',
  ],
  'tideover-dev-pictures': ['FILES_BUCKET'],
  'tideover-dev-picture-maker': ['FILES_BUCKET', 'TABLE_NAME'],
  'tideover-dev-projector': ['TABLE_NAME'],
  'tideover-dev-mailer': [
    'HASH_KEY_PARAMETER',
    'MAIL_QUEUE_URL',
    'RESEND_API_KEY_PARAMETER',
    'SITE_URL',
    'TABLE_NAME',
  ],
  'tideover-dev-worker': ['STRIPE_SECRET_KEY_PARAMETER', 'TABLE_NAME'],
  'tideover-dev-exporter': ['FILES_BUCKET', 'TABLE_NAME'],
  'tideover-dev-sweep': [
    'EXPORTER_NAME',
    'HASH_KEY_PARAMETER',
    'MAIL_QUEUE_URL',
    'PICTURE_MAKER_NAME',
    'STRIPE_LIVEMODE',
    'STRIPE_SECRET_KEY_PARAMETER',
    'TABLE_NAME',
    'WORK_QUEUE_URL',
  ],
  'tideover-dev-books': ['FILES_BUCKET', 'HASH_KEY_PARAMETER', 'STRIPE_SECRET_KEY_PARAMETER', 'TABLE_NAME'],
};

/** What of the service runs, and what calls it. */
const it = test.extend('service', { scope: 'file' }, () => {
  const { service } = synthesize();
  const all = (type: string) => [...resourcesOf(service, type).values()];
  const mappings = resourcesOf(service, 'AWS::Lambda::EventSourceMapping');
  return {
    functions: all('AWS::Lambda::Function'),
    schedules: all('AWS::Scheduler::Schedule'),
    queues: all('AWS::SQS::Queue'),
    invoked: all('AWS::Lambda::EventInvokeConfig').map(({ Properties }) => Properties),
    mappings: [...mappings.values()],
    mapping: (prefix: string) =>
      [...mappings].find(([id]) => id.startsWith(prefix))?.[1].Properties as Record<string, unknown>,
  };
});

describe('the functions', () => {
  it('run on Node 24 on arm64 and log to a group of their own', ({ service: { functions } }) => {
    const groups = new Set<string>();
    for (const { Properties } of functions) {
      expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
      groups.add(JSON.stringify(Properties.LoggingConfig));
    }
    expect(groups.size).toBe(12);
  });

  it('are given exactly the variables they read', ({ service: { functions } }) => {
    const actual = functions.map(({ Properties }) => {
      const environment = Properties.Environment as { Variables: Record<string, unknown> };
      const { NODE_OPTIONS, ...given } = environment.Variables;
      expect(NODE_OPTIONS).toBe('--enable-source-maps');
      return [Properties.FunctionName, Object.keys(given).sort()] as const;
    });
    expect(Object.fromEntries(actual)).toEqual(variables);
  });

  it('never hold a secret, only the name of its parameter', ({ service: { functions } }) => {
    const secrets = functions
      .flatMap((each) => Object.entries((each.Properties.Environment as { Variables: object }).Variables))
      .filter(([name]) => name.endsWith('_PARAMETER'));
    expect(secrets.length).toBe(11);
    for (const [, value] of secrets) expect(value).toMatch(/^\/tideover\/dev\/[a-z-]+$/);
  });

  it.for<[string, string[], string]>([
    ['OutboxRelay', ['INSERT'], 'outbox'],
    ['Projector', ['INSERT', 'MODIFY'], 'payment'],
  ])(
    '%s reads only its own changes from the stream, and the sweep’s pulse',
    ([id, eventName, entity], { service: { mapping } }) => {
      const { Filters } = mapping(id).FilterCriteria as { Filters: { Pattern: string }[] };
      expect(Filters.map((each) => JSON.parse(each.Pattern))).toEqual([
        { eventName, dynamodb: { NewImage: { entity: { S: [entity] } } } },
        { eventName: ['INSERT', 'MODIFY'], dynamodb: { NewImage: { entity: { S: ['pulse'] } } } },
      ]);
    },
  );

  it.for(['OutboxRelay', 'Projector'])(
    '%s loses no record silently and is stopped by none',
    (id, { service: { mapping } }) => {
      expect(mapping(id)).toMatchObject({
        StartingPosition: 'TRIM_HORIZON',
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 8,
        MaximumRecordAgeInSeconds: 6 * 3600,
        DestinationConfig: {
          OnFailure: { Destination: { 'Fn::GetAtt': [expect.stringMatching(/^DeadLetters/), 'Arn'] } },
        },
      });
    },
  );

  it('are at most two readers of the stream', ({ service: { mappings } }) => {
    const readers = mappings.filter((each) => 'StartingPosition' in each.Properties);
    expect(readers.length).toBe(2);
  });

  it('mail at most two at once, and only what failed comes again', ({ service: { mapping } }) => {
    expect(mapping('Mailer')).toMatchObject({
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 2 },
    });
  });

  it('work on at most twenty messages at once, and only what failed comes again', ({
    service: { mapping },
  }) => {
    expect(mapping('Worker')).toMatchObject({
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 2 },
    });
  });

  it('have two queues that are polled, and two functions that are invoked asynchronously, their failures kept', ({
    service: { queues, invoked, mappings },
  }) => {
    expect(mappings.filter((each) => !('StartingPosition' in each.Properties)).length).toBe(2);
    expect(queues.length).toBe(3);
    const kept = (name: RegExp) =>
      expect.objectContaining({
        FunctionName: { Ref: expect.stringMatching(name) },
        MaximumRetryAttempts: 2,
        DestinationConfig: {
          OnFailure: { Destination: { 'Fn::GetAtt': [expect.stringMatching(/^DeadLetters/), 'Arn'] } },
        },
      });
    expect(invoked).toEqual([kept(/^Exporter/), kept(/^PictureMaker/)]);
  });

  it.for([
    ['mail', 'mailer'],
    ['work', 'worker'],
  ])(
    'keep a message of the queue %s hidden for six times as long as the %s may take',
    ([queue, reader], { service: { functions, queues } }) => {
      const found = functions.find((each) => each.Properties.FunctionName === `tideover-dev-${reader}`);
      const work = queues.find((each) => each.Properties.QueueName === `tideover-dev-${queue}`);
      expect(work?.Properties.VisibilityTimeout).toBe(6 * Number(found?.Properties.Timeout));
      expect(work?.Properties.RedrivePolicy).toMatchObject({ maxReceiveCount: 5 });
    },
  );

  it('are called on time, with the time', ({ service: { schedules } }) => {
    const due = schedules.map(({ Properties }) => ({
      when: [Properties.ScheduleExpression, Properties.ScheduleExpressionTimezone],
      input: JSON.parse((Properties.Target as { Input: string }).Input),
    }));
    const at = '<aws.scheduler.scheduled-time>';
    expect(due).toEqual([
      { when: ['rate(5 minutes)', 'Asia/Hong_Kong'], input: { task: 'sweep', at } },
      { when: ['cron(10 * * * ? *)', 'Asia/Hong_Kong'], input: { task: 'books', at } },
      { when: ['cron(15 3 * * ? *)', 'Asia/Hong_Kong'], input: { task: 'night', at } },
      { when: ['cron(5 0 1 * ? *)', 'Asia/Hong_Kong'], input: { task: 'month', at } },
    ]);
  });
});
