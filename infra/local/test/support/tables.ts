import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';

/** A table with a sort key and one index, in which most items do not stand. */
export const tableWithIndex: Omit<CreateTableCommandInput, 'TableName'> = {
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  AttributeDefinitions: ['pk', 'sk', 'list', 'listOrder'].map((AttributeName) => ({
    AttributeName,
    AttributeType: 'S',
  })),
  BillingMode: 'PAY_PER_REQUEST',
  GlobalSecondaryIndexes: [
    {
      IndexName: 'lists',
      KeySchema: [
        { AttributeName: 'list', KeyType: 'HASH' },
        { AttributeName: 'listOrder', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
};
