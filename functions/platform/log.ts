import { ConfigurationError, CorruptItem } from './errors.ts';

/** What may stand in a log line: ids, amounts and names of rules, never personal data. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Writes one JSON line. Fields hold ids and amounts only. */
export function log(level: 'info' | 'warn' | 'error', event: string, fields: LogFields = {}): void {
  console.log(JSON.stringify({ level, event, ...fields }));
}

/** Things that ring an alarm when they are counted (the service stack makes an alarm of each). */
export const alarmingMetrics = [
  'ParkedWithOurKey',
  'BookingMismatch',
  'UnexpectedLivemode',
  'UnexpectedApiVersion',
  'MailNeedsPerson',
  'EventUndelivered',
  'EventUnusable',
  'RefundNeedsPerson',
  'DisputeOpened',
  'DisputeDueSoon',
  'DisputeUnknownCharge',
  'EarlyFraudWarning',
  'RefreshNeedsPerson',
  'FulfilNeedsPerson',
  'StockDiffers',
  'PayoutNeedsPerson',
  'FundOverdrawn',
  'ExportFailed',
  'BooksDiffer',
  'CheckoutRepaired',
  'CardTesting',
  'PaymentDeclined',
  'GiftHeld',
  'WorkKeepsFailing',
] as const;

/** The name of a metric in the namespace `Tideover`. */
export type AlarmingMetric = (typeof alarmingMetrics)[number];

/** What happens every day: only many of it are a fault, or none. */
const usual: ReadonlySet<AlarmingMetric> = new Set(['PaymentDeclined', 'GiftHeld']);

/** Counts one occurrence in CloudWatch's embedded metric format: the line is log and metric at once. */
export function count(metric: AlarmingMetric, fields: LogFields = {}): void {
  const directive = { Namespace: 'Tideover', Dimensions: [[]], Metrics: [{ Name: metric, Unit: 'Count' }] };
  console.log(
    JSON.stringify({
      _aws: { Timestamp: Date.now(), CloudWatchMetrics: [directive] },
      [metric]: 1,
      level: usual.has(metric) ? 'info' : 'error',
      event: metric,
      ...fields,
    }),
  );
}

/** What a third party says of a call that failed, in codes: AWS in `$metadata`, Stripe in fields of the error. */
function thirdParty(error: Error): LogFields {
  const said = error as {
    readonly $metadata?: { readonly httpStatusCode?: unknown; readonly requestId?: unknown };
    readonly statusCode?: unknown;
    readonly requestId?: unknown;
    readonly code?: unknown;
  };
  const known = {
    code: said.code,
    status: said.$metadata?.httpStatusCode ?? said.statusCode,
    requestId: said.$metadata?.requestId ?? said.requestId,
  };
  const isCode = (value: unknown) =>
    typeof value === 'number' || (typeof value === 'string' && /^[\w.-]{1,100}$/.test(value));
  return Object.fromEntries(Object.entries(known).filter(([, value]) => isCode(value))) as LogFields;
}

/**
 * The name and stack of an error, with the codes and ids of a third party's. The message of a foreign one may quote what a person typed, so it stays out of the log; what
 * is wrong with the configuration or with a stored item is our own sentence.
 */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = error.stack?.split('\n').filter((line) => line.trimStart().startsWith('at '));
  return {
    error: error.name,
    ...thirdParty(error),
    ...((error instanceof ConfigurationError || error instanceof CorruptItem) && { message: error.message }),
    stack: frames?.slice(0, 6).join(' '),
  };
}
