import { readFileSync } from 'node:fs';
import { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { guardLimits } from '#payments/guard/guard-limits.ts';
import { alarmingMetrics } from '#platform/log.ts';
import { TideoverApp } from '../../infra/tideover-app.ts';
import { type Resource, resourcesOf, synthesize } from '../support/synthesis.ts';

interface AlarmProperties {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: unknown }[];
  readonly AlarmActions: readonly unknown[];
  readonly TreatMissingData: string;
  readonly Threshold: number;
}

describe('the alarms', () => {
  let template: Template;
  let alarms: AlarmProperties[];
  const all = (type: string): [string, Resource][] => [...resourcesOf(template, type)];

  beforeAll(() => {
    template = synthesize().service;
    // A template's properties have no types.
    alarms = all('AWS::CloudWatch::Alarm').map(([, each]) => each.Properties as unknown as AlarmProperties);
  });

  /** How many alarms watch this metric with this reference among its dimensions. */
  const watching = (namespace: string, metricName: string, reference = '') =>
    alarms.filter(
      (each) =>
        each.Namespace === namespace &&
        each.MetricName === metricName &&
        JSON.stringify(each.Dimensions ?? []).includes(reference),
    ).length;

  it('all ring at one topic, which writes to one mail address', () => {
    const topics = all('AWS::SNS::Topic');
    expect(topics.length).toBe(1);
    for (const alarm of alarms) {
      expect(alarm.AlarmActions).toEqual([{ Ref: topics[0]?.[0] }]);
      expect(alarm.TreatMissingData).toBe('notBreaching');
    }
    expect(all('AWS::SNS::Subscription').map(([, each]) => each.Properties.Protocol)).toEqual(['email']);
  });

  it('watch the errors of every function', () => {
    const functions = all('AWS::Lambda::Function');
    expect(functions.length).toBe(10);
    for (const [id] of functions) expect(watching('AWS/Lambda', 'Errors', `"Ref":"${id}"`), id).toBe(1);
  });

  it('watch every queue where given-up messages lie', () => {
    const worked = ['tideover-dev-mail', 'tideover-dev-refresh', 'tideover-dev-exports'];
    const given = all('AWS::SQS::Queue').filter(
      ([, each]) => !worked.includes(each.Properties.QueueName as string),
    );
    expect(given.length).toBe(7);
    for (const [id] of given) {
      const watchers = watching('AWS/SQS', 'ApproximateNumberOfMessagesVisible', `"${id}"`);
      expect(watchers, id).toBe(1);
    }
  });

  it('watch how far both readers of the stream are behind', () => {
    for (const [id, each] of all('AWS::Lambda::EventSourceMapping')) {
      const { Ref } = each.Properties.FunctionName as { Ref: string };
      const expected = 'StartingPosition' in each.Properties ? 1 : 0;
      expect(watching('AWS/Lambda', 'IteratorAge', Ref), id).toBe(expected);
    }
  });

  it('watch the oldest mail, refresh and export, and errors that Stripe, Resend or visitors are answered', () => {
    expect(watching('AWS/SQS', 'ApproximateAgeOfOldestMessage')).toBe(3);
    expect(watching('AWS/ApiGateway', '5xx')).toBe(3);
    expect(watching('AWS/ApiGateway', '5xx', '"/stripe/webhook"')).toBe(1);
    expect(watching('AWS/ApiGateway', '5xx', '"/resend/webhook"')).toBe(1);
  });

  it.each(alarmingMetrics)('watch %s, which the functions count without dimensions', (name) => {
    const watchers = alarms.filter((each) => each.Namespace === 'Tideover' && each.MetricName === name);
    expect(watchers.map((each) => each.Dimensions ?? [])).toEqual([[]]);
  });

  it('ring for every campaign under card testing and every gift under review, and for declined payments only when they are many', () => {
    const thresholdOf = (name: string) =>
      alarms.find((each) => each.Namespace === 'Tideover' && each.MetricName === name)?.Threshold;
    expect(['CardTesting', 'GiftHeld', 'PaymentDeclined'].map(thresholdOf)).toEqual([
      1,
      1,
      guardLimits.declines,
    ]);
  });

  it('each have a line in alarms.md, which names no other', () => {
    const page = readFileSync(new URL('../../infra/docs/alarms.md', import.meta.url), 'utf8');
    const named = [...page.matchAll(/^\| `…?(\w+)`/gm)]
      .map(([, name = '']) => name)
      .filter((name) => /^[A-Z]/.test(name));
    const ids = all('AWS::CloudWatch::Alarm').map(([id]) => id);
    expect(ids.filter((id) => !named.some((name) => id.includes(name)))).toEqual([]);
    expect(named.filter((name) => !ids.some((id) => id.includes(name)))).toEqual([]);
  });

  it('let CloudWatch publish, for this account only', () => {
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
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

  it('include a budget a month, made where CloudFormation makes budgets, which Hong Kong is not', () => {
    const { budget } = new TideoverApp({ context: { stage: 'dev', 'aws:cdk:bundling-stacks': [] } });
    expect(budget.region).toBe('us-east-1');
    Template.fromStack(budget).hasResourceProperties('AWS::Budgets::Budget', {
      Budget: { BudgetType: 'COST', TimeUnit: 'MONTHLY', BudgetLimit: { Amount: 10, Unit: 'USD' } },
    });
    template.resourceCountIs('AWS::Budgets::Budget', 0);
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
