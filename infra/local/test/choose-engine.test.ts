import { describe, expect, it } from 'vitest';
import { chooseEngine, type EngineChoice } from '../cloud/dynamodb-engine.ts';

const machine = (over: Partial<EngineChoice>): EngineChoice => ({
  asked: undefined,
  javaVersion: 17,
  embedded: '/somewhere/engine',
  keepsData: false,
  ...over,
});

describe('The choice of the engine', () => {
  it.each([
    ['Java 17 is there', {}, 'amazon'],
    ['Java is missing', { javaVersion: 0 }, 'embedded'],
    ['Java is too old', { javaVersion: 11 }, 'embedded'],
    ['the embedded one is asked for beside Java', { asked: 'embedded' }, 'embedded'],
    ['data is to be kept and Java is there', { keepsData: true }, 'amazon'],
  ] as const)('%s: %j gives %s', (_, over, engine) => {
    expect(chooseEngine(machine(over))).toBe(engine);
  });

  it.each([
    [
      'asks for Java where it was asked for by name',
      { asked: 'amazon', javaVersion: 0 },
      /^DYNAMODB_ENGINE=amazon needs Java: install Java 17/,
    ],
    [
      'names Java where the platform has no embedded engine',
      { javaVersion: 0, embedded: undefined },
      /^DynamoDB Local needs Java: install/,
    ],
    [
      'says so when an embedded engine is asked for where there is none',
      { asked: 'embedded', embedded: undefined },
      /only Linux on x64/,
    ],
    ['keeps no data in the embedded engine', { asked: 'embedded', keepsData: true }, /leave DATA_DIR out/],
    ['asks for Java where data is to be kept', { javaVersion: 0, keepsData: true }, /^DATA_DIR needs Amazon/],
    [
      'names what it takes',
      { asked: 'sqlite' },
      /^DYNAMODB_ENGINE is "amazon" or "embedded", not "sqlite"\.$/,
    ],
  ] as const)('%s', (_, over, sentence) => {
    expect(() => chooseEngine(machine(over))).toThrow(sentence);
  });
});
