import { type CfnElement, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { AttributeType, Billing, ProjectionType, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { eventsPrefix, exportDays, exportsPrefix, uploadsPrefix } from '#platform/files/file-keys.ts';
import { listsIndex } from '#platform/table/keys.ts';
import { StaffPool } from './constructs/staff-pool.ts';
import type { Stage } from './constructs/stage.ts';

/**
 * What outlives every deployment: the table of the books, the bucket of files made from it, and the staff's accounts; nothing beside
 * them could take them along.
 */
export class DataStack extends Stack {
  readonly table: TableV2;
  readonly files: Bucket;
  /** Where the staff sign in, where the stage has a user pool of its own. */
  readonly staffPool: StaffPool | undefined;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id, {
      env: { region: stage.region },
      description: `Tideover ${stage.name}: the table and the files.`,
      terminationProtection: true,
    });
    const maximum = {
      maxReadRequestUnits: stage.tableMaximum.read,
      maxWriteRequestUnits: stage.tableMaximum.write,
    };
    this.table = new TableV2(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billing: Billing.onDemand(maximum),
      globalSecondaryIndexes: [
        {
          indexName: listsIndex,
          partitionKey: { name: 'list', type: AttributeType.STRING },
          sortKey: { name: 'listOrder', type: AttributeType.STRING },
          projectionType: ProjectionType.ALL,
          ...maximum,
        },
      ],
      timeToLiveAttribute: 'ttl',
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    // A changed logical id would make CloudFormation create a second, empty table.
    (this.table.node.defaultChild as CfnElement).overrideLogicalId('Table');
    this.files = this.#addFiles();
    this.staffPool = stage.staffPool && new StaffPool(this, 'Staff', stage, stage.staffPool);
  }

  /** Archives stay for ever; exports hold what the table holds, for a person to fetch, and are deleted after seven days. */
  #addFiles(): Bucket {
    const files = new Bucket(this, 'Files', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      lifecycleRules: [
        { id: 'exports-end', prefix: exportsPrefix, expiration: Duration.days(exportDays) },
        { id: 'photos-that-nobody-took-end', prefix: uploadsPrefix, expiration: Duration.days(1) },
        { id: 'unfinished-uploads-end', abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    (files.node.defaultChild as CfnElement).overrideLogicalId('Files');
    const archived = {
      principals: [new AnyPrincipal()],
      resources: [files.arnForObjects(`${eventsPrefix}*`)],
    };
    // The archive proves the books: no role of the account may overwrite or delete it, whatever its own policy allows.
    for (const statement of [
      {
        actions: ['s3:PutObject'],
        conditions: {
          Null: { 's3:if-none-match': 'true' },
          Bool: { 's3:ObjectCreationOperation': 'true' },
        },
      },
      { actions: ['s3:DeleteObject', 's3:DeleteObjectVersion'] },
    ]) {
      files.addToResourcePolicy(new PolicyStatement({ effect: Effect.DENY, ...archived, ...statement }));
    }
    Validations.of(files).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Who had an export made stands in the audit trail, and links come only from there; a log bucket would keep a second trace.',
    });
    return files;
  }
}
