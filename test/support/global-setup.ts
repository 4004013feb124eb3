import type { TestProject } from 'vitest/node';
import { startDynamoDbLocal } from '../../infra/local/cloud/dynamodb-local.ts';
import { synthesize } from '../infra/synthesis.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly dynamodbUrl: string;
    /** The table's definition as the template has it, in the form of CreateTable. */
    readonly tableDefinition: string;
  }
}

/** Starts one DynamoDB Local for all tests, and reads the table's definition from the synthesized template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dynamodb = await startDynamoDbLocal({ port: { port: 0 } });
  const [properties] = Object.values(synthesize().data.findResources('AWS::DynamoDB::GlobalTable')).map(
    (resource) => resource.Properties as Record<string, unknown>,
  );
  const indexes = (properties?.GlobalSecondaryIndexes ?? []) as Record<string, unknown>[];
  project.provide('dynamodbUrl', dynamodb.url);
  project.provide(
    'tableDefinition',
    JSON.stringify({
      KeySchema: properties?.KeySchema,
      AttributeDefinitions: properties?.AttributeDefinitions,
      BillingMode: 'PAY_PER_REQUEST',
      GlobalSecondaryIndexes: indexes.map(({ IndexName, KeySchema, Projection }) => ({
        IndexName,
        KeySchema,
        Projection,
      })),
    }),
  );
  return () => dynamodb.close();
}
