import { parseSchedule } from '../../infra/local/cloud/cron.ts';
import { endlessAllowances, prices } from './prices.ts';

/** A template's resources, as far as a month without gifts costs them. */
export type Resources = Readonly<
  Record<string, { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> }>
>;

/** Read request units of a sweep, on average of an hour, and of an hour of `books` with one campaign: `test/infra/idle-cost.test.ts` counts. */
export const [sweepReads, booksReads] = [24, 80];

/** What the functions use in one run while there is nothing to do. */
export interface IdleUse {
  /** Milliseconds of one run by the function's name, without the stage. */
  readonly ms: (name: string) => number;
}

/** A line of the bill: how much of what, and what it costs without and with what is given each month for nothing. */
export interface IdleLine {
  readonly what: string;
  readonly amount: number;
  readonly dollars: number;
  readonly withAllowance: number;
}

const million = 1_000_000;
const days = 30;
const month = { start: Date.UTC(2026, 10, 1), end: Date.UTC(2026, 10, 1 + days) };
/** Bytes that one run writes to the logs, with Lambda's own lines. */
const logBytes = 1_000;
/** A pulse goes every quarter of an hour; it is written once, and each of two readers runs and writes it down. */
const pulses = days * 24 * 4;
/** What `books` writes in an hour: the sums of the month, whether the money is there, how far it read. */
const booksWrites = 6;
/**
 * Long polls of twenty seconds that Lambda keeps up on an idle queue: five, and two only where no maximum concurrency is set (AWS Lambda
 * guide, "Configuring scaling behavior for SQS event source mappings", 2026-11-28).
 */
const pollers = (mapping: Readonly<Record<string, unknown>>) => (mapping.ScalingConfig ? 5 : 2);

/**
 * What a month costs in which nobody gives and nobody looks, by the template and the dated prices. Route metrics of API Gateway cost
 * only while requests come; standard parameters and an empty table cost nothing.
 */
export function idleMonth(resources: Resources, use: IdleUse): IdleLine[] {
  const of = (type: string) =>
    Object.values(resources)
      .filter((each) => each.Type === type)
      .map((each) => each.Properties ?? {});
  const alarms = of('AWS::CloudWatch::Alarm');
  const ownMetrics = new Set(
    alarms
      .filter(({ Namespace }) => !String(Namespace).startsWith('AWS/'))
      .map(({ Namespace, MetricName }) => `${Namespace} ${MetricName}`),
  );
  const polled = of('AWS::Lambda::EventSourceMapping').filter((each) => !('StartingPosition' in each));
  const polls = polled.reduce((sum, each) => sum + (pollers(each) * days * 86_400) / 20, 0);
  const runs = of('AWS::Scheduler::Schedule').map(runsOf);
  const memory = new Map(
    of('AWS::Lambda::Function').map((each) => [
      String(each.FunctionName).replace(/^tideover-[a-z]+-/, ''),
      Number(each.MemorySize),
    ]),
  );
  const readers = of('AWS::Lambda::EventSourceMapping').length - polled.length;
  const all = [...runs, { name: 'projector', runs: readers * pulses }];
  const invocations = all.reduce((sum, each) => sum + each.runs, 0);
  const seconds = all.reduce(
    (sum, { name, runs: times }) => sum + times * ((memory.get(name) ?? 512) / 1024) * (use.ms(name) / 1000),
    0,
  );
  const times = (name: string) =>
    runs.filter((each) => each.name === name).reduce((sum, each) => sum + each.runs, 0);
  const reads = times('sweep') * sweepReads + times('books') * booksReads;
  const writes = pulses * (1 + readers) + times('books') * booksWrites;
  return [
    line('alarms', alarms.length, 'alarm', 1),
    line('custom-metrics', ownMetrics.size, 'metric', 1),
    line('queue-polls', polls, 'queue', million),
    line(
      'schedules',
      runs.reduce((sum, each) => sum + each.runs, 0),
      'schedule',
      million,
    ),
    line('invocations', invocations, 'lambdaRequest', million),
    line('gigabyte-seconds', seconds, 'lambdaTime', 1),
    line('reads', reads, 'read', million),
    line('writes', writes, 'write', million),
    line('logs', invocations * logBytes, 'logs', 1e9),
  ];
}

function line(what: string, amount: number, price: keyof typeof prices, per: number): IdleLine {
  const cost = (units: number) => (units / per) * prices[price].dollars;
  const given = endlessAllowances[price] ?? 0;
  return { what, amount, dollars: cost(amount), withAllowance: cost(Math.max(0, amount - given)) };
}

function runsOf(properties: Readonly<Record<string, unknown>>): { name: string; runs: number } {
  const { ScheduleExpression, ScheduleExpressionTimezone, Target } = properties;
  const { task } = JSON.parse(String((Target as { Input: string }).Input)) as { task: string };
  const next = parseSchedule(
    String(ScheduleExpression),
    String(ScheduleExpressionTimezone),
    month.start,
    task,
  );
  let runs = 0;
  for (let at = next(month.start); at !== undefined && at <= month.end; at = next(at)) runs += 1;
  return { name: task === 'sweep' ? 'sweep' : 'books', runs };
}

export function totalOf(lines: readonly IdleLine[]): { dollars: number; withAllowance: number } {
  return {
    dollars: lines.reduce((sum, each) => sum + each.dollars, 0),
    withAllowance: lines.reduce((sum, each) => sum + each.withAllowance, 0),
  };
}
