import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { alarmWords } from '#kernel/attention/alarm-words.ts';
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
    description: alarmWords.NeedsPerson.what,
  });
  alarms.ring({
    id: 'SweepIsSilent',
    metric: sweep.metricInvocations(sum),
    description: alarmWords.SweepIsSilent.what,
    // A schedule that is gone, or a function that cannot be invoked, leaves no data at all.
    evaluationPeriods: 3,
    comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
    treatMissingData: TreatMissingData.BREACHING,
  });
  alarms.ring({
    id: 'FunctionsFail',
    // Without dimensions: of all functions of the account in this region.
    metric: new Metric({ namespace: 'AWS/Lambda', metricName: 'Errors', ...sum }),
    description: alarmWords.FunctionsFail.what,
  });
  alarms.ring({
    id: 'DeadLetters',
    metric: deadLetters.metricApproximateNumberOfMessagesVisible({ period, statistic: 'Maximum' }),
    description: alarmWords.DeadLetters.what,
  });
  alarms.ring({
    id: 'ApiAnswersErrors',
    metric: door.serverErrors(sum),
    description: alarmWords.ApiAnswersErrors.what,
    threshold: 5,
  });
  if (!takesCards) return;
  alarms.ring({
    id: 'WebhookAnswersErrors',
    metric: door.serverErrorsOf(webhookRoute, sum),
    description: alarmWords.WebhookAnswersErrors.what,
  });
}
