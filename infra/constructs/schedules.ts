import { Aws, Duration } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { ServiceFunction } from './service-function.ts';

/** When a task is due: EventBridge Scheduler's expression, read on Hong Kong's clock. */
export interface DueTask {
  readonly task: string;
  /** `rate(…)` or `cron(…)`. */
  readonly expression: string;
}

/** Calls a function when tasks are due, with `{ task, at }`: `at` is the time it was due, so that no function asks the clock. */
export class Schedules extends Construct {
  constructor(
    scope: Construct,
    id: string,
    props: { target: ServiceFunction; tasks: readonly DueTask[]; failures: IQueue },
  ) {
    super(scope, id);
    const role = new Role(this, 'Role', {
      description: `Lets EventBridge Scheduler call ${props.target.node.id}.`,
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    });
    const allow = (action: string, resource: string) =>
      role.addToPolicy(new PolicyStatement({ actions: [action], resources: [resource] }));
    allow('lambda:InvokeFunction', props.target.functionArn);
    allow('sqs:SendMessage', props.failures.queueArn);
    for (const { task, expression } of props.tasks) {
      const schedule = new CfnSchedule(this, task, {
        name: `${props.target.functionName}-${task}`,
        scheduleExpression: expression,
        scheduleExpressionTimezone: 'Asia/Hong_Kong',
        flexibleTimeWindow: { mode: 'OFF' },
        target: {
          arn: props.target.functionArn,
          roleArn: role.roleArn,
          input: JSON.stringify({ task, at: '<aws.scheduler.scheduled-time>' }),
          deadLetterConfig: { arn: props.failures.queueArn },
          retryPolicy: {
            maximumEventAgeInSeconds: Duration.hours(1).toSeconds(),
            maximumRetryAttempts: 10,
          },
        },
      });
      schedule.node.addDependency(role);
    }
  }
}
