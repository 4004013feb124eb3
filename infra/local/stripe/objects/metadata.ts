/**
 * Metadata after an update: a key that was given replaces its value, or goes when its new value is empty; the others
 * stay.
 *
 * @param given null when the update clears them all
 */
export function mergeMetadata(
  present: Record<string, string> | null,
  given: Record<string, string> | null | undefined,
): Record<string, string> {
  if (given === null) return {};
  const entries = Object.entries({ ...present, ...given }).filter(([, value]) => value !== '');
  return Object.fromEntries(entries);
}
