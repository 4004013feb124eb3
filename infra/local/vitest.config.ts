import { defineConfig } from 'vitest/config';

// For `npm test -w infra/local`; the repository's own `npm test` runs these tests too.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    isolate: false,
    silent: 'passed-only',
  },
});
