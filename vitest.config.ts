import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/browser/**', 'test/bench/**'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    silent: 'passed-only',
    globalSetup: ['test/support/global-setup.ts'],
  },
});
