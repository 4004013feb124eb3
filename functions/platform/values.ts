/**
 * Whether two values say the same: names in any order, as the table gives them, and those without a value as if they were not there;
 * lists in their order, members of sets in any.
 */
export function sameValue(a: unknown, b: unknown): boolean {
  return JSON.stringify(inOrder(a)) === JSON.stringify(inOrder(b));
}

/**
 * A plain value with the names of its maps and the members of its sets in one order, whatever the table's was: what may be digested or
 * compared as text.
 */
export function inOrder(value: unknown): unknown {
  if (value instanceof Set) return [...value].sort();
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return byName(Object.fromEntries(Object.entries(value).map(([name, one]) => [name, inOrder(one)])));
}

/** A map with its names in one order. */
export function byName<Map extends object>(map: Map): Map {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1))) as Map;
}
