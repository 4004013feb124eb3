import { describe, expect } from 'vitest';
import { fromCheckoutItem } from '#payments/checkout/checkout-item.ts';
import { guardLimits as limits } from '#payments/guard/guard-limits.ts';
import { keys } from '#platform/table/keys.ts';
import { type Item, readItems } from '#platform/table/table.ts';
import { countingStripe, declineEvent } from '../support/card-tester.ts';
import { webhookOn } from '../support/payments.ts';
import { gift, postCheckout, siteOn } from '../support/site.ts';
import { campaignStory } from '../support/story.ts';
import { everything } from '../support/table.ts';
import { takeSurePlacesAway } from '../support/unguarded.ts';

const begin = Date.parse('2026-11-22T12:00:00Z');
const second = 1000;
const minute = 60 * second;

/** Starts of many donors, under a clock that the test moves. */
const it = campaignStory.extend('breaker', { auto: true }, async ({ log: _, table }) => {
  const starts = { present: begin, asked: 0 };
  const stripe = countingStripe();

  /** One start; by default under a key and with an e-mail address of its own. */
  function start(address: string, body: object = {}, key = `key-${starts.asked}`): Promise<Response> {
    starts.asked += 1;
    const clock = () => new Date(starts.present);
    const app = siteOn(table, '', { addressOf: () => address, clock, stripe: stripe.open });
    return postCheckout(app, { ...gift, email: `p${starts.asked}@example.org`, ...body }, { key });
  }

  /** Tries a number of cards on the page of one checkout, all of which are declined. */
  async function tryCards(answer: Response, cards: number): Promise<void> {
    expect(answer.status).toBe(201);
    const { checkoutId } = (await answer.json()) as { checkoutId: string };
    const key = keys.checkout(checkoutId);
    const checkout = fromCheckoutItem((await readItems(table, [key])).itemAt(key) as Item);
    const webhook = webhookOn(table, { clock: () => new Date(starts.present) });
    for (let card = 0; card < cards; card += 1) {
      starts.asked += 1;
      const event = declineEvent(checkout, new Date(starts.present), starts.asked);
      expect((await webhook.deliver(event)).status).toBe(200);
    }
  }

  /** Declined payments that count for the breaker. */
  const counted = async () =>
    (await everything(table, 'guard')).reduce((sum, { declines }) => sum + Number(declines ?? 0), 0);

  /** Lets everybody act in the order of their moments; each may plan another turn. */
  async function play(turns: Turn[]): Promise<void> {
    for (;;) {
      turns.sort((a, b) => a.at - b.at);
      const turn = turns.shift();
      if (!turn) return;
      starts.present = turn.at;
      await turn.act();
    }
  }

  /** Whether this minute has no place left for a network that had its sure one. */
  async function isFull(): Promise<boolean> {
    const paces = await everything(table, 'pace');
    const now = paces.find(({ pk }) => String(pk).endsWith(new Date(starts.present).toISOString()));
    return Number(now?.starts ?? 0) >= limits.breakerOpen.startsAMinute;
  }

  /**
   * Opens the breaker; from then on the attacker asks from every network at each minute's start, as long as places are left, while
   * donors come at random moments of three minutes, each from a network of their own, and come back when the answer says so.
   *
   * @returns how many donors were served within two minutes
   */
  async function underAttack(networks: readonly string[]): Promise<number> {
    for (const network of networks.slice(0, 4)) await tryCards(await start(network), 5);
    const draw = draws();
    let served = 0;
    const turns: Turn[] = [];
    let next = 4;
    for (let attack = 1; attack <= 6; attack += 1) {
      const act = async () => {
        for (let tries = 0; tries < networks.length; tries += 1) {
          const network = networks[next % networks.length] ?? '';
          next += 1;
          const answer = await start(network, { amount: limits.breakerOpen.minimum });
          const hasNoPlaceLeft = Number(answer.headers.get('retry-after') ?? 0) > 0 && (await isFull());
          if (hasNoPlaceLeft) return;
        }
      };
      turns.push({ at: begin + attack * minute, act });
    }
    for (let donor = 1; donor <= honestDonors; donor += 1) {
      const arrived = begin + minute + Math.ceil(draw() * 3 * minute);
      const turn: Turn = {
        at: arrived,
        act: async () => {
          const answer = await start(`203.0.113.${donor}`);
          if (answer.status === 201) served += starts.present - arrived <= 2 * minute ? 1 : 0;
          else if (starts.present - arrived < 2 * minute)
            turns.push({ ...turn, at: starts.present + Number(answer.headers.get('retry-after')) * second });
        },
      };
      turns.push(turn);
    }
    await play(turns);
    return served;
  }

  return { tryCards, start, counted, starts, underAttack, stripe };
});

describe('what counts towards the breaker', () => {
  it('is five declined payments of one checkout, however many cards are tried on its page, and none of them twice', async ({
    breaker: { tryCards, start, counted },
  }) => {
    await tryCards(await start('198.51.100.1'), 30);
    expect(await counted()).toBe(limits.declinesACheckout);
    expect((await start('203.0.113.1', { amount: 2000 })).status, 'an honest small gift').toBe(201);
  });

  it('is five of one network, whose pages are ended at each further decline after ten, and which starts nothing more', async ({
    table,
    breaker: { start, tryCards, counted, starts },
  }) => {
    const pages: Response[] = [];
    for (let page = 0; page < 10; page += 1) pages.push(await start('2001:db8:1:2::1'));
    for (const page of pages) await tryCards(page, 2);
    expect(await counted()).toBe(limits.declinesANetwork);
    const ended = (await everything(table, 'outbox')).filter(({ key }) => String(key).startsWith('refresh/'));
    expect(ended.length).toBeGreaterThanOrEqual(10);
    const refused = await start('2001:db8:1:2::9');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '600']);
    expect((await start('203.0.113.1', { amount: 2000 })).status, 'anybody else').toBe(201);
    starts.present += 10 * minute;
    expect((await start('2001:db8:1:2::1')).status, 'in the next window').toBe(201);
  });

  it('is five small starts of one network', async ({ table, breaker: { start } }) => {
    for (let number = 0; number < 15; number += 1) await start('198.51.100.1', { amount: 2000 });
    const small = (await everything(table, 'guard')).map(({ smallStarts }) => Number(smallStarts ?? 0));
    expect(small.reduce((sum, each) => sum + each, 0)).toBe(limits.smallStartsANetwork);
  });
});

/** A donor, or an attacker who tries out cards, who acts at a moment. */
interface Turn {
  at: number;
  readonly act: () => Promise<void>;
}

/** The same numbers in [0, 1) in every run. */
function draws(): () => number {
  let seed = 7;
  return () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
}

const honestDonors = 30;
const fewNetworks = Array.from({ length: 10 }, (_, number) => `198.51.100.${number + 1}`);
const rotating = Array.from({ length: 30 }, (_, number) => `198.51.100.${number + 1}`);
const rotatingIpv6 = Array.from(
  { length: 60 },
  (_, number) => `2001:db8:bad:${(number + 1).toString(16)}::1`,
);

describe.each([
  ['a few networks', fewNetworks],
  ['thirty networks in turn', rotating],
  ['sixty /64 networks of one IPv6 customer', rotatingIpv6],
])('an attacker with %s who takes every place at each minute’s start', (_, networks) => {
  it('leaves at least nine of ten honest donors served within two minutes, at a stated pace of Stripe', async ({
    breaker: { underAttack, stripe },
  }) => {
    expect(await underAttack(networks)).toBeGreaterThanOrEqual(0.9 * honestDonors);
    const { newAMinute, startsAMinute } = limits.breakerOpen;
    expect(stripe.calls()).toBeLessThanOrEqual(4 + honestDonors + newAMinute + 7 * startsAMinute);
  }, 60_000);

  it('would leave none, if the places went to the first who come', async ({
    table,
    breaker: { underAttack },
  }) => {
    takeSurePlacesAway(table);
    expect(await underAttack(networks)).toBe(0);
  }, 60_000);
});

describe('a request that is sent again', () => {
  it('with another body under its key counts as a start: thirty bodies are not looked at thirty times', async ({
    breaker: { start, stripe },
  }) => {
    const statuses: number[] = [];
    for (let body = 0; body < 30; body += 1) {
      statuses.push((await start('198.51.100.1', { amount: 10_000 + body }, 'one key')).status);
    }
    expect(statuses.filter((status) => status === 422)).toHaveLength(limits.startsAnAddress - 1);
    expect(statuses.slice(limits.startsAnAddress)).toEqual(
      statuses.slice(limits.startsAnAddress).map(() => 429),
    );
    expect(stripe.calls()).toBe(1);
  });

  it('unchanged asks Stripe a bounded number of times', async ({ breaker: { start } }) => {
    const statuses: number[] = [];
    for (let copy = 0; copy < 100; copy += 1) {
      statuses.push((await start('198.51.100.1', { email: 'juniper@example.org' }, 'one key')).status);
    }
    expect(statuses.filter((status) => status === 201)).toHaveLength(1 + 3 * limits.startsAnAddress);
    expect(statuses.at(-1)).toBe(429);
  });
});
