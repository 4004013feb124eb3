import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import Stripe from 'stripe';

const dynamodb = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const ssm = new SSMClient({});

interface Delivery {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A function that does with the webhook's SDKs what any webhook must: secret, signature, one transaction. */
export async function handler({ body, headers }: Delivery) {
  const secret = await ssm.send(new GetParameterCommand({ Name: 'secret', WithDecryption: true }));
  Stripe.webhooks.constructEvent(body, headers['stripe-signature'] ?? '', secret.Parameter?.Value ?? '');
  const Put = { TableName: 'bench', Item: { pk: 'gift', sk: 'gift', amount: 50_000 } };
  await dynamodb.send(new TransactWriteCommand({ TransactItems: [{ Put }] }));
  return { statusCode: 200, body: '{}' };
}
