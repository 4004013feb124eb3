import type { Table } from '#platform/table/table.ts';

/**
 * Takes the condition "must not be there yet" away from every write through the table's client: a system that does not know
 * its own business keys. For tests that show what would happen then.
 */
export function takeUniquenessAway(table: Table): void {
  table.client.middlewareStack.add(
    (next) => (args) => {
      const input = args.input as { TransactItems?: { Put?: { ConditionExpression?: string } }[] };
      for (const { Put } of input.TransactItems ?? []) {
        if (Put?.ConditionExpression === 'attribute_not_exists(pk)') delete Put.ConditionExpression;
      }
      return next(args);
    },
    { step: 'initialize', priority: 'low', name: 'takeUniquenessAway' },
  );
}

/**
 * Takes the condition "as it was read" away from every item that carries a version: a system where the last writer wins. For tests
 * that show what would happen then.
 */
export function takeVersionsAway(table: Table): void {
  interface Guarded {
    ConditionExpression?: string;
    ExpressionAttributeValues?: object;
  }
  table.client.middlewareStack.add(
    (next) => (args) => {
      const input = args.input as { TransactItems?: { Put?: Guarded }[] };
      for (const { Put } of input.TransactItems ?? []) {
        if (Put?.ConditionExpression === 'version = :read') {
          delete Put.ConditionExpression;
          delete Put.ExpressionAttributeValues;
        }
      }
      return next(args);
    },
    { step: 'initialize', priority: 'low', name: 'takeVersionsAway' },
  );
}

interface Guarded {
  ConditionExpression?: string;
  ExpressionAttributeValues?: Record<string, unknown>;
}

/**
 * Lets two writers of a fund, of the cash or of the bank have read before one writes, else the second would see what the first has
 * taken; a writer that tries again is not delayed.
 * @param options.unguarded takes the condition "it is as it was read" away too: a system in which nobody looks
 */
export function raceForMoney(table: Table, { unguarded }: { readonly unguarded: boolean }): void {
  let arrived = 0;
  let open = () => {};
  const bothArrived = new Promise<void>((resolve) => {
    open = resolve;
  });
  table.client.middlewareStack.add(
    (next) => async (args) => {
      const input = args.input as { TransactItems?: { Update?: Guarded }[] };
      const updates = (input.TransactItems ?? []).flatMap(({ Update }) => Update ?? []);
      const guarded = updates.filter((update) => update.ConditionExpression?.includes('moves = :seen'));
      if (guarded.length === 0) return next(args);
      arrived += 1;
      if (arrived === 2) open();
      await bothArrived;
      for (const Update of unguarded ? guarded : []) {
        delete Update.ConditionExpression;
        const { ':seen': _, ...values } = Update.ExpressionAttributeValues ?? {};
        Update.ExpressionAttributeValues = values;
      }
      return next(args);
    },
    { step: 'initialize', priority: 'low', name: 'raceForMoney' },
  );
}

/** Lets reads find nothing of what was counted against a campaign: a system without a breaker. */
export function takeGuardAway(table: Table): void {
  table.client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { Responses } = result.output as { Responses?: Record<string, { pk?: { S: string } }[]> };
      const found = Responses?.[table.name];
      if (found) Responses[table.name] = found.filter(({ pk }) => !pk?.S.startsWith('guard#'));
      return result;
    },
    { step: 'initialize', priority: 'high', name: 'takeGuardAway' },
  );
}

/** Lets reads find that every network had its sure place: a breaker whose places go to the first who come. */
export function takeSurePlacesAway(table: Table): void {
  table.client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { RequestItems = {} } = args.input as {
        RequestItems?: Record<string, { Keys: { pk: { S: string }; sk: { S: string } }[] }>;
      };
      // A middleware of all commands knows no command's output.
      const { Responses } = result.output as unknown as { Responses?: Record<string, object[]> };
      for (const [name, { Keys = [] }] of Object.entries(RequestItems)) {
        const places = Keys.filter(({ sk }) => sk.S === 'place');
        Responses?.[name]?.push(...places.map((key) => ({ ...key, takenAt: { S: '9999' } })));
      }
      return result;
    },
    { step: 'initialize', priority: 'low', name: 'takeSurePlacesAway' },
  );
}

/**
 * Lets two requests under one key have read before one writes, so that neither finds the other's effect.
 * @param options.recorded whether the effects keep the item that says they were had: without it, a system that knows no keys
 */
export function raceUnderOneKey(table: Table, { recorded }: { readonly recorded: boolean }): void {
  interface Write {
    Put?: { Item: { pk: { S: string } } };
  }
  const isRecord = ({ Put }: Write) => Put?.Item.pk.S.startsWith('once#') ?? false;
  let arrived = 0;
  let open = () => {};
  const bothArrived = new Promise<void>((resolve) => {
    open = resolve;
  });
  table.client.middlewareStack.add(
    (next) => async (args) => {
      const input = args.input as { TransactItems?: Write[] };
      if (!input.TransactItems?.some(isRecord)) return next(args);
      arrived += 1;
      if (arrived === 2) open();
      await bothArrived;
      if (!recorded) input.TransactItems = input.TransactItems.filter((write) => !isRecord(write));
      return next(args);
    },
    { step: 'initialize', priority: 'low', name: 'raceUnderOneKey' },
  );
}

/** Takes the condition "a slice has so much" away from every hold: a system that reads what is free, and then writes. */
export function takeStockGuardAway(table: Table): void {
  table.client.middlewareStack.add(
    (next) => (args) => {
      const input = args.input as { TransactItems?: { Update?: Guarded }[] };
      for (const { Update } of input.TransactItems ?? []) {
        if (Update?.ConditionExpression !== '#free >= :quantity') continue;
        delete Update.ConditionExpression;
        const { ':quantity': _, ...values } = Update.ExpressionAttributeValues ?? {};
        Update.ExpressionAttributeValues = values;
      }
      return next(args);
    },
    { step: 'initialize', priority: 'low', name: 'takeStockGuardAway' },
  );
}

interface Return {
  Update?: Guarded & { readonly UpdateExpression?: string };
}

const isReturn = ({ Update }: Return) => Update?.UpdateExpression === 'ADD #free :quantity';

/** Lets something happen between the decision and the write of the first return of stock. */
export function beforeFirstReturn(table: Table, act: () => Promise<unknown>): void {
  let hasActed = false;
  table.client.middlewareStack.add(
    (next) => async (args) => {
      const { TransactItems = [] } = args.input as { TransactItems?: Return[] };
      if (!hasActed && TransactItems.some(isReturn)) {
        hasActed = true;
        await act();
      }
      return next(args);
    },
    { step: 'initialize', priority: 'low', name: 'beforeFirstReturn' },
  );
}

/** Takes the condition "the capacity was not set meanwhile" away from returns of stock. */
export function takeChangesAway(table: Table): void {
  table.client.middlewareStack.add(
    (next) => (args) => {
      for (const item of (args.input as { TransactItems?: Return[] }).TransactItems ?? []) {
        if (!isReturn(item) || !item.Update) continue;
        const { ':changes': _, ...values } = item.Update.ExpressionAttributeValues ?? {};
        delete item.Update.ConditionExpression;
        Object.assign(item.Update, {
          ExpressionAttributeNames: { '#free': 'free' },
          ExpressionAttributeValues: values,
        });
      }
      return next(args);
    },
    { step: 'initialize', priority: 'low', name: 'takeChangesAway' },
  );
}
