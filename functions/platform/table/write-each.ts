import {
  type AttributeValue,
  BatchExecuteStatementCommand,
  type BatchStatementRequest,
} from '@aws-sdk/client-dynamodb';
import type { Change, isNew } from './commit.ts';
import { requireUsableKey } from './key-limits.ts';
import type { Key } from './keys.ts';
import { isPassing, retryOnConflict } from './retry-on-conflict.ts';
import { type Item, type Table, toAttributes } from './table.ts';

/**
 * A change that is written beside others, each by itself: a new item; or `SET` or `REMOVE` on one that is there, under a condition. Where
 * no item is, an update writes nothing.
 */
export type SeparateChange =
  | { readonly put: Item; readonly condition: typeof isNew }
  | (Extract<Change, { readonly update: Key }> & { readonly condition: string });

/** BatchExecuteStatement takes 25 statements, each of another item. */
const largestBatch = 25;

/**
 * Writes each change by itself, many in one request and at half of what a transaction costs: one may be written where another is not, also
 * when this throws. A transaction that holds an item is waited for.
 *
 * @returns the changes that were written; of the others the condition did not hold
 */
export async function writeEach(
  table: Table,
  changes: readonly SeparateChange[],
): Promise<ReadonlySet<SeparateChange>> {
  const written = new Set<SeparateChange>();
  for (let waiting = changes; waiting.length > 0; ) {
    const ofEachItem = new Map(waiting.toReversed().map((change) => [nameOf(change), change]));
    const batch = [...ofEachItem.values()].reverse().slice(0, largestBatch);
    await writeBatch(table, batch, written);
    waiting = waiting.filter((change) => !batch.includes(change));
  }
  return written;
}

function nameOf(change: SeparateChange): string {
  const { pk, sk } = 'put' in change ? change.put : change.update;
  return `${pk}\n${sk}`;
}

async function writeBatch(
  table: Table,
  batch: readonly SeparateChange[],
  written: Set<SeparateChange>,
): Promise<void> {
  let waiting = batch;
  await retryOnConflict(async () => {
    const Statements = waiting.map((change) => toStatement(table.name, change));
    const { Responses = [] } = await table.client.send(new BatchExecuteStatementCommand({ Statements }));
    waiting = waiting.filter((change, index) => {
      const { Code, Message } = Responses[index]?.Error ?? {};
      if (Code === undefined) written.add(change);
      else if (Code !== 'ConditionalCheckFailed' && Code !== 'DuplicateItem' && !isPassing(Code))
        throw new Error(`${nameOf(change)} was not written: ${Code}, ${Message}`);
      return isPassing(Code);
    });
    return waiting.length === 0 || undefined;
  });
}

/**
 * The change in PartiQL, the only language in which DynamoDB takes single writes with conditions together. An update in it makes no item,
 * so that `attribute_exists(pk)` is said already.
 */
function toStatement(tableName: string, change: SeparateChange): BatchStatementRequest {
  const Parameters: AttributeValue[] = [];
  if ('put' in change) {
    const attributes = Object.entries(toAttributes(change.put));
    Parameters.push(...attributes.map(([, value]) => value));
    const names = attributes.map(([name]) => `'${name}': ?`).join(', ');
    return { Statement: `INSERT INTO "${tableName}" VALUE {${names}}`, Parameters };
  }
  const { update, set, condition } = change;
  requireUsableKey(update);
  const values = toAttributes({ ...set.values, ':pk': update.pk, ':sk': update.sk });
  const words = `${set.expression} WHERE pk = :pk AND sk = :sk AND ${condition}`
    .replace('attribute_exists(pk) AND ', '')
    .replace(
      /attribute_(not_)?exists\((#?\w+)\)/g,
      (_, not, name) => `${name} IS ${not ? '' : 'NOT '}MISSING`,
    )
    .replace(/([#:]?)\b[a-z]\w*/g, (word, kind) => {
      if (kind !== ':') return `"${set.names?.[word] ?? word}"`;
      Parameters.push(values[word] as AttributeValue);
      return '?';
    });
  return { Statement: `UPDATE "${tableName}" ${words}`, Parameters };
}
