import { z } from 'zod';

/** A property that the local cloud knows and knowingly leaves without effect on the laptop. */
const withoutLocalEffect = z.unknown().optional();

const keySchema = z.array(z.strictObject({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));
const projection = z.strictObject({
  ProjectionType: z.string(),
  NonKeyAttributes: z.array(z.string()).optional(),
});
const destination = z.strictObject({ OnFailure: z.strictObject({ Destination: z.string() }).optional() });

const oneOrMany = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());

/** A statement of an identity policy. `NotAction` and `NotResource` are refused as unknown properties. */
export const policyStatement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: oneOrMany,
  Resource: oneOrMany,
  Condition: z.record(z.string(), z.record(z.string(), oneOrMany)).optional(),
});
const policyDocument = z.strictObject({
  Version: z.literal('2012-10-17'),
  Statement: z.array(policyStatement),
});
const trustDocument = z.strictObject({
  Version: z.literal('2012-10-17'),
  Statement: z.array(
    z.strictObject({
      Sid: withoutLocalEffect,
      Effect: z.literal('Allow'),
      Action: z.literal('sts:AssumeRole'),
      Principal: z.strictObject({ Service: oneOrMany }),
      Condition: withoutLocalEffect,
    }),
  ),
});

/**
 * The resource types that the local cloud runs, each with the properties it honours (their shapes) and those it knowingly
 * ignores. Any other property is an error: what is silently left out would first be missed in production.
 */
export const interpretedTypes = {
  'AWS::DynamoDB::GlobalTable': z.strictObject({
    TableName: z.string().optional(),
    KeySchema: keySchema,
    AttributeDefinitions: z.array(z.strictObject({ AttributeName: z.string(), AttributeType: z.string() })),
    BillingMode: z.literal('PAY_PER_REQUEST'),
    GlobalSecondaryIndexes: z
      .array(
        z.strictObject({
          IndexName: z.string(),
          KeySchema: keySchema,
          Projection: projection,
          WriteOnDemandThroughputSettings: withoutLocalEffect,
        }),
      )
      .optional(),
    StreamSpecification: z.strictObject({ StreamViewType: z.string() }).optional(),
    TimeToLiveSpecification: z
      .strictObject({ AttributeName: z.string().optional(), Enabled: z.boolean() })
      .optional(),
    Replicas: withoutLocalEffect,
    SSESpecification: withoutLocalEffect,
    WriteOnDemandThroughputSettings: withoutLocalEffect,
    WarmThroughput: withoutLocalEffect,
  }),
  'AWS::Lambda::Function': z.strictObject({
    FunctionName: z.string().optional(),
    Code: z.strictObject({ S3Bucket: z.string(), S3Key: z.string() }),
    Handler: z.string(),
    Runtime: z.string().regex(/^nodejs/),
    Role: z.string(),
    Timeout: z.number().default(3),
    MemorySize: z.number().default(128),
    Environment: z.strictObject({ Variables: z.record(z.string(), z.string()).optional() }).optional(),
    ReservedConcurrentExecutions: z.number().optional(),
    DeadLetterConfig: z.strictObject({ TargetArn: z.string() }).optional(),
    Architectures: withoutLocalEffect,
    Description: withoutLocalEffect,
    EphemeralStorage: withoutLocalEffect,
    LoggingConfig: withoutLocalEffect,
    PackageType: z.literal('Zip').optional(),
    RecursiveLoop: withoutLocalEffect,
    RuntimeManagementConfig: withoutLocalEffect,
    Tags: withoutLocalEffect,
    TracingConfig: withoutLocalEffect,
  }),
  'AWS::Lambda::EventInvokeConfig': z.strictObject({
    FunctionName: z.string(),
    Qualifier: z.literal('$LATEST'),
    MaximumRetryAttempts: z.number().optional(),
    MaximumEventAgeInSeconds: withoutLocalEffect,
    DestinationConfig: destination.optional(),
  }),
  'AWS::Lambda::EventSourceMapping': z.strictObject({
    FunctionName: z.string(),
    EventSourceArn: z.string(),
    Enabled: z.boolean().default(true),
    BatchSize: z.number().optional(),
    BisectBatchOnFunctionError: z.boolean().default(false),
    DestinationConfig: destination.optional(),
    FilterCriteria: z.strictObject({ Filters: z.array(z.strictObject({ Pattern: z.string() })) }).optional(),
    FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
    MaximumRetryAttempts: z.number().default(-1),
    MaximumRecordAgeInSeconds: z.number().default(-1),
    ScalingConfig: z.strictObject({ MaximumConcurrency: z.number() }).optional(),
    StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']).optional(),
    MaximumBatchingWindowInSeconds: withoutLocalEffect,
    MetricsConfig: withoutLocalEffect,
    ParallelizationFactor: withoutLocalEffect,
    Tags: withoutLocalEffect,
  }),
  'AWS::Lambda::Permission': z.strictObject({
    Action: z.string(),
    FunctionName: z.string(),
    Principal: z.string(),
    SourceArn: z.string().optional(),
    SourceAccount: z.string().optional(),
  }),
  'AWS::SQS::Queue': z.strictObject({
    QueueName: z.string().optional(),
    VisibilityTimeout: z.number().default(30),
    DelaySeconds: z.number().default(0),
    MessageRetentionPeriod: z.number().default(345_600),
    RedrivePolicy: z
      .strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: z.number() })
      .optional(),
    KmsMasterKeyId: withoutLocalEffect,
    ReceiveMessageWaitTimeSeconds: withoutLocalEffect,
    RedriveAllowPolicy: withoutLocalEffect,
    SqsManagedSseEnabled: withoutLocalEffect,
    Tags: withoutLocalEffect,
  }),
  'AWS::S3::Bucket': z.strictObject({
    BucketName: z.string().optional(),
    BucketEncryption: withoutLocalEffect,
    // What the laptop keeps is looked at and thrown away long before any of it grows old.
    LifecycleConfiguration: withoutLocalEffect,
    OwnershipControls: withoutLocalEffect,
    PublicAccessBlockConfiguration: withoutLocalEffect,
    Tags: withoutLocalEffect,
  }),
  'AWS::S3::BucketPolicy': z.strictObject({
    Bucket: z.string(),
    PolicyDocument: z.strictObject({
      Version: z.literal('2012-10-17'),
      // What a bucket's policy refuses it refuses to everybody. It opens a bucket to nobody.
      Statement: z.array(
        policyStatement.extend({
          Effect: z.literal('Deny'),
          Principal: z.union([z.literal('*'), z.strictObject({ AWS: z.literal('*') })]),
        }),
      ),
    }),
  }),
  'AWS::IAM::Role': z.strictObject({
    RoleName: z.string().optional(),
    AssumeRolePolicyDocument: trustDocument,
    Policies: z.array(z.strictObject({ PolicyName: z.string(), PolicyDocument: policyDocument })).default([]),
    ManagedPolicyArns: z.array(z.string()).default([]),
    Description: withoutLocalEffect,
    Tags: withoutLocalEffect,
  }),
  'AWS::IAM::Policy': z.strictObject({
    PolicyName: z.string(),
    PolicyDocument: policyDocument,
    Roles: z.array(z.string()),
  }),
  'AWS::ApiGatewayV2::Api': z.strictObject({
    Name: z.string(),
    ProtocolType: z.literal('HTTP'),
    Description: withoutLocalEffect,
    DisableExecuteApiEndpoint: withoutLocalEffect,
    Tags: withoutLocalEffect,
  }),
  'AWS::ApiGatewayV2::Stage': z.strictObject({
    ApiId: z.string(),
    StageName: z.literal('$default'),
    AutoDeploy: z.literal(true),
    AccessLogSettings: withoutLocalEffect,
    DefaultRouteSettings: withoutLocalEffect,
    RouteSettings: z
      .record(
        z.string(),
        z.strictObject({
          DetailedMetricsEnabled: z.boolean().default(false),
          ThrottlingRateLimit: withoutLocalEffect,
          ThrottlingBurstLimit: withoutLocalEffect,
        }),
      )
      .optional(),
    Description: withoutLocalEffect,
    Tags: withoutLocalEffect,
  }),
  'AWS::ApiGatewayV2::Integration': z.strictObject({
    ApiId: z.string(),
    IntegrationType: z.literal('AWS_PROXY'),
    IntegrationUri: z.string(),
    PayloadFormatVersion: z.literal('2.0'),
    IntegrationMethod: withoutLocalEffect,
    TimeoutInMillis: z.number().default(30_000),
  }),
  'AWS::ApiGatewayV2::Authorizer': z.strictObject({
    ApiId: z.string(),
    AuthorizerType: z.literal('JWT'),
    IdentitySource: z.array(z.string()).length(1),
    JwtConfiguration: z.strictObject({ Issuer: z.string(), Audience: z.array(z.string()).min(1) }),
    Name: withoutLocalEffect,
  }),
  'AWS::ApiGatewayV2::Route': z.strictObject({
    ApiId: z.string(),
    RouteKey: z.string(),
    Target: z.string(),
    AuthorizationType: z.enum(['NONE', 'JWT']).default('NONE'),
    AuthorizerId: z.string().optional(),
    AuthorizationScopes: z.array(z.string()).default([]),
    OperationName: withoutLocalEffect,
  }),
  'AWS::CloudWatch::Alarm': z.strictObject({
    AlarmName: z.string().optional(),
    AlarmDescription: z.string().optional(),
    AlarmActions: z.array(z.string()).default([]),
    Namespace: z.string(),
    MetricName: z.string(),
    Dimensions: z.array(z.strictObject({ Name: z.string(), Value: z.string() })).default([]),
    Statistic: z.enum(['Sum', 'Maximum']),
    Period: z.number(),
    EvaluationPeriods: z.number(),
    DatapointsToAlarm: z.number().optional(),
    Threshold: z.number(),
    ComparisonOperator: z.enum(['GreaterThanOrEqualToThreshold', 'LessThanThreshold']),
    TreatMissingData: z.enum(['breaching', 'notBreaching']),
  }),
  'AWS::SNS::Subscription': z.strictObject({
    Protocol: z.literal('email'),
    Endpoint: z.string(),
    TopicArn: z.string(),
  }),
  'AWS::Scheduler::Schedule': z.strictObject({
    Name: z.string().optional(),
    ScheduleExpression: z.string(),
    ScheduleExpressionTimezone: z.string().default('UTC'),
    State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
    FlexibleTimeWindow: z.strictObject({ Mode: z.string(), MaximumWindowInMinutes: withoutLocalEffect }),
    Target: z.strictObject({
      Arn: z.string(),
      RoleArn: z.string(),
      Input: z.string().optional(),
      RetryPolicy: withoutLocalEffect,
      DeadLetterConfig: z.strictObject({ Arn: z.string() }).optional(),
    }),
    Description: withoutLocalEffect,
    GroupName: withoutLocalEffect,
  }),
} as const;

/** Resource types that stand in the template and do nothing on the laptop: nobody is mailed or billed there. */
export const typesWithoutLocalEffect: ReadonlySet<string> = new Set([
  'AWS::Budgets::Budget',
  'AWS::CDK::Metadata',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
  'AWS::Logs::ResourcePolicy',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  // It says who besides the account's own roles may use the queue, and refuses plain HTTP, which the laptop speaks.
  'AWS::SQS::QueuePolicy',
  'AWS::Scheduler::ScheduleGroup',
]);

export type InterpretedType = keyof typeof interpretedTypes;
export type PropertiesOf<T extends InterpretedType> = z.infer<(typeof interpretedTypes)[T]>;
