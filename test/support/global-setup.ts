import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { hasEngine, startTestDynamoDb } from '../../infra/local/test/support/engine.ts';
import { someSignIn, synthesize, tableDefinition } from './synthesis.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly dynamodbUrl: string;
    /** The table's definition as the template has it, in the form of CreateTable. */
    readonly tableDefinition: string;
    /** The stacks of a stage with the sign-in `someSignIn`, by name, with their templates; the functions are not bundled. */
    readonly stacks: string;
    /** A folder for what one worker makes for all; it is empty when a run begins. */
    readonly sharedFolder: string;
  }
}

/** Starts one DynamoDB Local for all tests, and reads the table's definition from the synthesized template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // The settings' variables reach the workers only.
  Object.assign(process.env, project.config.env);
  // CDK leaves each synthesis in a folder of its own; the run's end takes all of them away.
  const temporary = await mkdtemp(join(tmpdir(), 'tideover-tests-'));
  process.env.TMPDIR = temporary;
  if (!hasEngine('amazon')) {
    console.log(
      'Without Java 17 the tests of Amazon’s engine are skipped: infra/local/test/dynamodb-engine-*.test.ts',
    );
  }
  const dynamodb = await startTestDynamoDb();
  const { data, service } = synthesize('dev', someSignIn);
  const stacks = { 'Tideover-dev-Data': data.toJSON(), 'Tideover-dev-Service': service.toJSON() };
  const shared = join(temporary, 'shared');
  const emptyShared = async () => {
    await rm(shared, { recursive: true, force: true });
    await mkdir(shared);
  };
  await emptyShared();
  project.onTestsRerun(emptyShared);
  project.provide('sharedFolder', shared);
  project.provide('stacks', JSON.stringify(stacks));
  project.provide('dynamodbUrl', dynamodb.url);
  project.provide('tableDefinition', tableDefinition(data));
  return async () => {
    await dynamodb.close();
    await rm(temporary, { recursive: true, force: true });
  };
}
