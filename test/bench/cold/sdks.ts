import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SSMClient } from '@aws-sdk/client-ssm';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import Stripe from 'stripe';

const clients = [
  DynamoDBDocumentClient.from(new DynamoDBClient({})),
  new SSMClient({}),
  new Stripe('sk_test_bench'),
];

/** A function that brings the webhook's SDKs, makes their clients and answers at once. */
export const handler = () => Promise.resolve({ statusCode: 200, body: JSON.stringify(clients.length) });
