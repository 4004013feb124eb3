import { beforeAll, describe, expect, it } from 'vitest';
import { type Resource, resourcesOf, synthesize } from './synthesis.ts';

describe('the data stack', () => {
  let table: Resource & { DeletionPolicy?: string; UpdateReplacePolicy?: string };
  let logicalIds: string[];

  beforeAll(() => {
    const { data } = synthesize();
    logicalIds = Object.keys(data.toJSON().Resources as object);
    table = resourcesOf(data, 'AWS::DynamoDB::GlobalTable').get('Table') as typeof table;
  });

  it('holds the one table under the logical id that it was first deployed with, and nothing else', () => {
    expect(logicalIds).toEqual(['Table']);
  });

  it('never changes the keys, which would replace the table', () => {
    expect(table.Properties.KeySchema).toEqual([
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ]);
    expect(table.Properties.AttributeDefinitions).toEqual(
      ['pk', 'sk', 'list', 'listOrder'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    );
  });

  it('has the one index, whole items ordered within a list', () => {
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

  it('pays by request, up to a maximum', () => {
    expect(table.Properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      WriteOnDemandThroughputSettings: { MaxWriteRequestUnits: 1000 },
      Replicas: [{ ReadOnDemandThroughputSettings: { MaxReadRequestUnits: 1000 } }],
    });
  });

  it('streams both images, and forgets by the attribute ttl', () => {
    expect(table.Properties).toMatchObject({
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
    });
  });

  it('survives a deleted stack, a replaced resource and a careless hand, and can be restored to any second', () => {
    expect(table).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    expect(table.Properties.Replicas).toEqual([
      expect.objectContaining({
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      }),
    ]);
  });
});
