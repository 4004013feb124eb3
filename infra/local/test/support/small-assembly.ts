import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Assembly, Template } from '../../template/template.ts';

// Calls a service of the local cloud as an SDK would, without the weight of one.
const aws = `
export const aws = async (endpoint, target, input) => {
  const response = await fetch(process.env[endpoint], {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': target,
      'x-amz-date': new Date().toISOString().replace(/[-:]|[.]\\d{3}/g, ''),
      authorization: 'AWS4-HMAC-SHA256 Credential=' + process.env.AWS_ACCESS_KEY_ID +
        '/20260101/ap-east-1/x/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify(input),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.message);
  return answer;
};`;

const bundles: Readonly<Record<string, string>> = {
  Web: `import { aws } from './aws.mjs';
export const handler = async (event) => {
  if (!process.env.TABLE_NAME) throw new Error('TABLE_NAME is missing');
  const put = (pk, entity) => ({ Put: { TableName: process.env.TABLE_NAME, Item: { pk: { S: pk }, entity: { S: entity } } } });
  const name = event.pathParameters.name;
  await aws('AWS_ENDPOINT_URL_DYNAMODB', 'DynamoDB_20120810.TransactWriteItems',
    { TransactItems: [put('gift#' + name, 'gift'), put('outbox#' + name, 'outbox')] });
  return { statusCode: 201, cookies: ['a=1'], body: JSON.stringify(Object.keys(process.env).sort()) };
};`,
  Relay: `import { aws } from './aws.mjs';
export const handler = async ({ Records }) => {
  for (const { dynamodb: { NewImage } } of Records) {
    if (NewImage.entity.S !== 'outbox') throw new Error('unexpected record of entity ' + NewImage.entity.S);
    await aws('AWS_ENDPOINT_URL_SQS', 'AmazonSQS.SendMessage', { QueueUrl: process.env.QUEUE_URL, MessageBody: NewImage.pk.S });
  }
};`,
  Mailer: `import { aws } from './aws.mjs';
export const handler = async ({ Records }) => {
  const { Parameter } = await aws('AWS_ENDPOINT_URL_SSM', 'AmazonSSM.GetParameter', { Name: '/small/key', WithDecryption: true });
  for (const { body } of Records) console.log('sent ' + body + ' with ' + Parameter.Value);
  return { batchItemFailures: [] };
};`,
};

const get = (id: string, attribute = 'Arn') => ({ 'Fn::GetAtt': [id, attribute] });
const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
};
const grant = (Action: string[], Resource: unknown) => ({ Effect: 'Allow', Action, Resource });

function lambda(id: string, statements: object[], Variables: object) {
  return {
    [id]: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Code: { S3Bucket: 'assets', S3Key: `${id}.zip` },
        Handler: 'index.handler',
        Runtime: 'nodejs24.x',
        Role: get(`${id}Role`),
        Timeout: 10,
        Environment: { Variables },
      },
    },
    [`${id}Role`]: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust } },
    [`${id}Policy`]: {
      Type: 'AWS::IAM::Policy',
      Properties: {
        PolicyName: `${id}Policy`,
        PolicyDocument: { Version: '2012-10-17', Statement: statements },
        Roles: [{ Ref: `${id}Role` }],
      },
    },
  };
}

/** A template of the same wires as Tideover's, small enough to be read at once. */
function smallTemplate(): Template {
  const stream = get('Table', 'StreamArn');
  return {
    Resources: {
      Table: {
        Type: 'AWS::DynamoDB::GlobalTable',
        Properties: {
          KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
          AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
          BillingMode: 'PAY_PER_REQUEST',
          StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
        },
      },
      Queue: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 60 } },
      ...lambda('Web', [grant(['dynamodb:PutItem'], get('Table'))], { TABLE_NAME: { Ref: 'Table' } }),
      ...lambda(
        'Relay',
        [
          grant(
            ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map(
              (name) => `dynamodb:${name}`,
            ),
            stream,
          ),
          grant(['sqs:SendMessage'], get('Queue')),
        ],
        { QUEUE_URL: { Ref: 'Queue' } },
      ),
      ...lambda(
        'Mailer',
        [
          grant(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], get('Queue')),
          grant(['ssm:GetParameter'], {
            'Fn::Sub': `arn:aws:ssm:\${AWS::Region}:\${AWS::AccountId}:parameter/small/*`,
          }),
        ],
        {},
      ),
      RelayMapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          FunctionName: { Ref: 'Relay' },
          EventSourceArn: stream,
          StartingPosition: 'TRIM_HORIZON',
          MaximumRetryAttempts: 0,
          FilterCriteria: {
            Filters: [
              { Pattern: '{"eventName":["INSERT"],"dynamodb":{"NewImage":{"entity":{"S":["outbox"]}}}}' },
            ],
          },
        },
      },
      MailerMapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          FunctionName: { Ref: 'Mailer' },
          EventSourceArn: get('Queue'),
          FunctionResponseTypes: ['ReportBatchItemFailures'],
        },
      },
      ScheduleFailures: { Type: 'AWS::SQS::Queue', Properties: {} },
      ScheduleRole: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: 'sts:AssumeRole',
                Principal: { Service: 'scheduler.amazonaws.com' },
              },
            ],
          },
        },
      },
      SchedulePolicy: {
        Type: 'AWS::IAM::Policy',
        Properties: {
          PolicyName: 'SchedulePolicy',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              grant(['lambda:InvokeFunction'], get('Mailer')),
              grant(['sqs:SendMessage'], get('ScheduleFailures')),
            ],
          },
          Roles: [{ Ref: 'ScheduleRole' }],
        },
      },
      Schedule: {
        Type: 'AWS::Scheduler::Schedule',
        Properties: {
          ScheduleExpression: 'cron(0 0 1 1 ? 2099)',
          FlexibleTimeWindow: { Mode: 'OFF' },
          Target: {
            Arn: get('Mailer'),
            RoleArn: get('ScheduleRole'),
            DeadLetterConfig: { Arn: get('ScheduleFailures') },
          },
        },
      },
      Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'small', ProtocolType: 'HTTP' } },
      Stage: {
        Type: 'AWS::ApiGatewayV2::Stage',
        Properties: { ApiId: { Ref: 'Api' }, StageName: '$default', AutoDeploy: true },
      },
      Integration: {
        Type: 'AWS::ApiGatewayV2::Integration',
        Properties: {
          ApiId: { Ref: 'Api' },
          IntegrationType: 'AWS_PROXY',
          IntegrationUri: get('Web'),
          PayloadFormatVersion: '2.0',
        },
      },
      Route: {
        Type: 'AWS::ApiGatewayV2::Route',
        Properties: {
          ApiId: { Ref: 'Api' },
          RouteKey: 'POST /gifts/{name}',
          Target: { 'Fn::Join': ['/', ['integrations', { Ref: 'Integration' }]] },
        },
      },
      Permission: {
        Type: 'AWS::Lambda::Permission',
        Properties: {
          Action: 'lambda:InvokeFunction',
          FunctionName: get('Web'),
          Principal: 'apigateway.amazonaws.com',
          SourceArn: {
            'Fn::Sub': `arn:aws:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Api}/*/*/gifts/{name}`,
          },
        },
      },
    },
  };
}

/**
 * Lays out an assembly of three small functions: an HTTP request is stored, and reaches through the stream, a relay and a queue
 * a mailer, which logs `sent outbox#<name> with <the parameter /small/key>`.
 *
 * @param stackName also the beginning of the table's name
 */
export async function smallAssembly(stackName: string): Promise<Assembly> {
  const directory = await mkdtemp(join(tmpdir(), 'tideover-small-'));
  const assets = new Map<string, string>();
  for (const [id, source] of Object.entries(bundles)) {
    const asset = join(directory, id);
    await mkdir(asset);
    await writeFile(join(asset, 'index.mjs'), source);
    await writeFile(join(asset, 'aws.mjs'), aws);
    assets.set(`${id}.zip`, asset);
  }
  return { stacks: [{ name: stackName, template: smallTemplate() }], assets };
}
