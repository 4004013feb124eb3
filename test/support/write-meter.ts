import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Table } from '#platform/table/table.ts';
import { dynamoDbClient } from '../../infra/local/cloud/dynamodb-client.ts';
import { readStatement, type Statement } from '../../infra/local/cloud/statements.ts';
import { indexWrites, itemBytes, tableUnits } from './write-units.ts';

/** One item that a request wrote, with what AWS would charge for it. */
export interface MeteredWrite {
  readonly step: string;
  /** What stands at the key, such as `gift` or `latest-gifts`. */
  readonly entity: string;
  readonly pk: string;
  /** Of the larger one of before and after. */
  readonly bytes: number;
  readonly units: number;
  readonly indexUnits: number;
}

/** One request to the table. */
export interface MeteredRequest {
  readonly step: string;
  readonly operation: string;
  /** Bytes of the answer's body. */
  readonly answered: number;
}

/** What went to a table since it was metered. */
export interface Meter {
  readonly writes: readonly MeteredWrite[];
  readonly requests: readonly MeteredRequest[];
  /** Runs one step of the way: what the table is asked meanwhile is written down under its name. */
  step<T>(name: string, run: () => Promise<T>): Promise<T>;
}

interface Write {
  readonly Key?: object;
  readonly Item?: object;
}
type Marshalled = Record<string, AttributeValue>;
type Plain = Readonly<Record<string, unknown>>;

/**
 * Meters a table: each request that writes stands between two reads of the items it names, so units follow from the bytes
 * before and after, whatever code wrote them. Steps run one after the other: writes side by side would see each other.
 *
 * @param table its client is watched from now on
 * @param url where its DynamoDB Local is, for the reads
 */
export function meterTable(table: Table, url: string): Meter {
  const call = dynamoDbClient(url, 'ap-east-1');
  const writes: MeteredWrite[] = [];
  const requests: MeteredRequest[] = [];
  let present = 'none';
  table.client.middlewareStack.add(
    (next) => async (args) => {
      const request = args.request as { headers: Record<string, string>; body: Uint8Array };
      const operation = request.headers['x-amz-target']?.split('.')[1] ?? '';
      const keys = writtenKeys(operation, JSON.parse(Buffer.from(request.body).toString()) as Plain);
      const read = () => Promise.all(keys.map((key) => readItem(call, table.name, key)));
      const before = await read();
      const result = await next(args);
      const after = await read();
      const { headers } = result.response as { headers: Record<string, string> };
      requests.push({ step: present, operation, answered: Number(headers['content-length'] ?? 0) });
      keys.forEach((_, index) => {
        const written = { before: before[index], after: after[index] };
        writes.push(measure(present, written, operation.startsWith('Transact')));
      });
      return result;
    },
    { step: 'deserialize', priority: 'low', name: 'meterTable' },
  );
  return {
    writes,
    requests,
    step: async (name, run) => {
      present = name;
      try {
        return await run();
      } finally {
        present = 'none';
      }
    },
  };
}

function measure(
  step: string,
  written: { before: Plain | undefined; after: Plain | undefined },
  inTransaction: boolean,
): MeteredWrite {
  const { before, after } = written;
  const item = after ?? before ?? {};
  return {
    step,
    entity: String(item.entity),
    pk: String(item.pk),
    bytes: Math.max(before ? itemBytes(before) : 0, after ? itemBytes(after) : 0),
    units: tableUnits(written, inTransaction),
    indexUnits: indexWrites(written),
  };
}

function writtenKeys(operation: string, input: Plain): Marshalled[] {
  switch (operation) {
    case 'TransactWriteItems':
      return (input.TransactItems as Record<string, Write>[]).flatMap((each) =>
        Object.values(each).map(keyOf),
      );
    case 'BatchExecuteStatement':
      return (input.Statements as Statement[]).map((statement) => keyOf(readStatement(statement) ?? {}));
    case 'PutItem':
    case 'UpdateItem':
    case 'DeleteItem':
      return [keyOf(input as Write)];
    case 'BatchGetItem':
    case 'GetItem':
    case 'Query':
    case 'Scan':
    case 'TransactGetItems':
      return [];
    default:
      throw new Error(`The meter does not know what ${operation} writes.`);
  }
}

function keyOf({ Key, Item }: Write): Marshalled {
  const { pk, sk } = (Key ?? Item) as { pk: AttributeValue; sk: AttributeValue };
  return { pk, sk };
}

async function readItem(
  call: ReturnType<typeof dynamoDbClient>,
  TableName: string,
  Key: Marshalled,
): Promise<Plain | undefined> {
  const { Item } = await call<{ Item?: Marshalled }>('GetItem', { TableName, Key, ConsistentRead: true });
  return Item && unmarshall(Item);
}

/** Write units of one step, in the table and in its index. */
export interface StepUnits {
  readonly step: string;
  readonly table: number;
  readonly index: number;
}

/** Adds up what each step wrote, in the order of the steps. */
export function unitsByStep(writes: readonly MeteredWrite[]): StepUnits[] {
  const steps = new Map<string, { table: number; index: number }>();
  for (const { step, units, indexUnits } of writes) {
    const sums = steps.get(step) ?? { table: 0, index: 0 };
    steps.set(step, { table: sums.table + units, index: sums.index + indexUnits });
  }
  return [...steps].map(([step, sums]) => ({ step, ...sums }));
}
