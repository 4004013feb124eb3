import { ArnFormat, type Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { type Conditions, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { type Key, keys, listsIndex } from '#platform/table/keys.ts';
import { type BundleContents, bundle } from './bundle.ts';
import type { Stage } from './stage.ts';

/** The DynamoDB actions a function may be given. A transaction needs the actions of its items, and `writeEach` those of PartiQL. */
export type TableAction =
  | 'BatchGetItem'
  | 'ConditionCheckItem'
  | 'DeleteItem'
  | 'GetItem'
  | 'PartiQLInsert'
  | 'PartiQLUpdate'
  | 'PutItem'
  | 'Query'
  | 'UpdateItem';

/** The S3 actions a function may be given on objects. An upload in parts needs `PutObject` alone, and the other to give it up. */
export type FileAction = 'AbortMultipartUpload' | 'DeleteObject' | 'GetObject' | 'PutObject';

/** Actions on the items of some entities, each named by any of its keys. */
export interface ItemGrant {
  readonly actions: readonly TableAction[];
  readonly of: readonly Key[];
}

export interface ServiceFunctionProps extends BundleContents {
  /** The entry is `functions/<name>.ts` and exports `handler`; the deployed name is `tideover-<stage>-<name>`. */
  readonly name: string;
  readonly description: string;
  readonly stage: Stage;
  readonly timeout: Duration;
  /** MB, 512 by default; the share of CPU grows with it. */
  readonly memory?: number;
}

/**
 * A Lambda of Tideover, with the policy that all of them share: runtime, architecture, bundling, a log group that ends, a role
 * of its own that may write there and nothing else. What it is given, it is given with variable and grant together.
 */
export class ServiceFunction extends LambdaFunction {
  constructor(scope: Construct, id: string, props: ServiceFunctionProps) {
    const functionName = `tideover-${props.stage.name}-${props.name}`;
    const logGroup = new LogGroup(scope, `${id}Logs`, {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: props.stage.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(scope, `${id}Role`, {
      description: `What ${functionName} may do.`,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
    super(scope, id, {
      functionName,
      description: props.description,
      code: bundle(`functions/${props.name}.ts`, props),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memory ?? 512,
      timeout: props.timeout,
      logGroup,
      role,
      environment: { NODE_OPTIONS: '--enable-source-maps' },
    });
    this.allow(['logs:CreateLogStream', 'logs:PutLogEvents'], logGroup.logGroupArn);
  }

  /** Lets the function's role do these actions on this one resource, under conditions where they are given. */
  allow(actions: readonly string[], resource: string, conditions?: Conditions): void {
    this.addToRolePolicy(
      new PolicyStatement({
        actions: [...actions],
        resources: [resource],
        ...(conditions && { conditions }),
      }),
    );
  }

  /**
   * Gives the function the table: `TABLE_NAME` and these actions on it.
   *
   * @param index with true, `Query` is also allowed on the index `lists`
   */
  giveTable(table: TableV2, actions: readonly TableAction[], { index = false } = {}): void {
    this.addEnvironment('TABLE_NAME', table.tableName);
    this.allow(
      actions.map((action) => `dynamodb:${action}`),
      table.tableArn,
    );
    if (index) this.allow(['dynamodb:Query'], `${table.tableArn}/index/${listsIndex}`);
    if (!actions.includes('PutItem')) this.#letRecordThrottling(table);
  }

  #letRecordThrottling(table: TableV2): void {
    this.allow(['dynamodb:PutItem'], table.tableArn, onlyKeys([keys.throttled().pk]));
  }

  /**
   * Gives a function that strangers reach `TABLE_NAME`, and of the table only what it needs: each grant ends at the partition
   * keys of some entities. What one request reads must stand in one grant, since IAM compares all keys of a batch with it.
   *
   * @param lists lists of the index `lists` that it may query
   */
  giveItems(table: TableV2, grants: readonly ItemGrant[], lists: readonly string[] = []): void {
    this.addEnvironment('TABLE_NAME', table.tableName);
    this.#letRecordThrottling(table);
    for (const { actions, of } of grants) {
      this.allow(
        actions.map((action) => `dynamodb:${action}`),
        table.tableArn,
        onlyKeys(of.map(({ pk }) => pk)),
      );
    }
    if (lists.length > 0) {
      this.allow(['dynamodb:Query'], `${table.tableArn}/index/${listsIndex}`, onlyKeys(lists));
    }
  }

  /**
   * Gives the function the bucket of files: `FILES_BUCKET` and these actions on the objects below a prefix. A link that the
   * function signs can do no more than the function may.
   *
   * @param prefix with its trailing slash, for example `exports/`
   * @param options.onlyNew with true, `PutObject` writes no object that is there already
   */
  giveFiles(bucket: Bucket, prefix: string, actions: readonly FileAction[], { onlyNew = false } = {}): void {
    this.addEnvironment('FILES_BUCKET', bucket.bucketName);
    const objects = bucket.arnForObjects(`${prefix}*`);
    const grant = (granted: readonly FileAction[], conditions?: Conditions) =>
      this.allow(
        granted.map((action) => `s3:${action}`),
        objects,
        conditions,
      );
    if (onlyNew) {
      grant(actions.filter((action) => action !== 'PutObject'));
      grant(['PutObject'], { Null: { 's3:if-none-match': 'false' } });
      // The beginning and the parts of an upload make no object yet, and know no If-None-Match.
      grant(['PutObject'], { Bool: { 's3:ObjectCreationOperation': 'false' } });
    } else grant(actions);
    // The finding's id holds the name under which the data stack exports the bucket's ARN.
    const imported = Stack.of(this).resolve(Stack.of(bucket).exportValue(bucket.bucketArn)) as {
      readonly 'Fn::ImportValue': string;
    };
    Validations.of(this.role as Role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${imported['Fn::ImportValue']}/${prefix}*]`,
      reason: `Objects below ${prefix} have names that nobody knows beforehand: the grant ends at the prefix.`,
    });
  }

  /** Lets the function send to a queue, whose address it finds in the variable. */
  giveQueue(queue: IQueue, variable: string): void {
    this.addEnvironment(variable, queue.queueUrl);
    this.allow(['sqs:SendMessage'], queue.queueArn);
  }

  /**
   * Lets the function read one SecureString of SSM, whose name it finds in the variable. The value never passes through
   * CloudFormation, which cannot make SecureStrings; the key `aws/ssm` decrypts for all who may read the parameter.
   *
   * @param parameterName with its leading slash, `/tideover/<stage>/…`
   */
  giveSecret(variable: string, parameterName: string): void {
    this.addEnvironment(variable, parameterName);
    const resource = Stack.of(this).formatArn({
      service: 'ssm',
      resource: 'parameter',
      resourceName: parameterName.slice(1),
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
    this.allow(['ssm:GetParameter'], resource);
  }
}

/**
 * Only items whose partition key begins as one of these does, up to the first `#`; a key without one is meant as it is.
 * `ForAllValues` also holds for a request that names no key, such as a scan: `Null` refuses that.
 */
function onlyKeys(partitionKeys: readonly string[]): Conditions {
  const patterns = [...new Set(partitionKeys.map((key) => key.replace(/#.*$/s, '#*')))].sort();
  return {
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': patterns },
    Null: { 'dynamodb:LeadingKeys': 'false' },
  };
}
