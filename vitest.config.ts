import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/browser/**', 'test/bench/**'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // All cores: else a machine with two works on one file at a time.
    maxWorkers: '100%',
    silent: 'passed-only',
    globalSetup: ['test/support/global-setup.ts'],
  },
});
