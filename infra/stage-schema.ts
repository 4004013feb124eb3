import { optional, strictObject } from 'zod/mini';
import type { Stage } from './constructs/stage.ts';
import { domain, field, isAddress, isDomain, isLine, mailAddress, oneOf, whole, yesOrNo } from './fields.ts';

/** The regions of AWS's public partition. */
export const regions = [
  'af-south-1',
  'ap-east-1',
  'ap-east-2',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-south-2',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
  'ca-central-1',
  'ca-west-1',
  'eu-central-1',
  'eu-central-2',
  'eu-north-1',
  'eu-south-1',
  'eu-south-2',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'il-central-1',
  'me-central-1',
  'me-south-1',
  'me-west-1',
  'mx-central-1',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
];

/** The days for which CloudWatch Logs can keep logs; for ever is not among them. */
export const retentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

// API Gateway's quotas of an account and a region.
const throttle = strictObject({
  rate: whole(1, 10_000, ' requests a second'),
  burst: whole(1, 5_000, ' requests'),
});

const token = (what: string) =>
  field<string>(
    `${what} without blanks`,
    (value) => isLine(value) && value.length <= 200 && !/\s/.test(value),
  );

const signIn = strictObject({
  issuer: field<string>(
    'the address of an OpenID Connect provider, which begins with https://',
    (value) =>
      (isAddress(value, ['https:'], isDomain) || isAddress(value, ['http:'], isThisComputer)) &&
      !/[?#]/.test(value),
  ),
  audience: token('the audience of the access tokens, a text'),
  client: token("the id of the desk's client, a text"),
  rolesClaim: token('the name of the claim with the roles, a text'),
  scope: optional(token('a scope, a text')),
  pool: optional(token('the id of a user pool of Amazon Cognito, a text')),
});

/** The laptop's own sign-in has no certificate. */
function isThisComputer(host: string): boolean {
  return host === '127.0.0.1' || host === 'localhost';
}

/** Every field of a stage, `infra/stages.ts`. */
export const stageSchema = strictObject({
  name: oneOf<Stage['name']>(['dev', 'prod']),
  region: field<string>(
    'a region of AWS like ap-east-1',
    (value) => typeof value === 'string' && regions.includes(value),
  ),
  domain: optional(domain),
  alarmMail: mailAddress,
  monthlyBudget: field<number>(
    'US dollars a month, more than 0 and at most 100000',
    (value) => typeof value === 'number' && value > 0 && value <= 100_000,
  ),
  throttle,
  fallbackThrottle: throttle,
  webhookThrottle: throttle,
  // DynamoDB's quota of a table.
  tableMaximum: strictObject({
    read: whole(1, 40_000, ' request units a second'),
    write: whole(1, 40_000, ' request units a second'),
  }),
  livemode: yesOrNo,
  payments: optional(oneOf(['stripe', 'none'])),
  logRetention: oneOf(retentions),
  staffPool: optional(
    strictObject({
      name: field<string>(
        'small letters, digits and hyphens, without aws, amazon and cognito, like give-example-staff',
        (value) =>
          typeof value === 'string' &&
          /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(value) &&
          !/aws|amazon|cognito/.test(value),
      ),
    }),
  ),
  signIn: optional(signIn),
});

/** What follows from several fields, each with the field to change. */
export const stageRules: readonly {
  readonly path: string;
  readonly isBroken: (stage: Stage) => boolean;
  readonly right: string;
}[] = [
  {
    path: 'livemode',
    isBroken: ({ name, livemode }) => name === 'dev' && livemode,
    right: 'false: dev takes test cards only',
  },
  {
    path: 'signIn.issuer',
    isBroken: ({ name, signIn: door }) => name === 'prod' && door?.issuer.startsWith('http:') === true,
    right: 'an address that begins with https://',
  },
  {
    path: 'signIn',
    isBroken: ({ staffPool, signIn: door }) => staffPool !== undefined && door !== undefined,
    right: 'left out, or staffPool: the staff sign in at one place',
  },
];
