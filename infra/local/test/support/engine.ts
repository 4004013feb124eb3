import { EngineMissingError, engineOf, startDynamoDb } from '../../cloud/dynamodb-engine.ts';
import type { RunningDynamoDb } from '../../cloud/dynamodb-local.ts';

/** Starts the engine that `DYNAMODB_ENGINE` names, or the one that this machine has, on a port of its own. */
export function startTestDynamoDb(): Promise<RunningDynamoDb> {
  const engine = engineOf({ asked: process.env.DYNAMODB_ENGINE, keepsData: false });
  return startDynamoDb({ engine, port: { port: 0 } });
}

/** Whether this machine has an engine. */
export function hasEngine(engine: 'amazon' | 'embedded'): boolean {
  try {
    return engineOf({ asked: engine, keepsData: false }) === engine;
  } catch (error) {
    if (error instanceof EngineMissingError) return false;
    throw error;
  }
}
