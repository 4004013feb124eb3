/** Waits a random time below a bound that doubles with each attempt, 10 ms to 320 ms ("full jitter"). */
export function jitter(attempt: number): Promise<void> {
  const bound = 10 * 2 ** Math.min(attempt - 1, 5);
  return new Promise((resolve) => setTimeout(resolve, Math.random() * bound));
}
