import type { Clock } from '#platform/clock.ts';

/** Answers a public read from what the same read gave a moment ago. */
export interface Memory {
  /**
   * @param key names the read with all that it depends on; nothing that is read by a secret id may be kept
   * @param read is asked when nothing is remembered; when it fails, nothing is
   */
  recall<T>(key: string, read: () => Promise<T>): Promise<T>;
}

/** Remembers nothing: every read sees what was written before it. */
export const noMemory: Memory = { recall: (_, read) => read() };

const mostRemembered = 200;

/**
 * Remembers public reads in the function's memory, so that one client who asks again and again costs one read in a few seconds. What is
 * shown stays younger than the 15 seconds that the contract gives totals.
 * @param clock measures the age of a remembered read, from the beginning of that read
 */
export function createMemory(clock: Clock, milliseconds = 5000): Memory {
  const remembered = new Map<string, { readonly at: number; readonly value: Promise<unknown> }>();
  return {
    recall: <T>(key: string, read: () => Promise<T>): Promise<T> => {
      const now = clock().getTime();
      const known = remembered.get(key);
      const age = known ? now - known.at : -1;
      if (known && age >= 0 && age < milliseconds) return known.value as Promise<T>;
      const value = read();
      const entry = { at: now, value };
      remembered.delete(key);
      remembered.set(key, entry);
      value.catch(() => {
        if (remembered.get(key) === entry) remembered.delete(key);
      });
      // The first of a Map is the one that was read longest ago.
      for (const oldest of remembered.keys()) {
        if (remembered.size <= mostRemembered) break;
        remembered.delete(oldest);
      }
      return value;
    },
  };
}
