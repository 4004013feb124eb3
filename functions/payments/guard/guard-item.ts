import type { KeyedHash } from '#platform/ids.ts';
import type { Change } from '#platform/table/commit.ts';
import { guardShards, type Key, keys } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import type { Item, ItemsRead } from '#platform/table/table.ts';
import { hasEnded, setTimeToLive } from '#platform/table/time-to-live.ts';
import { toIncrement } from '#platform/table/write-one.ts';
import { decideGuard, type Guard, paidLately, type Window, type WindowCounts, windowAt } from './guard.ts';
import { guardLimits } from './guard-limits.ts';
import { network, wideNetwork } from './network.ts';

/** What was read of a campaign's breaker, and what follows from it. */
export interface WatchedCampaign {
  readonly slug: string;
  readonly guard: Guard;
  readonly current: WindowCounts;
  /** Whether an alarm rang for this window. */
  readonly alarmRaised: boolean;
  /** Checkouts that were started in this minute, as far as they are counted: besides the sure places, and on these. */
  readonly startedThisMinute: number;
  readonly newThisMinute: number;
  readonly place: AskedPlace;
  /** Whether the network that asks has had its sure place lately. */
  readonly hadPlace: boolean;
}

/** Who asks for a place: keyed hashes of the network and of the wide one around it. */
export interface AskedPlace {
  readonly network: string;
  readonly wide: string | undefined;
}

/** Names the places of a network at a campaign; those of the wide network are counted by the hour. */
export function askedPlace(hash: KeyedHash, slug: string, address: string, now: Date): AskedPlace {
  const hour = windowAt(now, guardLimits.breakerOpen.placeLifetime).start.toISOString();
  const wide = wideNetwork(address);
  return {
    network: hash.of('place', slug, network(address)),
    wide: wide && hash.of('wide-place', slug, wide, hour),
  };
}

/** The items by which the breaker is decided; they are read together with the rest that starting a checkout needs. */
export function guardKeys(slug: string, place: AskedPlace, now: Date): Key[] {
  const { current, previous } = windowsAt(now);
  return [
    ...shardsOf(slug, current),
    ...shardsOf(slug, previous),
    keys.pace(slug, minuteOf(now).start.toISOString()),
    keys.place(place.network),
  ];
}

/**
 * Decides from the items at `guardKeys` whether the breaker is open and what may be started.
 * @param latest when the campaign's newest gifts were paid, and how many of them are known at most
 */
export function watchCampaign(
  slug: string,
  place: AskedPlace,
  found: ItemsRead,
  latest: { readonly times: readonly Date[]; readonly most: number },
  now: Date,
): WatchedCampaign {
  const windows = windowsAt(now);
  const current = countsOf(slug, windows.current, found);
  const previous = countsOf(slug, windows.previous, found);
  const paid = paidLately(latest.times, latest.most, now, guardLimits);
  const [tells] = shardsOf(slug, windows.current) as [Key];
  const pace = found.itemAt(keys.pace(slug, minuteOf(now).start.toISOString()));
  const taken = found.itemAt(keys.place(place.network));
  return {
    slug,
    guard: decideGuard({ current, previous, paid, now }, guardLimits),
    current,
    alarmRaised: found.itemAt(tells)?.told === true,
    startedThisMinute: countOf(pace, 'starts'),
    newThisMinute: countOf(pace, 'fresh'),
    place,
    hadPlace: taken !== undefined && !hasEnded(taken, now),
  };
}

/** The minute of a moment: while the breaker is open, starts are counted by it. */
export function minuteOf(moment: Date): Window {
  return windowAt(moment, 60_000);
}

/**
 * Counts one more sign of card testing.
 * @param at when it happened: it counts in that window
 * @param draw a number in [0, 1) that chooses the shard
 */
export function toCountChange(slug: string, what: keyof WindowCounts, at: Date, draw: number): Change {
  const window = windowAt(at, guardLimits.window);
  return toIncrement({
    at: keys.guard(slug, window.start.toISOString(), Math.floor(draw * guardShards)),
    attribute: what,
    entity: 'guard',
    version: 1,
    endsAt: endOf(window),
  });
}

/** Marks that an alarm rang for the window of a moment, unless it did. */
export function toAlarmRaisedChange(slug: string, now: Date): Change {
  const window = windowAt(now, guardLimits.window);
  const end = setTimeToLive('guard', endOf(window));
  return {
    update: keys.guard(slug, window.start.toISOString(), 0),
    set: {
      expression: `SET told = :yes, entity = :entity, v = :v, ${end.expression}`,
      names: end.names,
      values: {
        ':yes': true,
        ':entity': 'guard',
        ':v': 1,
        ...end.values,
      },
    },
    condition: 'attribute_not_exists(told)',
  };
}

/** The window after a counter's own still looks at it, so it is kept for an hour; the key decides, the deletion only cleans. */
function endOf({ end }: Window): Date {
  return new Date(end.getTime() + 3_600_000);
}

function windowsAt(now: Date): { readonly current: Window; readonly previous: Window } {
  const { window } = guardLimits;
  return { current: windowAt(now, window), previous: windowAt(new Date(now.getTime() - window), window) };
}

function shardsOf(slug: string, { start }: Window): Key[] {
  return Array.from({ length: guardShards }, (_, shard) => keys.guard(slug, start.toISOString(), shard));
}

/** What an item counts; nothing before the first. */
function countOf(item: Item | undefined, what: string): number {
  return (item && read(item).maybeInt(what)) ?? 0;
}

function countsOf(slug: string, window: Window, found: ItemsRead): WindowCounts {
  const counts = { declines: 0, smallStarts: 0 };
  for (const key of shardsOf(slug, window)) {
    const item = found.itemAt(key);
    counts.declines += countOf(item, 'declines');
    counts.smallStarts += countOf(item, 'smallStarts');
  }
  return counts;
}
