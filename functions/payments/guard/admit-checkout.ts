import type { Context } from '#platform/context/context.ts';
import type { KeyedHash } from '#platform/ids.ts';
import { count } from '#platform/log.ts';
import type { Currency } from '#platform/money.ts';
import { commit } from '#platform/table/commit.ts';
import type { Table } from '#platform/table/table.ts';
import { toAlarmRaisedChange, toCountChange, type WatchedCampaign } from './guard-item.ts';
import { guardLimits } from './guard-limits.ts';
import { limitCheckouts } from './limit-checkouts.ts';
import { MinimumRaisedProblem } from './too-many.ts';

/** More than this is not counted: the breaker is open by then, and counting a flood would only cost. */
const mostCounted = 4 * guardLimits.smallStarts;

/**
 * Admits a new checkout, or says when to try again: counts its network, and checks it against what the breaker allows now. The
 * common case writes one item; what looks like card testing costs a second write.
 *
 * @throws Problem `too-many-checkouts` or `minimum-raised`, with the time to wait
 */
export async function admitCheckout(
  {
    address,
    amount,
    campaign,
  }: {
    readonly address: string;
    readonly amount: number;
    readonly campaign: WatchedCampaign & { readonly currency: Currency };
  },
  { table, now, random, hash }: Pick<Context, 'table' | 'now' | 'random'> & { readonly hash: KeyedHash },
): Promise<void> {
  const { guard, slug } = campaign;
  if (guard.opensBreaker && !campaign.alarmRaised) await raiseAlarm(table, campaign, now);
  const starts = await limitCheckouts({ address, most: guard.startsAnAddress }, { table, now, hash });
  const isSmall = amount < guardLimits.breakerOpen.minimum;
  const isCounted = starts > 1 && starts <= 1 + guardLimits.smallStartsANetwork;
  if (isSmall && isCounted && campaign.current.smallStarts < mostCounted) {
    await commit(table, () => ({ small: toCountChange(slug, 'smallStarts', now, random()) }));
  }
  if (guard.minimum !== undefined && guard.until && amount < guard.minimum) {
    throw new MinimumRaisedProblem(guard.minimum, campaign.currency, now, guard.until);
  }
}

/** Rings the alarm, once a window. */
async function raiseAlarm(table: Table, { slug, current }: WatchedCampaign, now: Date): Promise<void> {
  const outcome = await commit(table, () => ({ alarm: toAlarmRaisedChange(slug, now) }));
  if (outcome.committed) count('CardTesting', { campaign: slug, ...current });
}
