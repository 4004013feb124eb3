/** A mail can be sent again that often. */
const mostAgain = 9;

/** The keys of a mail's messages: its first one, and those by which a person sent it again. */
export function chainOf(key: string): string[] {
  return [key, ...Array.from({ length: mostAgain }, (_, index) => `${key}/again-${index + 1}`)];
}
