import { type CfnElement, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, Billing, ProjectionType, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { listsIndex } from '../functions/table/keys.ts';
import type { Stage } from './stages.ts';

/** The books: one table that outlives every deployment, with nothing beside it that could take it along. */
export class DataStack extends Stack {
  readonly table: TableV2;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id, { description: `Tideover ${stage.name}: the table.`, terminationProtection: true });
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
  }
}
