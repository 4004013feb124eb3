import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { Problem } from '../platform/errors.ts';
import type { KeyedHash } from '../platform/ids.ts';
import { type Currency, formatMoney } from '../platform/money.ts';
import { type Key, keys } from '../table/keys.ts';
import { type Item, readItems, type Table } from '../table/table.ts';
import { type Checkout, coverOf, sessionLifetime } from './checkout.ts';
import { fromCheckoutItem } from './checkout-item.ts';
import { windowAt } from './guard.ts';
import { guardLimits } from './guard-limits.ts';
import { TooManyProblem } from './too-many.ts';

/** How long the same gift again is asked about, in milliseconds. */
const againWindow = 10 * 60_000;

/** What was started with an e-mail address lately: each window's item holds the count and the checkouts, a keyed hash names them. */
export interface EmailStarts {
  /** The items of all windows that can matter, the present one first. */
  readonly keys: readonly [Key, ...Key[]];
  /** Marks starts of the same gift: same campaign, same amount. */
  readonly gift: string;
}

/** Where the starts with an e-mail address are counted and remembered: the address is in it as a keyed hash only. */
export function emailStarts(
  hash: KeyedHash,
  gift: { readonly campaign: string; readonly amount: number; readonly email: string },
  now: Date,
): EmailStarts {
  const person = hash.of('email', gift.email.normalize('NFKC').trim().toLowerCase());
  const { emailWindow } = guardLimits;
  const keyAt = (moment: number) =>
    keys.emailStarts(person, windowAt(new Date(moment), emailWindow).start.toISOString());
  const oldest = now.getTime() - sessionLifetime - againWindow;
  const earlier: Key[] = [];
  for (let at = now.getTime() - emailWindow; at > oldest - emailWindow; at -= emailWindow)
    earlier.push(keyAt(at));
  return {
    keys: [keyAt(now.getTime()), ...earlier],
    gift: hash.of('gift', gift.campaign, String(gift.amount)).slice(0, 8),
  };
}

/**
 * Refuses an e-mail address with which too many checkouts were started in its window.
 * @throws Problem `too-many-checkouts`
 */
export function checkEmailStarts(present: Item | undefined, most: number, now: Date): void {
  if (((present?.count as number | undefined) ?? 0) >= most) throw tooManyOfEmail(now);
}

/**
 * Asks before the same gift is given again within ten minutes. Only gifts that were paid, or whose payment is under way,
 * count: a checkout that was given up is no gift.
 *
 * @param memory the items at the keys of `emailStarts`, those there are
 * @throws Problem `again`
 */
export async function askAgain(
  table: Table,
  { gift }: EmailStarts,
  memory: readonly Item[],
  now: Date,
): Promise<void> {
  const wanted = memory.flatMap((item) => checkoutsOf(item, gift)).map(keys.checkout);
  if (wanted.length === 0) return;
  const read = await readItems(table, wanted, { consistent: true });
  for (const key of wanted) {
    const item = read.itemAt(key);
    if (item && isRecentGift(item, now)) throw new SameGiftProblem(fromCheckoutItem(item));
  }
}

/**
 * Counts a checkout that is about to be started with an e-mail address, and remembers it for as long as it can be paid and be
 * asked about.
 *
 * @param most checkouts that may be started with one address in its window
 * @throws Problem `too-many-checkouts`
 */
export async function countEmailStart(
  table: Table,
  starts: EmailStarts,
  checkoutId: string,
  now: Date,
  most: number,
): Promise<void> {
  const [{ pk, sk }] = starts.keys;
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: { pk, sk },
        UpdateExpression:
          'ADD #count :one SET starts = list_append(if_not_exists(starts, :none), :start), entity = :entity, v = :v, #ttl = :ttl',
        ConditionExpression: 'attribute_not_exists(#count) OR #count < :most',
        ExpressionAttributeNames: { '#count': 'count', '#ttl': 'ttl' },
        ExpressionAttributeValues: {
          ':one': 1,
          ':most': most,
          ':none': [],
          ':start': [`${starts.gift}${checkoutId}`],
          ':entity': 'starts',
          ':v': 1,
          ':ttl': Math.ceil((now.getTime() + sessionLifetime + againWindow) / 1000),
        },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    throw tooManyOfEmail(now);
  }
}

function tooManyOfEmail(now: Date): Problem {
  return new TooManyProblem(now, windowAt(now, guardLimits.emailWindow).end);
}

/** The question, with the gift that it is about: its amount without what was given towards the card fee. */
export class SameGiftProblem extends Problem {
  readonly gift: { readonly amount: number; readonly currency: Currency };

  constructor(checkout: Pick<Checkout, 'amount' | 'currency' | 'lines'>) {
    const { currency } = checkout;
    const amount = checkout.amount - coverOf(checkout);
    super('again', `You gave ${formatMoney(amount, currency)} a few minutes ago. Give again?`, {
      errors: [{ pointer: '/again', detail: 'Send true to give again.' }],
    });
    this.gift = { amount, currency };
  }
}

function checkoutsOf(memory: Item, gift: string): readonly string[] {
  const starts = (memory.starts as readonly string[] | undefined) ?? [];
  return starts.filter((start) => start.startsWith(gift)).map((start) => start.slice(gift.length));
}

function isRecentGift(item: Item, now: Date): boolean {
  const checkout = fromCheckoutItem(item);
  const since = now.getTime() - againWindow;
  if (checkout.status === 'processing') return checkout.createdAt.getTime() >= since;
  if (checkout.status !== 'paid') return false;
  const paidAt = item.paidAt === undefined ? checkout.createdAt : new Date(item.paidAt as string);
  return paidAt.getTime() >= since;
}
