import { ConfigurationError, CorruptItem } from './errors.ts';

/** What may stand in a log line: ids, amounts and names of rules, never personal data. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Writes one JSON line. Fields hold ids and amounts only. */
export function log(level: 'info' | 'warn' | 'error', event: string, fields: LogFields = {}): void {
  console.log(JSON.stringify({ level, event, ...fields }));
}

/** What only a person can resolve: infra/docs/alarms.md says of each what to do. */
export const needs = [
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
  'PayoutNeedsPerson',
  'FundOverdrawn',
  'StockDiffers',
  'ExportFailed',
  'BooksDiffer',
  'CheckoutRepaired',
  'CardTesting',
  'GiftHeld',
  'WorkKeepsFailing',
  'OutboxWaits',
  'StreamIsBehind',
  'TableThrottled',
] as const;

/** Why a person is called. */
export type Need = (typeof needs)[number];

/** The one metric of all of them: one alarm watches it, and the log says the kind. */
export const needsPersonMetric = { namespace: 'Tideover', metricName: 'NeedsPerson' } as const;

/** What is no fault, though a person should look at it. */
const usual: ReadonlySet<Need> = new Set(['GiftHeld']);

/** Calls a person, in CloudWatch's embedded metric format: the line is log and metric at once. */
export function count(need: Need, fields: LogFields = {}): void {
  const { namespace, metricName } = needsPersonMetric;
  const directive = {
    Namespace: namespace,
    Dimensions: [[]],
    Metrics: [{ Name: metricName, Unit: 'Count' }],
  };
  console.log(
    JSON.stringify({
      _aws: { Timestamp: Date.now(), CloudWatchMetrics: [directive] },
      [metricName]: 1,
      level: usual.has(need) ? 'info' : 'error',
      event: need,
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
