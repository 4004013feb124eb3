import { describe, expect, it } from 'vitest';
import { createMemory, noMemory } from '#platform/web/memory.ts';

function counting() {
  let time = 1_000_000;
  let reads = 0;
  return {
    memory: createMemory(() => new Date(time)),
    pass: (milliseconds: number) => {
      time += milliseconds;
    },
    read: async () => {
      reads += 1;
      return reads;
    },
    reads: () => reads,
  };
}

describe('the memory of public reads', () => {
  it('answers the same read for five seconds, and reads again after them', async () => {
    const { memory, pass, read } = counting();
    expect(await memory.recall('a', read)).toBe(1);
    pass(4999);
    expect(await memory.recall('a', read)).toBe(1);
    expect(await memory.recall('b', read)).toBe(2);
    pass(1);
    expect(await memory.recall('a', read)).toBe(3);
    expect(await memory.recall('b', read)).toBe(2);
  });

  it('reads once for all who ask at the same time', async () => {
    const { memory, read, reads } = counting();
    const answers = await Promise.all(Array.from({ length: 50 }, () => memory.recall('a', read)));
    expect(new Set(answers)).toEqual(new Set([1]));
    expect(reads()).toBe(1);
  });

  it('keeps no read that failed: the next one asks again', async () => {
    const { memory, read } = counting();
    const failing = () => memory.recall('a', () => Promise.reject(new Error('The table is away.')));
    await expect(Promise.all([failing(), failing()])).rejects.toThrow('away');
    expect(await memory.recall('a', read)).toBe(1);
  });

  it('keeps a read that succeeded when an older one of the same name fails late', async () => {
    const { memory, pass, read } = counting();
    let fail = (_: Error) => {};
    const late = memory.recall(
      'a',
      () =>
        new Promise((_, reject) => {
          fail = reject;
        }),
    );
    pass(6000);
    expect(await memory.recall('a', read)).toBe(1);
    fail(new Error('Late.'));
    await expect(late).rejects.toThrow('Late.');
    expect(await memory.recall('a', read)).toBe(1);
  });

  it('holds 200 reads at most, and lets the oldest go', async () => {
    const { memory, read, reads } = counting();
    for (let name = 0; name < 1000; name += 1) await memory.recall(`gifts ${name}`, read);
    await memory.recall('gifts 999', read);
    await memory.recall('gifts 800', read);
    expect(reads()).toBe(1000);
    await memory.recall('gifts 799', read);
    expect(reads()).toBe(1001);
  });

  it('reads again when the clock went back', async () => {
    const { memory, pass, read } = counting();
    await memory.recall('a', read);
    pass(-1);
    expect(await memory.recall('a', read)).toBe(2);
  });

  it('is none where none is wanted', async () => {
    const { read, reads } = counting();
    await noMemory.recall('a', read);
    await noMemory.recall('a', read);
    expect(reads()).toBe(2);
  });
});
