import { sessionLifetime } from '#payments/checkout/checkout.ts';
import type { Context } from '#platform/context/context.ts';
import type { KeyedHash } from '#platform/ids.ts';
import type { Change } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { increment, toIncrement } from '#platform/table/write-one.ts';
import { windowAt } from './guard.ts';
import { guardLimits } from './guard-limits.ts';
import { network } from './network.ts';
import { TooManyProblem } from './too-many.ts';

/** What of a network is limited: starts of checkouts, and requests that are repeated. */
export type Counted = 'count' | 'repeats';

/**
 * The name of a network in the window of a moment, as a keyed hash: nobody can see that networks of two windows are the same.
 * @param address an IPv4 or IPv6 address
 */
export function networkName(hash: KeyedHash, address: string, now: Date): string {
  const start = windowAt(now, guardLimits.window).start.toISOString();
  return `${hash.of('address', network(address), start)}#${start}`;
}

/**
 * Counts a checkout of an address, in windows of ten minutes whose key holds the window. A network of which many payments were
 * declined in the window starts nothing more.
 *
 * @param most checkouts that one address may start in the window
 * @param what counts: a start, or a request that is repeated
 * @returns how many it has started in the window, with this one
 * @throws Problem `too-many-checkouts` that says when to try again
 */
export async function limitCheckouts(
  {
    address,
    most = guardLimits.startsAnAddress,
    what = 'count',
  }: { readonly address: string; readonly most?: number; readonly what?: Counted },
  { table, now, hash }: Pick<Context, 'table' | 'now'> & { readonly hash: KeyedHash },
): Promise<number> {
  const { end } = windowAt(now, guardLimits.window);
  const name = networkName(hash, address, now);
  const counted = await increment(table, {
    at: keys.limit(name),
    attribute: what,
    entity: 'limit',
    version: 1,
    endsAt: endOf(name),
    below: most,
    condition: '(attribute_not_exists(declines) OR declines < :declines)',
    values: { ':declines': guardLimits.declinesToStop },
  });
  if (!counted) throw new TooManyProblem(now, end);
  return read(counted).int(what);
}

/**
 * Counts a declined payment of a network.
 * @param fewer and only while fewer than this were counted; without one, however many
 */
export function toNetworkDeclineChange(name: string, fewer?: number): Change {
  return toIncrement({
    at: keys.limit(name),
    attribute: 'declines',
    entity: 'limit',
    version: 1,
    endsAt: endOf(name),
    below: fewer,
  });
}

/** A payment of a Session can be declined, and counts here, for as long as that can be paid. */
function endOf(name: string): Date {
  const start = Date.parse(name.slice(name.indexOf('#') + 1));
  return new Date(start + guardLimits.window + sessionLifetime);
}
