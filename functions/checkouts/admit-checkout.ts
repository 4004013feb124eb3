import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { KeyedHash } from '../platform/ids.ts';
import { count } from '../platform/log.ts';
import type { Currency } from '../platform/money.ts';
import { commit } from '../table/commit.ts';
import { keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { minuteOf, toCountChange, toToldChange, type WatchedCampaign } from './guard-item.ts';
import { guardLimits } from './guard-limits.ts';
import { limitCheckouts } from './limit-checkouts.ts';
import { MinimumRaisedProblem, TooManyProblem } from './too-many.ts';

/** More than this is not counted: the breaker is on, and a flood shall not be paid for. */
const mostCounted = 4 * guardLimits.smallStarts;

/**
 * Lets a new checkout in, or says when to try again: counts its address, and holds it against what the breaker allows now. The
 * common way writes one item; what looks like card testing costs a second write.
 *
 * @throws Problem `too-many-checkouts` or `minimum-raised`, with the time to wait
 */
export async function admitCheckout(
  table: Table,
  asked: { readonly hash: KeyedHash; readonly address: string; readonly amount: number; readonly now: Date },
  campaign: WatchedCampaign & { readonly currency: Currency },
): Promise<void> {
  const { hash, address, amount, now } = asked;
  const { guard, slug } = campaign;
  if (guard.trips && !campaign.told) await tell(table, campaign, now);
  const starts = await limitCheckouts(table, hash, address, now, guard.startsAnAddress);
  const isSmall = amount < guardLimits.wary.minimum;
  if (isSmall && starts > 1 && campaign.current.smallStarts < mostCounted) {
    await commit(table, () => ({ small: toCountChange(slug, 'smallStarts', now, Math.random()) }));
  }
  if (guard.minimum !== undefined && guard.until && amount < guard.minimum) {
    throw new MinimumRaisedProblem(guard.minimum, campaign.currency, now, guard.until);
  }
}

/**
 * Takes one of the starts that a campaign has in this minute while its breaker is on: each asks Stripe at most for one Session, and
 * to end the one it takes the place of. Without a breaker there is nothing to take.
 *
 * @throws Problem `too-many-checkouts`: a minute later there are more
 */
export async function takeStart(
  table: Table,
  { slug, guard, startedThisMinute }: WatchedCampaign,
  now: Date,
): Promise<void> {
  const most = guard.startsAMinute;
  if (most === undefined) return;
  const { start, end } = minuteOf(now);
  if (startedThisMinute >= most) throw new TooManyProblem(now, end);
  const { pk, sk } = keys.pace(slug, start.toISOString());
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: { pk, sk },
        UpdateExpression: 'ADD starts :one SET entity = :entity, v = :v, #ttl = :ttl',
        ConditionExpression: 'attribute_not_exists(starts) OR starts < :most',
        ExpressionAttributeNames: { '#ttl': 'ttl' },
        ExpressionAttributeValues: {
          ':one': 1,
          ':most': most,
          ':entity': 'pace',
          ':v': 1,
          ':ttl': Math.ceil(end.getTime() / 1000),
        },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    throw new TooManyProblem(now, end);
  }
}

/** Rings the alarm, once a window. */
async function tell(table: Table, { slug, current }: WatchedCampaign, now: Date): Promise<void> {
  const outcome = await commit(table, () => ({ told: toToldChange(slug, now) }));
  if (outcome.committed) count('CardTesting', { campaign: slug, ...current });
}
