import { describe, expect, test } from 'vitest';
import { type Resource, resourcesOf, synthesize } from '../support/synthesis.ts';

type Kept = Resource & { DeletionPolicy?: string; UpdateReplacePolicy?: string };

const it = test.extend('stack', { scope: 'file' }, async ({}) => {
  const { data } = synthesize();
  const logicalIds = Object.keys(data.toJSON().Resources as object);
  const table = resourcesOf(data, 'AWS::DynamoDB::GlobalTable').get('Table') as Kept;
  const files = resourcesOf(data, 'AWS::S3::Bucket').get('Files') as Kept;
  const policy = resourcesOf(data, 'AWS::S3::BucketPolicy').values().next().value as Resource;
  return {
    table,
    files,
    policy,
    logicalIds,
  };
});

describe('the data stack', () => {
  it('holds the one table and the one bucket under the logical ids that they were first deployed with, and nothing else', ({
    stack: { logicalIds },
  }) => {
    expect(logicalIds.sort()).toEqual(['Files', expect.stringMatching(/^FilesPolicy/), 'Table']);
  });

  it('never changes the keys, which would replace the table', ({ stack: { table } }) => {
    expect(table.Properties.KeySchema).toEqual([
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ]);
    expect(table.Properties.AttributeDefinitions).toEqual(
      ['pk', 'sk', 'list', 'listOrder'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    );
  });

  it('has the one index, whole items ordered within a list', ({ stack: { table } }) => {
    expect(table.Properties.GlobalSecondaryIndexes).toEqual([
      expect.objectContaining({
        IndexName: 'lists',
        KeySchema: [
          { AttributeName: 'list', KeyType: 'HASH' },
          { AttributeName: 'listOrder', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
        WriteOnDemandThroughputSettings: { MaxWriteRequestUnits: 1000 },
      }),
    ]);
  });

  it('pays by request, up to a maximum', ({ stack: { table } }) => {
    expect(table.Properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      WriteOnDemandThroughputSettings: { MaxWriteRequestUnits: 1000 },
      Replicas: [{ ReadOnDemandThroughputSettings: { MaxReadRequestUnits: 1000 } }],
    });
  });

  it('streams both images, and forgets by the attribute ttl', ({ stack: { table } }) => {
    expect(table.Properties).toMatchObject({
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
    });
  });

  it('survives a deleted stack, a replaced resource and a careless hand, and can be restored to any second', ({
    stack: { table },
  }) => {
    expect(table).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    expect(table.Properties.Replicas).toEqual([
      expect.objectContaining({
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      }),
    ]);
  });

  it('keeps the files encrypted, closed to everybody, over TLS only, whatever becomes of the stack', ({
    stack: { files, policy },
  }) => {
    expect(files).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    expect(files.Properties).toMatchObject({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    });
    expect(JSON.stringify(policy.Properties)).toContain('{"Bool":{"aws:SecureTransport":"false"}}');
    expect(JSON.stringify(policy.Properties)).not.toContain('"Allow"');
  });

  it('deletes exports after seven days, photos that nobody took and uploads that were left after one, and nothing else ever', ({
    stack: { files },
  }) => {
    expect(files.Properties.LifecycleConfiguration).toEqual({
      Rules: [
        { Id: 'exports-end', Prefix: 'exports/', ExpirationInDays: 7, Status: 'Enabled' },
        {
          Id: 'photos-that-nobody-took-end',
          Prefix: 'uploads/',
          ExpirationInDays: 1,
          Status: 'Enabled',
        },
        {
          Id: 'unfinished-uploads-end',
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
          Status: 'Enabled',
        },
      ],
    });
  });
});
