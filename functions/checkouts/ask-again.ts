import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { Problem } from '../platform/errors.ts';
import type { KeyedHash } from '../platform/ids.ts';
import { type Currency, formatMoney } from '../platform/money.ts';
import { type Key, keys } from '../table/keys.ts';
import { type Item, readItems, type Table } from '../table/table.ts';
import { sessionLifetime } from './checkout.ts';
import { fromCheckoutItem } from './checkout-item.ts';

/** How long the same gift again is asked about, in milliseconds. */
const againWindow = 10 * 60_000;
/** How many started checkouts of the same gift are remembered: those given up must not hide the one that was paid. */
const remembered = 4;

/** Where the checkouts of the same gift by the same person are remembered: their e-mail address is in it as a keyed hash only. */
export function againKey(
  hash: KeyedHash,
  gift: { readonly campaign: string; readonly amount: number; readonly email: string },
): Key {
  return keys.again(
    hash.of('again', gift.campaign, String(gift.amount), gift.email.normalize('NFKC').trim().toLowerCase()),
  );
}

/**
 * Asks before the same gift is given again within ten minutes. Only gifts that were paid, or whose payment is under way,
 * count: a checkout that was given up is no gift.
 *
 * @param memory the item at `againKey`, if there is one
 * @throws Problem `again`
 */
export async function askAgain(table: Table, memory: Item | undefined, now: Date): Promise<void> {
  if (!memory) return;
  const wanted = checkoutsOf(memory).map(keys.checkout);
  const read = await readItems(table, wanted, { consistent: true });
  for (const key of wanted) {
    const item = read.itemAt(key);
    if (item && isRecentGift(item, now)) throw new SameGiftProblem(fromCheckoutItem(item));
  }
}

/** Remembers a checkout that was started, for as long as it can be paid and be asked about. */
export async function rememberCheckout(
  table: Table,
  key: Key,
  memory: Item | undefined,
  checkoutId: string,
  now: Date,
): Promise<void> {
  const earlier = memory ? checkoutsOf(memory) : [];
  const Item = {
    ...key,
    entity: 'again',
    v: 1,
    checkouts: [checkoutId, ...earlier].slice(0, remembered),
    ttl: Math.ceil((now.getTime() + sessionLifetime + againWindow) / 1000),
  };
  await table.client.send(new PutCommand({ TableName: table.name, Item }));
}

/** The question, with the gift that it is about. */
export class SameGiftProblem extends Problem {
  readonly gift: { readonly amount: number; readonly currency: Currency };

  constructor({ amount, currency }: SameGiftProblem['gift']) {
    super('again', `You gave ${formatMoney(amount, currency)} a few minutes ago. Give again?`, {
      errors: [{ pointer: '/again', detail: 'Send true to give again.' }],
    });
    this.gift = { amount, currency };
  }
}

function checkoutsOf(memory: Item): readonly string[] {
  return memory.checkouts as string[];
}

function isRecentGift(item: Item, now: Date): boolean {
  const checkout = fromCheckoutItem(item);
  const since = now.getTime() - againWindow;
  if (checkout.status === 'processing') return checkout.createdAt.getTime() >= since;
  if (checkout.status !== 'paid') return false;
  const paidAt = item.paidAt === undefined ? checkout.createdAt : new Date(item.paidAt as string);
  return paidAt.getTime() >= since;
}
