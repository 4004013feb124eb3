import {
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { requireUsableKey } from './key-limits.ts';
import type { Key } from './keys.ts';
import { passes, sendUntilFree } from './retry-on-conflict.ts';
import { fromAttributes, type Item, type Table, toAttributes } from './table.ts';

/** A condition that must hold, with its names and values. */
export interface Expression {
  readonly expression: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, unknown>>;
}

/** One item to write, to take away or only to look at, as the rules decide it. */
export type Change =
  | { readonly put: Item; readonly condition?: Expression }
  | PutAlong
  | { readonly update: Key; readonly set: Expression; readonly condition?: string }
  | { readonly remove: Key; readonly condition?: Expression }
  | { readonly check: Key; readonly condition: Expression };

/** A new item that never comes without another one, which says where to find it. */
export interface PutAlong {
  readonly put: Item;
  readonly condition: Expression;
  readonly along: Item;
}

/** Changes under the names that the caller asks about when they fail. */
export type Changes<Name extends string> = { readonly [One in Name]?: Change };

/** What became of a commit: all was written, or nothing, and then which conditions did not hold. */
export type Outcome<Name extends string> =
  | { readonly committed: true }
  | { readonly committed: false; readonly failed: ReadonlyMap<Name, Item | undefined> };

/** The condition of an item that must not be there yet. */
export const isNew = { expression: 'attribute_not_exists(pk)' } as const satisfies Expression;

/**
 * Writes all changes in one transaction, or none. A conflict with another transaction or throttling is tried again, with
 * jitter; a condition that does not hold is answered, with the item that stood in the way.
 *
 * @param decide gives the changes; asked anew for each attempt, so that it can draw another shard
 * @param options.isPatient for items that many write at once, and that no other stands in for: about six seconds, not two
 * @throws the last error when conflicts do not end, and any other error of the table
 */
export function commit<Name extends string>(
  table: Table,
  decide: () => Changes<Name>,
  { isPatient = false } = {},
): Promise<Outcome<Name>> {
  return sendUntilFree(() => writeTogether(table, decide()), { isPatient });
}

async function writeTogether<Name extends string>(
  table: Table,
  changes: Changes<Name>,
): Promise<Outcome<Name>> {
  const named = Object.entries<Change | undefined>(changes).filter(([, change]) => change !== undefined);
  const each = named.flatMap(([name, change]) => withAlong(change as Change).map((one) => ({ name, one })));
  const names = each.map(({ name }) => name) as Name[];
  try {
    await table.client.send(
      new TransactWriteItemsCommand({ TransactItems: each.map(({ one }) => toRequest(table.name, one)) }),
    );
    return { committed: true };
  } catch (error) {
    if (!(error instanceof TransactionCanceledException) || passes(error)) throw error;
    const reasons = error.CancellationReasons ?? [];
    const failed = new Map<Name, Item | undefined>();
    reasons.forEach((reason, index) => {
      const name = names[index];
      if (name && reason.Code === 'ConditionalCheckFailed')
        failed.set(name, reason.Item && fromAttributes(reason.Item));
    });
    if (failed.size === 0) throw error;
    return { committed: false, failed };
  }
}

function withAlong(change: Change): readonly Change[] {
  return 'along' in change ? [change, { put: change.along }] : [change];
}

/** A change as DynamoDB's transactions take it; what is in it is also what a write of it alone takes. */
export function toRequest(tableName: string, change: Change): TransactWriteItem {
  const common = { TableName: tableName, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;
  if ('put' in change)
    return { Put: { Item: toAttributes(change.put), ...common, ...toCondition(change.condition) } };
  if ('remove' in change) {
    return { Delete: { Key: toKey(change.remove), ...common, ...toCondition(change.condition) } };
  }
  if ('check' in change) {
    return {
      ConditionCheck: {
        Key: toKey(change.check),
        ConditionExpression: change.condition.expression,
        ...common,
        ...toNamesAndValues(change.condition),
      },
    };
  }
  return {
    Update: {
      Key: toKey(change.update),
      UpdateExpression: change.set.expression,
      ...common,
      ...toNamesAndValues(change.set),
      ...(change.condition && { ConditionExpression: change.condition }),
    },
  };
}

function toKey({ pk, sk }: Key) {
  requireUsableKey({ pk, sk });
  return { pk: { S: pk }, sk: { S: sk } };
}

function toCondition(condition: Expression | undefined) {
  return condition && { ConditionExpression: condition.expression, ...toNamesAndValues(condition) };
}

function toNamesAndValues({ names, values }: Expression) {
  return {
    ...(names && { ExpressionAttributeNames: names }),
    ...(values && { ExpressionAttributeValues: toAttributes(values) }),
  };
}
