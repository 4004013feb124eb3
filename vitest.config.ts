import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

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
    silent: 'passed-only',
    // CloudFormation's own rules only warn, and take ten times as long as a synthesis; `npm run synth` shows what they say.
    env: { CDK_VALIDATION: 'false' },
    globalSetup: ['test/support/global-setup.ts'],
    setupFiles: ['test/support/rules-kept.ts'],
  },
});
