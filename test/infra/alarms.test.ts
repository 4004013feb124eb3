import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { TideoverApp } from '../../infra/tideover-app.ts';
import { resourcesOf, someSignIn, synthesize } from '../support/synthesis.ts';

interface AlarmProperties {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: unknown }[];
  readonly AlarmActions: readonly unknown[];
  readonly TreatMissingData: string;
  readonly Threshold: number;
  readonly Period: number;
  readonly EvaluationPeriods: number;
  readonly ComparisonOperator: string;
}

const reference = (logicalId: string) => ({ Ref: expect.stringMatching(new RegExp(`^${logicalId}`)) });
const atLeast = { ComparisonOperator: 'GreaterThanOrEqualToThreshold', TreatMissingData: 'notBreaching' };

/** The six alarms by their ids: each watches one metric. */
const expected: Readonly<Record<string, object>> = {
  NeedsPerson: { Namespace: 'Tideover', MetricName: 'NeedsPerson', Threshold: 1, ...atLeast },
  SweepIsSilent: {
    Namespace: 'AWS/Lambda',
    MetricName: 'Invocations',
    Dimensions: [{ Name: 'FunctionName', Value: reference('Sweep') }],
    Threshold: 1,
    EvaluationPeriods: 3,
    ComparisonOperator: 'LessThanThreshold',
    TreatMissingData: 'breaching',
  },
  FunctionsFail: { Namespace: 'AWS/Lambda', MetricName: 'Errors', Threshold: 1, ...atLeast },
  DeadLetters: {
    Namespace: 'AWS/SQS',
    MetricName: 'ApproximateNumberOfMessagesVisible',
    Dimensions: [
      {
        Name: 'QueueName',
        Value: { 'Fn::GetAtt': [expect.stringMatching(/^DeadLetters/), 'QueueName'] },
      },
    ],
    Threshold: 1,
    ...atLeast,
  },
  ApiAnswersErrors: {
    Namespace: 'AWS/ApiGateway',
    MetricName: '5xx',
    Dimensions: [
      { Name: 'ApiId', Value: reference('FrontDoorApi') },
      { Name: 'Stage', Value: '$default' },
    ],
    Threshold: 5,
    ...atLeast,
  },
  WebhookAnswersErrors: {
    Namespace: 'AWS/ApiGateway',
    MetricName: '5xx',
    Dimensions: [
      { Name: 'ApiId', Value: reference('FrontDoorApi') },
      { Name: 'Method', Value: 'POST' },
      { Name: 'Resource', Value: '/stripe/webhook' },
      { Name: 'Stage', Value: '$default' },
    ],
    Threshold: 1,
    ...atLeast,
  },
};

const it = test
  .extend('service', { scope: 'file' }, () => synthesize('prod', someSignIn).service)
  .extend(
    'alarms',
    { scope: 'file' },
    ({ service }) =>
      new Map(
        [...resourcesOf(service, 'AWS::CloudWatch::Alarm')].map(([id, each]) => [
          id.replace(/^Alarms|[0-9A-F]{8}$/g, ''),
          // A template's properties have no types.
          each.Properties as unknown as AlarmProperties,
        ]),
      ),
  );

describe('the alarms', () => {
  it('are six, with the sign-in on too', ({ alarms }) => {
    expect([...alarms.keys()].sort()).toEqual(Object.keys(expected).sort());
  });

  it.for(Object.entries(expected))(
    '%s watches its one metric, every five minutes',
    ([id, properties], { alarms }) => {
      expect(alarms.get(id)).toMatchObject({ EvaluationPeriods: 1, Period: 300, ...properties });
      if (!('Dimensions' in properties)) expect(alarms.get(id)).not.toHaveProperty('Dimensions');
    },
  );

  it('all ring at one topic, which writes to one mail address', ({ service, alarms }) => {
    const topics = [...resourcesOf(service, 'AWS::SNS::Topic').keys()];
    expect(topics.length).toBe(1);
    for (const alarm of alarms.values()) expect(alarm.AlarmActions).toEqual([{ Ref: topics[0] }]);
    const subscriptions = [...resourcesOf(service, 'AWS::SNS::Subscription').values()];
    expect(subscriptions.map(({ Properties }) => Properties.Protocol)).toEqual(['email']);
  });

  it('find the metrics of the webhook’s route, which are made for it alone', ({ service }) => {
    const [stage] = resourcesOf(service, 'AWS::ApiGatewayV2::Stage').values();
    const settings = stage?.Properties.RouteSettings as Record<string, { DetailedMetricsEnabled?: boolean }>;
    const detailed = Object.keys(settings).filter((route) => settings[route]?.DetailedMetricsEnabled);
    expect(detailed).toEqual(['POST /stripe/webhook']);
  });

  it('let CloudWatch publish, for this account only', ({ service }) => {
    service.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: [
          { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
          {
            Effect: 'Allow',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          },
        ],
      },
    });
  });

  it('include a budget a month, made where CloudFormation makes budgets, which Hong Kong is not', ({
    service,
  }) => {
    const { budget } = new TideoverApp({ context: { stage: 'dev', 'aws:cdk:bundling-stacks': [] } });
    expect(budget.region).toBe('us-east-1');
    Template.fromStack(budget).hasResourceProperties('AWS::Budgets::Budget', {
      Budget: { BudgetType: 'COST', TimeUnit: 'MONTHLY', BudgetLimit: { Amount: 10, Unit: 'USD' } },
    });
    service.resourceCountIs('AWS::Budgets::Budget', 0);
  });
});

describe('the queues', () => {
  it('are encrypted and refuse what does not come over TLS', () => {
    const { service } = synthesize();
    const queues = resourcesOf(service, 'AWS::SQS::Queue');
    const policies = [...resourcesOf(service, 'AWS::SQS::QueuePolicy').values()].map((each) =>
      JSON.stringify(each.Properties),
    );
    for (const [id, queue] of queues) {
      expect(queue.Properties, id).toMatchObject({ SqsManagedSseEnabled: true });
      const policy = policies.find((each) => each.includes(`"Queues":[{"Ref":"${id}"}]`));
      expect(policy, id).toContain('"aws:SecureTransport":"false"');
    }
  });
});
