/**
 * How long one request to AWS may take, in milliseconds, as the SDK's clients take it; without limits they wait for ever. AWS
 * answers in some hundredths of a second: a healthy request ends far below these. With three or four attempts, a service that
 * hangs leads to our own error answer before the Lambda function's time is over (`infra/service/`: 15 s and more).
 */
export const callLimits = {
  connectionTimeout: 1000,
  requestTimeout: 2500,
  // Otherwise the SDK only warns and waits on.
  throwOnRequestTimeout: true,
} as const;
