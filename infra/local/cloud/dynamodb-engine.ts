import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import type { PortChoice } from '../serve.ts';
import { type RunningDynamoDb, startDynamoDbLocal } from './dynamodb-local.ts';
import { startEmbeddedDynamoDb } from './embedded-dynamodb.ts';

/** What answers as DynamoDB on the laptop: Amazon's DynamoDB Local, or the embedded engine for machines without Java. */
export type EngineName = 'amazon' | 'embedded';

/** Thrown when no engine can serve. The message is one sentence for the terminal. */
export class EngineMissingError extends Error {
  override readonly name = 'EngineMissingError';
}

/** What a machine has, and what is asked of the engine. */
export interface EngineChoice {
  /** `DYNAMODB_ENGINE`; undefined lets the machine decide. */
  readonly asked: string | undefined;
  readonly javaVersion: number;
  /** The embedded engine's program, where this machine's platform has one. */
  readonly embedded: string | undefined;
  /** The data is to be kept on disk, which only Amazon's engine may do. */
  readonly keepsData: boolean;
}

const oldestJava = 17;
const installJava =
  'install Java 17 or newer with `apt-get install openjdk-17-jre-headless`, or from https://adoptium.net';

/**
 * Chooses the engine: Amazon's wherever Java 17 is, because it is the reference; the embedded one where Java is missing.
 *
 * @throws EngineMissingError with one sentence that says what to install or to change
 */
export function chooseEngine({ asked, javaVersion, embedded, keepsData }: EngineChoice): EngineName {
  const hasJava = javaVersion >= oldestJava;
  switch (asked) {
    case 'amazon':
      if (!hasJava) throw new EngineMissingError(`DYNAMODB_ENGINE=amazon needs Java: ${installJava}.`);
      return 'amazon';
    case 'embedded':
      if (keepsData) {
        throw new EngineMissingError(
          'The embedded engine keeps nothing on disk: leave DATA_DIR out, or use DYNAMODB_ENGINE=amazon.',
        );
      }
      if (!embedded) {
        throw new EngineMissingError(
          `There is no embedded engine for this platform (only Linux on x64): ${installJava}.`,
        );
      }
      return 'embedded';
    case undefined:
      break;
    default:
      throw new EngineMissingError(
        `DYNAMODB_ENGINE is "amazon" or "embedded", not ${JSON.stringify(asked)}.`,
      );
  }
  if (hasJava) return 'amazon';
  if (keepsData) throw new EngineMissingError(`DATA_DIR needs Amazon's DynamoDB Local: ${installJava}.`);
  if (!embedded) throw new EngineMissingError(`DynamoDB Local needs Java: ${installJava}.`);
  return 'embedded';
}

/**
 * Chooses by what this machine has.
 *
 * @param settings.asked `DYNAMODB_ENGINE`
 * @throws EngineMissingError
 */
export function engineOf(settings: { asked: string | undefined; keepsData: boolean }): EngineName {
  return chooseEngine({ ...settings, javaVersion: javaVersion(), embedded: embeddedProgram() });
}

/**
 * Starts an engine. The embedded one listens on a port that the system chooses, whatever the port asked for: what stands in front of
 * it for other programs is `guardEmbedded`.
 *
 * @throws EngineMissingError, PortTakenError
 */
export async function startDynamoDb(options: {
  engine: EngineName;
  port: PortChoice;
  dataDirectory?: string | undefined;
  compilesQuickly?: boolean;
  onDeath?: (sentence: string) => void;
}): Promise<RunningDynamoDb> {
  if (options.engine === 'amazon') return startDynamoDbLocal(options);
  const program = embeddedProgram();
  if (!program) throw new EngineMissingError('The embedded engine is not installed.');
  return startEmbeddedDynamoDb(program, options);
}

/** The major version of the `java` on the path; 0 without one. */
function javaVersion(): number {
  const { stderr } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  return Number(/version "(\d+)/.exec(stderr ?? '')?.[1] ?? 0);
}

/** The embedded engine's program; undefined where npm left the optional package out. */
function embeddedProgram(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve('@dynoxide/linux-x64/dynoxide');
  } catch {
    return undefined;
  }
}
