import { configDefaults, mergeConfig } from 'vitest/config';
import suite from './vitest.config.ts';

/** What a machine with Node alone has to do: the product as `npm start` runs it, the contract of the engines and the flows. */
const config = mergeConfig(suite, {});
config.test.include = [
  'test/node-alone/**/*.test.ts',
  'infra/local/test/{dynamodb-engine-reads,dynamodb-engine-writes,embedded-guard,choose-engine}.test.ts',
  'test/flows/**/*.test.{ts,tsx}',
];
config.test.exclude = configDefaults.exclude;
export default config;
