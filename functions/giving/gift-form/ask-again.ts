import { type Checkout, isWaiting, partsOf, sessionLifetime } from '#payments/checkout/checkout.ts';
import { fromCheckoutItem } from '#payments/checkout/checkout-item.ts';
import { windowAt } from '#payments/guard/guard.ts';
import { guardLimits } from '#payments/guard/guard-limits.ts';
import { network } from '#payments/guard/network.ts';
import { TooManyProblem } from '#payments/guard/too-many.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import type { KeyedHash } from '#platform/ids.ts';
import { type Currency, formatMoney } from '#platform/money.ts';
import { type Key, keys } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { type Item, readItems } from '#platform/table/table.ts';
import { increment } from '#platform/table/write-one.ts';

/** How long a second equal gift is asked about, in milliseconds. */
const againWindow = 10 * 60_000;

/**
 * The checkouts that were started with an e-mail address lately: the item of each window holds the count and the checkouts; its key is
 * a keyed hash.
 */
export interface EmailStarts {
  /** The keys of all windows that can matter, the present one first. */
  readonly keys: readonly [Key, ...Key[]];
  /** Identifies starts of the same gift: same campaign, same amount. */
  readonly gift: string;
  /** Identifies starts for the same campaign from the same network. */
  readonly donor: string;
}

/** Where the starts with an e-mail address are counted and remembered: the key holds the address only as a keyed hash. */
export function emailStarts(
  hash: KeyedHash,
  gift: {
    readonly campaign: string;
    readonly amount: number;
    readonly email: string;
    /** The network address of the request. */
    readonly address: string;
  },
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
    donor: hash.of('donor', gift.campaign, network(gift.address)).slice(0, 8),
  };
}

/**
 * Refuses an e-mail address with too many started checkouts in its window.
 * @throws Problem `too-many-checkouts`
 */
export function checkEmailStarts(present: Item | undefined, most: number, now: Date): void {
  if (((present && read(present).maybeInt('count')) ?? 0) >= most) throw tooManyOfEmail(now);
}

/** A checkout that was started lately with the same e-mail address. */
export interface Started {
  readonly checkout: Checkout;
  readonly item: Item;
  readonly isSameGift: boolean;
  /** Whether it was started for the same campaign from the same network: then it is the same donor's. */
  readonly isSameDonor: boolean;
}

/**
 * Reads the checkouts that were started with an e-mail address for the same gift, or for the same campaign from the same network.
 * @param memory the items at the keys of `emailStarts` that exist
 */
export async function readStarted(
  { gift, donor, memory }: Pick<EmailStarts, 'gift' | 'donor'> & { readonly memory: readonly Item[] },
  { table }: Pick<Context, 'table'>,
): Promise<Started[]> {
  const wanted = memory
    .flatMap(startsIn)
    .map((start) => ({ ...start, isSameGift: start.gift === gift, isSameDonor: start.donor === donor }))
    .filter(({ isSameGift, isSameDonor }) => isSameGift || isSameDonor);
  if (wanted.length === 0) return [];
  const found = await readItems(
    table,
    wanted.map(({ id }) => keys.checkout(id)),
    { consistent: true },
  );
  return wanted.flatMap(({ id, isSameGift, isSameDonor }) => {
    const item = found.itemAt(keys.checkout(id));
    return item ? [{ checkout: fromCheckoutItem(item), item, isSameGift, isSameDonor }] : [];
  });
}

/**
 * Asks before the donor gives the same gift again within ten minutes. Only gifts that are paid, or whose payment is under way, count:
 * an abandoned checkout is no gift.
 *
 * @throws Problem `again`
 */
export function askAgain(started: readonly Started[], now: Date): void {
  const given = started.find(({ isSameGift, item }) => isSameGift && isRecentGift(item, now));
  if (given) throw new SameGiftProblem(given.checkout);
}

/**
 * The same donor's checkouts that wait for payment: a donor who starts again must be able to pay only one. The e-mail address alone
 * does not identify a donor, because anybody can type it; address and network together do.
 */
export function waitingOfDonor(started: readonly Started[], now: Date): readonly Started[] {
  return started.filter(({ isSameDonor, checkout }) => isSameDonor && isWaiting(checkout, now));
}

/**
 * Counts a checkout that is about to start with an e-mail address, and remembers it for as long as it can be paid and be asked about.
 *
 * @param most how many checkouts may start with one address in its window
 * @throws Problem `too-many-checkouts`
 */
export async function countEmailStart(
  {
    starts,
    checkoutId,
    most,
  }: { readonly starts: EmailStarts; readonly checkoutId: string; readonly most: number },
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<void> {
  const counted = await increment(table, {
    at: starts.keys[0],
    attribute: 'count',
    entity: 'starts',
    version: 1,
    endsAt: new Date(now.getTime() + sessionLifetime + againWindow),
    below: most,
    set: ['starts = list_append(if_not_exists(starts, :none), :start)'],
    values: { ':none': [], ':start': [`${starts.gift}${starts.donor}${checkoutId}`] },
  });
  if (!counted) throw tooManyOfEmail(now);
}

function tooManyOfEmail(now: Date): Problem {
  return new TooManyProblem(now, windowAt(now, guardLimits.emailWindow).end);
}

/** Asks about a gift given again; it names the gift's amount without the fee cover. */
export class SameGiftProblem extends Problem {
  readonly gift: { readonly amount: number; readonly currency: Currency };

  constructor(checkout: Pick<Checkout, 'currency' | 'lines'>) {
    const { currency } = checkout;
    const amount = partsOf(checkout).gift;
    super('again', `You gave ${formatMoney(amount, currency)} a few minutes ago. Give again?`, {
      errors: [{ pointer: '/again', detail: 'Send true to give again.' }],
    });
    this.gift = { amount, currency };
  }
}

/** Before networks were remembered, a start held only the gift's mark and the checkout's id. */
const rememberedStart = /^(?<gift>[0-9a-f]{8})(?<donor>[0-9a-f]{8})?(?<id>chk_[0-9a-f]{32})$/;

function startsIn(memory: Item): { gift?: string; donor?: string; id: string }[] {
  const starts = read(memory).maybeTexts('starts') ?? [];
  return starts.flatMap((start) => {
    const { gift, donor, id } = rememberedStart.exec(start)?.groups ?? {};
    return id ? [{ id, ...(gift && { gift }), ...(donor && { donor }) }] : [];
  });
}

function isRecentGift(item: Item, now: Date): boolean {
  const checkout = fromCheckoutItem(item);
  const since = now.getTime() - againWindow;
  if (checkout.status === 'processing') return checkout.createdAt.getTime() >= since;
  if (checkout.status !== 'paid') return false;
  return (checkout.paidAt ?? checkout.createdAt).getTime() >= since;
}
