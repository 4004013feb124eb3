import { describe, expect, test } from 'vitest';
import { resourcesOf, someSignIn, synthesize } from '../support/synthesis.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, unknown>>;
}

const list = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);
const logs = 'logs:CreateLogStream logs:PutLogEvents → <Id>Logs';
const stream =
  'dynamodb:DescribeStream dynamodb:GetRecords dynamodb:GetShardIterator dynamodb:ListStreams → stream';

const throttling = 'dynamodb:PutItem → table of throttled';

/** Everything that each role may do, word for word: a right that is added shows up here and nowhere unseen. */
const rights: Record<string, string[]> = {
  Site: [
    logs,
    throttling,
    'dynamodb:BatchGetItem → table of campaign#* campaigns checkout#* coverage email#* guard#* limit#* pace#* person#* plain-page#* promise#* settings starts#* totals#*',
    'dynamodb:Query → table of fund-month#*',
    'dynamodb:PutItem dynamodb:UpdateItem → table of checkout#* complaint#* email#* guard#* limit#* outbox#* pace#* person#* promise#* starts#*',
    'dynamodb:DeleteItem → table of checkout#* person#*',
    'dynamodb:Query → table/index/lists of payments#*',
    'ssm:GetParameter → parameter/tideover/dev/stripe-key-site',
    'ssm:GetParameter → parameter/tideover/dev/hash-key',
  ],
  Pictures: [logs, 's3:GetObject → files/pictures/*'],
  PictureMaker: [
    logs,
    throttling,
    'dynamodb:BatchGetItem → table of photo#*',
    'dynamodb:UpdateItem → table of campaign#* outbox#* photo#*',
    's3:DeleteObject s3:GetObject → files/uploads/*',
    's3:PutObject → files/pictures/*',
    'sqs:SendMessage → DeadLetters',
  ],
  StripeWebhook: [
    logs,
    throttling,
    'dynamodb:BatchGetItem dynamodb:ConditionCheckItem → table of checkout#* closed-month#* payment#* refund#* refund-request#*',
    'dynamodb:PutItem dynamodb:UpdateItem → table of attention#* checkout#* guard#* ledger#* limit#* outbox#* parked#* parked-refund#* payment#* payout#* person#* refund#* refund-request#* totals#* touched-month#*',
    'dynamodb:DeleteItem → table of attention#* parked#* parked-refund#*',
    'ssm:GetParameter → parameter/tideover/dev/stripe-webhook-secret',
  ],
  ResendWebhook: [
    logs,
    throttling,
    'dynamodb:PutItem dynamodb:UpdateItem → table of attention#* person#*',
    'ssm:GetParameter → parameter/tideover/dev/resend-webhook-secret',
  ],
  OutboxRelay: [
    logs,
    throttling,
    'sqs:SendMessage → Mail',
    'sqs:SendMessage → Work',
    'lambda:InvokeFunction → Exporter',
    'lambda:InvokeFunction → PictureMaker',
    'dynamodb:PutItem → table of pulse-seen#*',
    stream,
    'sqs:SendMessage → DeadLetters',
  ],
  Projector: [
    logs,
    'dynamodb:BatchGetItem dynamodb:PartiQLInsert dynamodb:PartiQLUpdate dynamodb:PutItem dynamodb:UpdateItem → table',
    'dynamodb:Query → table/index/lists',
    stream,
    'sqs:SendMessage → DeadLetters',
  ],
  Mailer: [
    logs,
    'dynamodb:BatchGetItem dynamodb:PutItem dynamodb:UpdateItem → table',
    'ssm:GetParameter → parameter/tideover/dev/resend-api-key',
    'ssm:GetParameter → parameter/tideover/dev/hash-key',
    'sqs:SendMessage → Mail',
    'sqs:ChangeMessageVisibility sqs:DeleteMessage sqs:GetQueueAttributes sqs:ReceiveMessage → Mail',
  ],
  Books: [
    logs,
    'dynamodb:BatchGetItem dynamodb:ConditionCheckItem dynamodb:DeleteItem dynamodb:PutItem dynamodb:Query dynamodb:UpdateItem dynamodb:PartiQLInsert → table',
    'dynamodb:Query → table/index/lists',
    's3:AbortMultipartUpload → files/events/*',
    's3:PutObject → files/events/* if {"Null":{"s3:if-none-match":"false"}}',
    's3:PutObject → files/events/* if {"Bool":{"s3:ObjectCreationOperation":"false"}}',
    'ssm:GetParameter → parameter/tideover/dev/stripe-key-books',
    'ssm:GetParameter → parameter/tideover/dev/hash-key',
  ],
  Sweep: [
    logs,
    'dynamodb:BatchGetItem dynamodb:ConditionCheckItem dynamodb:DeleteItem dynamodb:PutItem dynamodb:Query dynamodb:UpdateItem dynamodb:PartiQLInsert → table',
    'dynamodb:Query → table/index/lists',
    'ssm:GetParameter → parameter/tideover/dev/stripe-key-sweep',
    'ssm:GetParameter → parameter/tideover/dev/hash-key',
    'sqs:SendMessage → Mail',
    'sqs:SendMessage → Work',
    'lambda:InvokeFunction → Exporter',
    'lambda:InvokeFunction → PictureMaker',
  ],
  Exporter: [
    logs,
    throttling,
    'dynamodb:BatchGetItem dynamodb:UpdateItem → table',
    'dynamodb:Query → table/index/lists',
    's3:AbortMultipartUpload s3:PutObject → files/exports/*',
    'sqs:SendMessage → DeadLetters',
  ],
  Worker: [
    logs,
    'dynamodb:BatchGetItem dynamodb:ConditionCheckItem dynamodb:PutItem dynamodb:UpdateItem → table',
    'ssm:GetParameter → parameter/tideover/dev/stripe-key-worker',
    'sqs:ChangeMessageVisibility sqs:DeleteMessage sqs:GetQueueAttributes sqs:ReceiveMessage → Work',
  ],
  Staff: [
    logs,
    'dynamodb:BatchGetItem dynamodb:ConditionCheckItem dynamodb:DeleteItem dynamodb:PutItem dynamodb:Query dynamodb:UpdateItem → table',
    'dynamodb:Query → table/index/lists',
    'ssm:GetParameter → parameter/tideover/dev/stripe-key-staff',
    'ssm:GetParameter → parameter/tideover/dev/hash-key',
    'ssm:GetParameter → parameter/tideover/dev/session-key',
    's3:GetObject → files/exports/*',
    's3:PutObject → files/uploads/*',
    'cognito-idp:AdminAddUserToGroup cognito-idp:AdminCreateUser cognito-idp:AdminDeleteSoftwareToken cognito-idp:AdminDisableUser cognito-idp:AdminEnableUser cognito-idp:AdminRemoveUserFromGroup cognito-idp:AdminUserGlobalSignOut cognito-idp:ListUsers cognito-idp:ListUsersInGroup → userpool/local_staff',
  ],
  BooksSchedules: ['lambda:InvokeFunction → Books', 'sqs:SendMessage → DeadLetters'],
  Schedules: ['lambda:InvokeFunction → Sweep', 'sqs:SendMessage → DeadLetters'],
};

/** A resource in words: the logical id it points at without CDK's hash, the table, its index or stream, or a parameter. */
function named(resource: unknown): string {
  const text = JSON.stringify(resource);
  if (text.includes('FnGetAttTableStreamArn')) return 'stream';
  if (text.includes('FnGetAttTableArn')) return `table${/"(\/[^"]+)"/.exec(text)?.[1] ?? ''}`;
  const file = /FnGetAttFilesArn.*"(\/[^"]+)"/.exec(text);
  if (file) return `files${file[1]}`;
  const parameter = /:((?:parameter|userpool)\/[^"]+)"/.exec(text);
  if (parameter) return parameter[1] ?? text;
  const id = /^\{"Fn::GetAtt":\["(\w+?)[0-9A-F]{8}","Arn"\]\}$/.exec(text);
  return id?.[1] ?? text;
}

/** The keys at which a grant ends; any other condition as it stands. */
function conditions({ Condition }: Statement): string {
  if (!Condition) return '';
  const { 'ForAllValues:StringLike': keys, ...others } = Condition;
  const patterns = (keys as Record<string, string | string[]> | undefined)?.['dynamodb:LeadingKeys'];
  if (!patterns) return ` if ${JSON.stringify(Condition)}`;
  // Without it, a request that names no key would pass.
  expect(others).toEqual({ Null: { 'dynamodb:LeadingKeys': 'false' } });
  return ` of ${list(patterns).join(' ')}`;
}

const it = test
  .extend('service', { scope: 'file' }, () => synthesize('dev', someSignIn).service)
  .extend('roles', { scope: 'file' }, ({ service }) => resourcesOf(service, 'AWS::IAM::Role'))
  .extend('byOwner', { scope: 'file' }, ({ service }) => {
    const byOwner = new Map<string, Statement[]>();
    for (const [id, policy] of resourcesOf(service, 'AWS::IAM::Policy')) {
      const owner = id.replace(/Role.*$/, '');
      const document = policy.Properties.PolicyDocument as { Statement: Statement[] };
      byOwner.set(owner, [...(byOwner.get(owner) ?? []), ...document.Statement]);
    }
    return byOwner;
  });

describe('the rights of each function', () => {
  it.for(Object.entries(rights))(
    '%s may do what is listed, on what is listed, and nothing more',
    ([owner, expected], { byOwner }) => {
      const actual = (byOwner.get(owner) ?? []).map(
        (each) => `${list(each.Action).join(' ')} → ${named(each.Resource)}${conditions(each)}`,
      );
      expect(actual.sort()).toEqual(expected.map((each) => each.replace('<Id>', owner)).sort());
    },
  );

  it('are listed for every role there is', ({ byOwner, roles }) => {
    expect([...byOwner.keys()].sort()).toEqual(Object.keys(rights).sort());
    expect(roles.size).toBe(Object.keys(rights).length);
  });

  it('never name an action or a resource with a wildcard, but for the files below one prefix', ({
    byOwner,
  }) => {
    const statements = [...byOwner.values()].flat();
    expect(statements.length).toBeGreaterThan(0);
    for (const each of statements) {
      const asText = JSON.stringify([each.Action, each.Resource]);
      const ofFiles = list(each.Action).every((action) => action.startsWith('s3:'));
      expect(ofFiles ? asText.replace(/"\/[a-z]+\/\*"/, '') : asText).not.toContain('*');
    }
  });

  it('come from no managed policy', ({ roles }) => {
    for (const role of roles.values()) {
      expect(role.Properties).not.toHaveProperty('ManagedPolicyArns');
      expect(role.Properties).not.toHaveProperty('Policies');
    }
  });

  it('are held by a role of its own', ({ service }) => {
    const functions = [...resourcesOf(service, 'AWS::Lambda::Function').values()];
    const roleOf = functions.map((each) => JSON.stringify(each.Properties.Role));
    expect(new Set(roleOf).size).toBe(functions.length);
  });
});
