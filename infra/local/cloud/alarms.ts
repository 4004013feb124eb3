import type { Model, ModelResource } from '../template/model.ts';
import { TemplateError } from '../template/template.ts';
import type { MetricId, Metrics } from './metrics.ts';

type AlarmResource = ModelResource<'AWS::CloudWatch::Alarm'>;

/** What CloudWatch says of an alarm. */
export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** An alarm of the template. */
export interface LocalAlarm {
  readonly logicalId: string;
  readonly description: string;
  /** As it would stand at a moment, by what was recorded up to it. */
  stateAt(moment: Date): AlarmState;
}

/**
 * Reads the alarms of the template, which look at what the local cloud records.
 *
 * @param startedAt milliseconds since 1970; what lies before is no silence
 * @throws TemplateError for an alarm that AWS would deploy and that could never ring: nothing records its metric, or nobody hears it
 */
export function readAlarms(model: Model, metrics: Metrics, startedAt: number): readonly LocalAlarm[] {
  const heard = model.of('AWS::SNS::Subscription').map(({ properties }) => properties.TopicArn);
  return model.of('AWS::CloudWatch::Alarm').map((alarm): LocalAlarm => {
    const { properties, id, logicalId } = alarm;
    if (!properties.AlarmActions.some((topic) => heard.includes(topic))) {
      throw new TemplateError(`${id}.AlarmActions: nobody subscribes to what it rings at.`);
    }
    const metric = metricOf(alarm);
    if (!isRecorded(metric, model)) {
      throw new TemplateError(`${id}: nothing in the local cloud records ${JSON.stringify(metric)}.`);
    }
    return {
      logicalId,
      description: properties.AlarmDescription ?? '',
      stateAt: (moment) => stateAt(properties, metric, metrics, { moment: moment.getTime(), startedAt }),
    };
  });
}

function metricOf({ properties }: AlarmResource): MetricId {
  const { Namespace: namespace, MetricName: name, Dimensions } = properties;
  return {
    namespace,
    name,
    dimensions: Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value])),
  };
}

/** Whether this template makes the metric: one of a function, queue or route that is not there stays empty for ever. */
function isRecorded({ namespace, name, dimensions = {} }: MetricId, model: Model): boolean {
  const names = Object.keys(dimensions).sort().join(' ');
  switch (`${namespace} ${name}`) {
    case 'AWS/Lambda Invocations':
    case 'AWS/Lambda Errors':
      if (names === '') return true;
      return (
        names === 'FunctionName' &&
        model.of('AWS::Lambda::Function').some(({ ref }) => ref === dimensions.FunctionName)
      );
    case 'AWS/SQS ApproximateNumberOfMessagesVisible':
      return (
        names === 'QueueName' &&
        model.of('AWS::SQS::Queue').some((queue) => queue.attribute('QueueName') === dimensions.QueueName)
      );
    case 'AWS/ApiGateway 5xx': {
      const { ApiId, Stage, Method, Resource } = dimensions;
      const isOfStage = model
        .of('AWS::ApiGatewayV2::Stage')
        .some(({ properties }) => properties.ApiId === ApiId && properties.StageName === Stage);
      if (names === 'ApiId Stage') return isOfStage;
      const detailed = detailedRoutes(model).includes(`${Method} ${Resource}`);
      return isOfStage && names === 'ApiId Method Resource Stage' && detailed;
    }
    default:
      // What the functions count themselves has no dimensions.
      return !namespace.startsWith('AWS/') && names === '';
  }
}

/** The routes that have metrics of their own. */
export function detailedRoutes(model: Model): string[] {
  return model
    .of('AWS::ApiGatewayV2::Stage')
    .flatMap(({ properties }) => Object.entries(properties.RouteSettings ?? {}))
    .filter(([, { DetailedMetricsEnabled }]) => DetailedMetricsEnabled)
    .map(([routeKey]) => routeKey);
}

/** Evaluates as CloudWatch does: the last periods, each with its statistic or without data. */
function stateAt(
  properties: AlarmResource['properties'],
  metric: MetricId,
  metrics: Metrics,
  { moment, startedAt }: { readonly moment: number; readonly startedAt: number },
): AlarmState {
  const { Period, EvaluationPeriods, DatapointsToAlarm = EvaluationPeriods, TreatMissingData } = properties;
  const length = Period * 1000;
  const periods = Array.from({ length: EvaluationPeriods }, (_, index) => moment - index * length);
  const judged = periods.map((until): 'breaching' | 'not' | 'unknown' => {
    const values = metrics.values(metric, until - length, until);
    if (values.length > 0) return breaches(properties, values) ? 'breaching' : 'not';
    if (TreatMissingData === 'notBreaching') return 'not';
    return until - length >= startedAt ? 'breaching' : 'unknown';
  });
  if (judged.filter((each) => each === 'breaching').length >= DatapointsToAlarm) return 'ALARM';
  return judged.every((each) => each === 'unknown') ? 'INSUFFICIENT_DATA' : 'OK';
}

function breaches(
  { Statistic, ComparisonOperator, Threshold }: AlarmResource['properties'],
  values: readonly number[],
): boolean {
  const value = Statistic === 'Maximum' ? Math.max(...values) : values.reduce((sum, each) => sum + each, 0);
  return ComparisonOperator === 'LessThanThreshold' ? value < Threshold : value >= Threshold;
}
