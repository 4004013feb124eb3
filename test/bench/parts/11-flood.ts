import { fromCheckoutItem } from '#payments/checkout/checkout-item.ts';
import { guardLimits } from '#payments/guard/guard-limits.ts';
import { charity } from '#platform/charity.ts';
import { keys } from '#platform/table/keys.ts';
import { type Item, readItems, type Table } from '#platform/table/table.ts';
import { countingStripe, declineEvent } from '../../support/card-tester.ts';
import { webhookOn } from '../../support/payments.ts';
import { gift, postCheckout, siteOn, storeCampaigns } from '../../support/site.ts';
import type { Bench, Figure, Part } from '../figures.ts';

const addresses = 200;
/** The flood lasts an hour: from this moment on, the tries come evenly. */
const start = Date.parse('2026-11-22T12:00:00Z');
const hour = 3_600_000;

/** What became of the honest donors. */
interface Honest {
  served: number;
  told: number;
  refused: number;
}

/** One site with its webhook, at a moment and for an address that each call names. */
function floodedSite(table: Table) {
  const stripe = countingStripe();
  let present = new Date(start);
  let address = '';
  const clock = () => present;
  const app = siteOn(table, '', { addressOf: () => address, clock, stripe: stripe.open });
  const webhook = webhookOn(table, { clock });
  let asked = 0;
  return {
    stripe,
    webhook,
    ask: (from: string, at: number, body: object) => {
      present = new Date(at);
      address = from;
      asked += 1;
      return postCheckout(app, body, { key: `key-${asked}` });
    },
  };
}

async function run(bench: Bench): Promise<Figure[]> {
  const tries = bench.tiny ? 300 : 10_000;
  const table = await bench.freshTable();
  await storeCampaigns(table);
  const site = floodedSite(table);
  const requests = countRequests(table);
  const honest: Honest = { served: 0, told: 0, refused: 0 };
  const began = performance.now();
  let declined = 0;
  for (let number = 0; number < tries; number += 1) {
    const at = start + (number * hour) / tries;
    // Nine of ten try a small amount; the others have understood that fifty dollars are let through.
    const isDearer = (number + Math.floor(number / addresses)) % 10 === 9;
    const amount = isDearer ? guardLimits.breakerOpen.minimum : charity.smallestGift + (number % 7) * 100;
    const email = `p${number % 3000}@example.org`;
    const answer = await site.ask(`198.51.${100 + (number % 2)}.${number % addresses}`, at, {
      ...gift,
      email,
      amount,
    });
    if (answer.status === 201) {
      declined += 1;
      await decline(table, site.webhook, answer, new Date(at), number);
    }
    if (number % 100 === 99) await giveHonestly(site, number, at, honest);
    if (number % 1000 === 999) {
      bench.say(
        `  ${number + 1} tries: ${site.stripe.calls()} calls of Stripe, ${honest.served} honest donors served`,
      );
    }
  }
  const seconds = (performance.now() - began) / 1000;
  return [
    {
      id: 'flood.stripe-calls',
      value: site.stripe.calls(),
      unit: 'calls',
      text: `for ${tries} tries from ${addresses} addresses in an hour, and ${tries / 100} honest donors`,
    },
    { id: 'flood.stolen-cards', value: declined, unit: 'cards', text: 'that the flood could try out' },
    {
      id: 'flood.honest-refused',
      value: honest.refused,
      unit: 'donors',
      text: 'who were not served, at once or when they were told to come back',
    },
    {
      id: 'flood.honest-served',
      value: honest.served,
      unit: 'donors',
      text: `served, of ${Math.floor(tries / 100)}`,
    },
    {
      id: 'flood.honest-told',
      value: honest.told,
      unit: 'donors',
      text: 'of them were told a larger amount or a time first',
    },
    { id: 'flood.requests', value: requests() / tries, unit: 'requests', text: 'to the table for each try' },
    {
      id: 'flood.time',
      value: (seconds * 1000) / tries,
      unit: 'ms',
      text: 'for each try, with DynamoDB Local',
    },
  ];
}

/** A donor from an address of their own: every fifth wants to give HK$20, the others HK$500. They come back when the form says so. */
async function giveHonestly(
  site: ReturnType<typeof floodedSite>,
  number: number,
  began: number,
  honest: Honest,
): Promise<void> {
  const from = `2001:db8:${(number + 1).toString(16)}::1`;
  const email = `honest${number}@example.org`;
  let at = began;
  let amount = number % 500 === 499 ? 2_000 : 50_000;
  for (let turn = 0; turn < 5; turn += 1) {
    const answer = await site.ask(from, at, { ...gift, email, amount });
    if (answer.status === 201) {
      honest.served += 1;
      if (turn > 0) honest.told += 1;
      return;
    }
    const { code } = (await answer.json()) as { code: string };
    if (code === 'minimum-raised') amount = guardLimits.breakerOpen.minimum;
    else at += Number(answer.headers.get('retry-after')) * 1000;
  }
  honest.refused += 1;
}

/** The bank declines, and Stripe reports it. */
async function decline(
  table: Table,
  webhook: ReturnType<typeof webhookOn>,
  answer: Response,
  at: Date,
  number: number,
): Promise<void> {
  const { checkoutId } = (await answer.json()) as { checkoutId: string };
  const key = keys.checkout(checkoutId);
  const checkout = fromCheckoutItem((await readItems(table, [key])).itemAt(key) as Item);
  const reported = await webhook.deliver(declineEvent(checkout, at, number));
  if (reported.status !== 200) throw new Error(`The webhook answered ${reported.status}.`);
}

function countRequests(table: Table): () => number {
  let requests = 0;
  table.client.middlewareStack.add(
    (next) => (args) => {
      requests += 1;
      return next(args);
    },
    { step: 'finalizeRequest', name: 'countRequests' },
  );
  return () => requests;
}

export const part: Part = {
  name: 'flood',
  title: 'tries with stolen cards, with honest donors in between',
  run,
};
