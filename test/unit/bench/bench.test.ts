import { describe, expect, it } from 'vitest';
import { type Bench, choose, judge, type Part } from '../../bench/figures.ts';
import { runParts } from '../../bench/run-parts.ts';
import { largestShare } from '../../bench/shares.ts';
import { interleave, median, medianRatio } from '../../bench/statistics.ts';
import { standIn } from '../../support/stand-in.ts';

const figure = (id: string, value: number) => ({ id, value, unit: '×', text: '' });
const part = (name: string, needs: string[] = []): Part => ({
  name,
  title: name,
  needs,
  run: () => Promise.resolve([]),
});

describe('the bench', () => {
  it('misses a limit when the number is above it or is none, and holds it when they are equal', () => {
    const limits = { a: 1, b: 1, c: 1 };
    const judged = judge(
      [figure('a', 1), figure('b', 1.01), figure('c', Number.NaN), figure('d', 99)],
      limits,
    );
    expect(judged.map(({ missed }) => missed)).toEqual([false, true, true, false]);
  });

  it('refuses two figures of one name, of which one would hide the other', () => {
    expect(() => judge([figure('a', 1), figure('a', 2)], {})).toThrow('one id');
  });

  it('runs what a part needs before it, each once, and names the parts there are for an unknown one', () => {
    const parts = [part('cost', ['page', 'cold']), part('page'), part('cold', ['page'])];
    expect(choose(parts, ['cost', 'page']).map(({ name }) => name)).toEqual(['page', 'cold', 'cost']);
    expect(choose(parts, [])).toHaveLength(3);
    expect(() => choose(parts, ['pages'])).toThrow('cost, page, cold');
  });

  it('reports a part that fails, runs the others, and leaves out only what needs the failed one', async () => {
    const said: string[] = [];
    const taken: string[] = [];
    const bench = standIn<Bench>({ say: (line: string) => said.push(line) });
    const failing = { ...part('cold'), run: () => Promise.reject(new Error('The bundle is broken.')) };
    const units = { ...part('units'), run: () => Promise.resolve([figure('units.total', 1)]) };
    const failed = await runParts({
      parts: [part('page'), failing, part('cost', ['page', 'cold']), units],
      bench,
      take: (figures) => taken.push(...figures.map(({ id }) => id)),
    });
    expect(failed).toEqual([
      { name: 'cold', reason: 'The bundle is broken.' },
      { name: 'cost', reason: 'It needs cold, which failed.' },
    ]);
    expect(taken).toEqual(['units.total']);
    expect(said.join('\n')).toMatch(/cold FAILED: Error: The bundle is broken.*cost FAILED.*units: units/s);
  });

  it('compares neighbours, so that a slow stretch of the machine that hits both does not count', () => {
    expect(median([3, 1, 2, 10])).toBe(2.5);
    const costs = { product: [12, 120, 12.5], floor: [10, 100, 10] };
    expect(medianRatio(costs, 'product', 'floor')).toBe(1.2);
  });

  it('alternates the order of the work and leaves the first round out', async () => {
    const order: string[] = [];
    const run = (name: string) => () => Promise.resolve(order.push(name));
    const costs = await interleave(
      { a: run('a'), b: run('b') },
      { rounds: 2, batch: 1, measure: async (work) => Number(await work()) },
    );
    expect(order.join('')).toBe('abbaab');
    expect(costs).toEqual({ a: [4, 5], b: [3, 6] });
  });

  it('finds the fullest of all keys', () => {
    expect(largestShare(['a', 'b', 'a', 'c'])).toBe(0.5);
  });
});
