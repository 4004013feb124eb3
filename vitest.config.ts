import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** They run whole products and take a minute and more: begun last, one of them would run alone at the end. */
const long = /\/(?:what-watches|whole-run|test\/infra\/travel|resend-trouble|hanging-stripe)\.test\.ts$/;

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => long.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}', 'infra/local/test/**/*.test.ts'],
    exclude: ['test/browser/**', 'test/bench/**', 'test/node-alone/**'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Half as many again as cores: a worker often waits for the table, or for the time that a hanging third party is given.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    // Half of the suite's processor time went into loading the same modules anew for each file. Modules keep
    // nothing but what is the same for all, like formats; the Lambdas' entry files keep clients, and run as bundles in their own processes.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    silent: 'passed-only',
    // CloudFormation's own rules only warn, and take ten times as long as a synthesis; `npm run synth` shows what they say.
    env: { CDK_VALIDATION: 'false' },
    globalSetup: ['test/support/global-setup.ts'],
    setupFiles: ['test/support/rules-kept.ts'],
  },
});
