import type { Context } from '#platform/context/context.ts';
import { type Change, type Changes, commit, isNew } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import type { Table } from '#platform/table/table.ts';
import { ended, setTimeToLive } from '#platform/table/time-to-live.ts';
import { toIncrement } from '#platform/table/write-one.ts';
import { minuteOf, type WatchedCampaign } from './guard-item.ts';
import { guardLimits } from './guard-limits.ts';
import { TooManyProblem } from './too-many.ts';

/**
 * Takes one of the places that a campaign has in this minute while its breaker is open: each asks Stripe at most for one Session, and
 * to end the ones it takes the place of. A network that had no place lately has a sure one, out of many; the other places go
 * to the first that come. Without a breaker there is nothing to take.
 *
 * @throws Problem `too-many-checkouts`: a minute later there are more
 */
export async function takePlace(
  watched: WatchedCampaign,
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<void> {
  const { guard, hadPlace } = watched;
  if (guard.startsAMinute === undefined || guard.newAMinute === undefined) return;
  const isNew = !hadPlace && watched.newThisMinute < guard.newAMinute;
  if (isNew && (await takeSurePlace(table, watched, guard.newAMinute, now))) return;
  const isLeft = watched.startedThisMinute < guard.startsAMinute;
  if (isLeft && (await takeOpenPlace(table, watched, guard.startsAMinute, now))) return;
  throw new TooManyProblem(now, minuteOf(now).end);
}

async function takeSurePlace(
  table: Table,
  { slug, place }: WatchedCampaign,
  most: number,
  now: Date,
): Promise<boolean> {
  const { placeLifetime, placesAWideNetwork } = guardLimits.breakerOpen;
  const until = new Date(now.getTime() + placeLifetime);
  const [over, end] = [ended(now), setTimeToLive('place', until)];
  const changes: Changes<'place' | 'pace' | 'wide'> = {
    place: {
      update: keys.place(place.network),
      set: {
        expression: `SET takenAt = :now, entity = :entity, v = :v, ${end.expression}`,
        names: end.names,
        values: {
          ':now': now.toISOString(),
          ':entity': 'place',
          ':v': 1,
          ...end.values,
          ...over.values,
        },
      },
      condition: `${isNew.expression} OR ${over.expression}`,
    },
    pace: toPaceChange(slug, 'fresh', most, now),
    ...(place.wide && {
      wide: toIncrement({
        at: keys.place(place.wide),
        attribute: 'places',
        entity: 'place',
        version: 1,
        endsAt: until,
        below: placesAWideNetwork,
      }),
    }),
  };
  return (await commit(table, () => changes)).committed;
}

async function takeOpenPlace(
  table: Table,
  { slug }: WatchedCampaign,
  most: number,
  now: Date,
): Promise<boolean> {
  return (await commit(table, () => ({ pace: toPaceChange(slug, 'starts', most, now) }))).committed;
}

function toPaceChange(slug: string, what: 'starts' | 'fresh', most: number, now: Date): Change {
  const { start, end } = minuteOf(now);
  const at = keys.pace(slug, start.toISOString());
  return toIncrement({ at, attribute: what, entity: 'pace', version: 1, endsAt: end, below: most });
}
