/** A price with where it was seen. US dollars. */
export interface Price {
  readonly dollars: number;
  /** What one costs that, such as `million requests`. */
  readonly per: string;
  readonly source: string;
  /** When the source was seen or written, ISO 8601. */
  readonly seen: string;
  /** Whether the provider's own page said so; false for what others wrote of it. */
  readonly confirmed: boolean;
}

const lambda = 'https://aws.amazon.com/lambda/pricing/';
const dynamodb = 'https://aws.amazon.com/dynamodb/pricing/on-demand/';
const cloudwatch = 'https://aws.amazon.com/cloudwatch/pricing/';

/**
 * Prices of AWS in us-east-1 without any free allowance, and of Resend. Prices in Hong Kong (ap-east-1) are higher and could not be
 * looked up: reckon with up to half more. None of AWS's tables could be read in full, so what others quote of them stands here
 * unconfirmed: read the named page before you rely on a figure.
 */
export const prices = {
  lambdaRequest: quoted(0.2, 'million requests', lambda, '2025-12-02'),
  lambdaTime: quoted(0.0000133334, 'GB-second on Arm', lambda, '2024-10-01'),
  httpApi: quoted(1, 'million requests', 'https://aws.amazon.com/api-gateway/pricing/', '2026-01-01'),
  write: quoted(0.625, 'million write request units', dynamodb, '2025-07-21'),
  read: quoted(0.125, 'million read request units', dynamodb, '2025-07-21'),
  storage: quoted(0.25, 'GB-month', dynamodb, '2025-05-09'),
  backup: quoted(0.2, 'GB-month of point-in-time recovery', dynamodb, '2025-05-09'),
  queue: quoted(0.4, 'million requests', 'https://aws.amazon.com/sqs/pricing/', '2025-05-09'),
  logs: quoted(0.5, 'GB taken in', cloudwatch, '2026-01-01'),
  alarm: quoted(0.1, 'alarm and month', cloudwatch, '2025-05-09'),
  metric: quoted(0.3, 'custom metric and month', cloudwatch, '2025-05-09'),
  schedule: quoted(
    1,
    'million runs of a schedule',
    'https://aws.amazon.com/eventbridge/pricing/',
    '2026-03-13',
  ),
  dataOut: quoted(0.09, 'GB to the internet', 'https://aws.amazon.com/ec2/pricing/on-demand/', '2025-12-02'),
  // The Pro plan's 50,000 mails for US$20; the first 3,000 a month are free (resend.com/changelog/pay-as-you-go-pricing).
  mail: {
    dollars: 0.4,
    per: 'thousand mails',
    source: 'https://resend.com/pricing',
    seen: '2026-03-09',
    confirmed: true,
  },
} as const satisfies Readonly<Record<string, Price>>;

/**
 * What AWS gives every account each month for nothing, without an end: in the unit of the price, as its pages say of each. DynamoDB on
 * demand gives storage alone.
 */
export const endlessAllowances: Readonly<Partial<Record<keyof typeof prices, number>>> = {
  lambdaRequest: 1_000_000,
  lambdaTime: 400_000,
  queue: 1_000_000,
  logs: 5e9,
  alarm: 10,
  metric: 10,
  schedule: 14_000_000,
};

function quoted(dollars: number, per: string, source: string, seen: string): Price {
  return { dollars, per, source, seen, confirmed: false };
}
