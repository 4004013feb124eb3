/** Where the local cloud pretends to be, and the local addresses that take the place of AWS's. */
export interface Place {
  readonly region: string;
  readonly account: string;
  /** Public address of the HTTP API, without a trailing slash. */
  readonly siteUrl: string;
  /** Address of the local DynamoDB gateway, SQS and SSM. */
  readonly servicesUrl: string;
}

/** What `Ref` and `Fn::GetAtt` give for a resource. */
export interface Identity {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What an identity is made of. */
export interface Named {
  readonly type: string;
  readonly stackName: string;
  readonly logicalId: string;
  /** A property that holds a physical name, resolved; undefined when the template leaves the name to CloudFormation. */
  readonly name: (property: string) => string | undefined;
  readonly place: Place;
}

type IdentityRule = (named: Named, generated: string) => Identity;

const arn = ({ place }: Named, service: string, rest: string): string =>
  `arn:aws:${service}:${place.region}:${place.account}:${rest}`;

const rules: Readonly<Record<string, IdentityRule>> = {
  'AWS::DynamoDB::GlobalTable': (named, generated) => {
    const ref = named.name('TableName') ?? generated;
    const table = arn(named, 'dynamodb', `table/${ref}`);
    return { ref, attributes: { Arn: table, StreamArn: `${table}/stream/local`, TableId: ref } };
  },
  'AWS::Lambda::Function': (named, generated) => {
    const ref = named.name('FunctionName') ?? generated;
    return { ref, attributes: { Arn: arn(named, 'lambda', `function:${ref}`) } };
  },
  'AWS::Lambda::EventSourceMapping': (named, generated) => ({
    ref: generated,
    attributes: {
      Id: generated,
      EventSourceMappingArn: arn(named, 'lambda', `event-source-mapping:${generated}`),
    },
  }),
  'AWS::SQS::Queue': (named, generated) => {
    const ref = named.name('QueueName') ?? generated;
    const url = `${named.place.servicesUrl}/${named.place.account}/${ref}`;
    return { ref: url, attributes: { Arn: arn(named, 'sqs', ref), QueueName: ref, QueueUrl: url } };
  },
  'AWS::S3::Bucket': (named, generated) => {
    // Names of buckets know no capital letters, and ARNs of theirs no region and account.
    const ref = named.name('BucketName') ?? generated.toLowerCase();
    return { ref, attributes: { Arn: `arn:aws:s3:::${ref}` } };
  },
  'AWS::IAM::Role': (named, generated) => {
    const ref = named.name('RoleName') ?? generated;
    const role = `arn:aws:iam::${named.place.account}:role/${ref}`;
    return { ref, attributes: { Arn: role, RoleId: ref } };
  },
  'AWS::ApiGatewayV2::Api': (named) => {
    const ref = named.logicalId.toLowerCase();
    return { ref, attributes: { ApiId: ref, ApiEndpoint: named.place.siteUrl } };
  },
  'AWS::Scheduler::Schedule': (named, generated) => {
    const ref = named.name('Name') ?? generated;
    return { ref, attributes: { Arn: arn(named, 'scheduler', `schedule/default/${ref}`) } };
  },
  'AWS::SNS::Topic': (named, generated) => {
    const name = named.name('TopicName') ?? generated;
    const topic = arn(named, 'sns', name);
    return { ref: topic, attributes: { TopicArn: topic, TopicName: name } };
  },
  'AWS::Logs::LogGroup': (named, generated) => {
    const ref = named.name('LogGroupName') ?? generated;
    return { ref, attributes: { Arn: arn(named, 'logs', `log-group:${ref}:*`) } };
  },
  'AWS::CloudWatch::Alarm': (named, generated) => {
    const ref = named.name('AlarmName') ?? generated;
    return { ref, attributes: { Arn: arn(named, 'cloudwatch', `alarm:${ref}`) } };
  },
};

/**
 * The physical name and attributes of a resource. They follow from the template alone, so that resources may name each
 * other in any order.
 */
export function identityOf(named: Named): Identity {
  const generated = `${named.stackName}-${named.logicalId}`;
  return rules[named.type]?.(named, generated) ?? { ref: generated, attributes: {} };
}
