/**
 * Whether a page of another site sent a form. Browsers say where it came from by `Origin` (`null` where they hide it, which our own
 * pages never make them do) and by `Sec-Fetch-Site`; what sends neither is a program.
 *
 * @param headers.get as of a request
 * @param own the origins that the site is reached at, for example `https://give.example.org`
 */
export function isForeignForm(
  headers: { get(name: string): string | null },
  own: readonly string[],
): boolean {
  const origin = headers.get('origin');
  if (origin !== null && !own.includes(origin)) return true;
  return headers.get('sec-fetch-site')?.trim().toLowerCase() === 'cross-site';
}
