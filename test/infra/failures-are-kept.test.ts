import { describe, expect, it } from 'vitest';
import { type Resource, resourcesOf, someSignIn, synthesize } from '../support/synthesis.ts';

interface Target {
  readonly Arn: unknown;
  readonly RoleArn: { readonly 'Fn::GetAtt': readonly [role: string, 'Arn'] };
  readonly DeadLetterConfig?: { readonly Arn?: unknown };
  readonly RetryPolicy?: unknown;
}

/** The template of a stage's service, and what of it is looked at. */
function serviceOf(stage: Parameters<typeof synthesize>[0]) {
  const template = synthesize(stage, someSignIn).service;

  const all = (type: string) => [...resourcesOf(template, type)];

  const isThere = (arn: unknown, type: string) => resourcesOf(template, type).has(idOf(arn));

  function statementsOf(role: string): string {
    const attached = all('AWS::IAM::Policy').filter(([, { Properties }]) =>
      JSON.stringify(Properties.Roles).includes(`"${role}"`),
    );
    return JSON.stringify(attached.map(([, { Properties }]) => Properties.PolicyDocument));
  }

  return { template, all, isThere, statementsOf };
}

/** The logical id that an ARN points at. */
const idOf = (arn: unknown) => (arn as { 'Fn::GetAtt'?: string[] } | undefined)?.['Fn::GetAtt']?.[0] ?? '';

/** As a policy spells the right to one action on one resource. */
const right = (action: string, arn: unknown) =>
  JSON.stringify({ Action: action, Effect: 'Allow', Resource: arn });

describe('every schedule', () => {
  it.each(['dev', 'prod'] as const)(
    'of %s has a target, a dead-letter queue, retries, and a role that may call one and send to the other',
    (stage) => {
      const { template, all, isThere, statementsOf } = serviceOf(stage);
      const schedules = all('AWS::Scheduler::Schedule');
      expect(schedules.length).toBe(4);
      for (const [id, { Properties }] of schedules) {
        const target = Properties.Target as Target;
        const role = target.RoleArn['Fn::GetAtt'][0];
        expect(isThere(target.Arn, 'AWS::Lambda::Function'), id).toBe(true);
        expect(isThere(target.DeadLetterConfig?.Arn, 'AWS::SQS::Queue'), id).toBe(true);
        expect(target.RetryPolicy, id).toEqual({ MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 10 });
        expect(statementsOf(role), id).toContain(right('lambda:InvokeFunction', target.Arn));
        expect(statementsOf(role), id).toContain(right('sqs:SendMessage', target.DeadLetterConfig?.Arn));
        const trust = (resourcesOf(template, 'AWS::IAM::Role').get(role) as Resource).Properties
          .AssumeRolePolicyDocument;
        expect(JSON.stringify(trust), id).toContain('"scheduler.amazonaws.com"');
      }
    },
  );
});

describe('every source of work', () => {
  it('keeps what it gives up: a queue in its dead letters, a stream at its failure queue', () => {
    const { template, all, isThere } = serviceOf('prod');
    const mappings = all('AWS::Lambda::EventSourceMapping');
    expect(mappings.length).toBeGreaterThan(3);
    const queues = resourcesOf(template, 'AWS::SQS::Queue');
    for (const [id, { Properties }] of mappings) {
      const source = queues.get(idOf(Properties.EventSourceArn));
      if (source) {
        const redrive = source.Properties.RedrivePolicy as { deadLetterTargetArn?: unknown } | undefined;
        expect(isThere(redrive?.deadLetterTargetArn, 'AWS::SQS::Queue'), id).toBe(true);
      } else {
        const { OnFailure } = (Properties.DestinationConfig ?? {}) as {
          OnFailure?: { Destination: unknown };
        };
        expect(isThere(OnFailure?.Destination, 'AWS::SQS::Queue'), id).toBe(true);
      }
    }
  });
});
