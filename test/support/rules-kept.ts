import { afterAll, expect } from 'vitest';
import { takeBrokenRules } from './request-rules.ts';

// A request that broke a rule failed already; code that goes on after failures would hide it.
afterAll(() => {
  expect(takeBrokenRules(), 'rules that requests to the table broke').toEqual([]);
});
