import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { needsPersonMetric } from '#platform/log.ts';
import { Alarms } from '../constructs/alarms.ts';
import type { ServiceFunction } from '../constructs/service-function.ts';
import type { ServiceParts } from '../constructs/service-parts.ts';
import { webhookRoute } from './giving.ts';

const period = Duration.minutes(5);

/** What watches: six alarms, one metric each. Each costs ten cents a month, so what only a person can resolve is one metric, and the log says its kind. */
export function addAlarms(
  { stack, stage, door, deadLetters, takesCards }: ServiceParts,
  sweep: ServiceFunction,
): void {
  const alarms = new Alarms(stack, 'Alarms', { mail: stage.alarmMail });
  const sum = { statistic: 'Sum', period } as const;
  alarms.ring({
    id: 'NeedsPerson',
    metric: new Metric({ ...needsPersonMetric, ...sum }),
    description: 'Something waits for a person: GET /api/staff/attention lists it, the log says its kind.',
  });
  alarms.ring({
    id: 'SweepIsSilent',
    metric: sweep.metricInvocations(sum),
    description:
      'The sweep was not invoked for a quarter of an hour: what is left behind is taken up by nobody.',
    // A schedule that is gone, or a function that cannot be invoked, leaves no data at all.
    evaluationPeriods: 3,
    comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
    treatMissingData: TreatMissingData.BREACHING,
  });
  alarms.ring({
    id: 'FunctionsFail',
    // Without dimensions: of all functions of the account in this region.
    metric: new Metric({ namespace: 'AWS/Lambda', metricName: 'Errors', ...sum }),
    description: 'A function threw or ran out of time: its log says why.',
  });
  alarms.ring({
    id: 'DeadLetters',
    metric: deadLetters.metricApproximateNumberOfMessagesVisible({ period, statistic: 'Maximum' }),
    description: 'Something was given up after all attempts: read it, mend the cause, send it again.',
  });
  alarms.ring({
    id: 'ApiAnswersErrors',
    metric: door.serverErrors(sum),
    description: 'The API answered 5xx at least five times in five minutes: its access log names the routes.',
    threshold: 5,
  });
  if (!takesCards) return;
  alarms.ring({
    id: 'WebhookAnswersErrors',
    metric: door.serverErrorsOf(webhookRoute, sum),
    description:
      "An event of Stripe's was answered 5xx: Stripe repeats it for three days; read the function log.",
  });
}
