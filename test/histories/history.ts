import type Stripe from 'stripe';
import { toCampaignItem, toCampaignListItem } from '#giving/campaigns/campaign-item.ts';
import { openStripe } from '#payments/checkout/gateway.ts';
import type { Item, Table } from '#platform/table/table.ts';
import { demoCampaigns } from '../../infra/demo/campaigns.ts';
import { startLocalStripe } from '../../infra/local/stripe/server.ts';
import { fillAccount } from '../support/fill-account.ts';
import { nobody } from '../support/local-stripe.ts';
import { secretKey } from '../support/site.ts';
import { dropTable, freshTable, putAll } from '../support/table.ts';
import { Crashes, crashStripe, crashTable } from './crashes.ts';

/** The campaigns of every history. */
export const campaigns = ['a-warehouse', 'b-kitchen'] as const;

/** A gift that was paid at Stripe. */
export interface PaidGift {
  readonly number: number;
  readonly campaign: string;
  /** What the donor chose, minor units. */
  readonly amount: number;
  /** What was bought with it, minor units. */
  readonly sales: number;
  /** Names who gave. */
  readonly donor: string;
  readonly checkoutId: string;
  readonly paymentId: string;
  readonly chargeId: string;
}

/** Money that came in otherwise; minor units. */
export interface ReceivedMoney {
  readonly id: string;
  readonly campaign: string;
  readonly amount: number;
  readonly source: 'bank' | 'cash';
  readonly donor: string | undefined;
  readonly at: Date;
}

/** A request under a key, which the caller repeats under it until it is answered. */
export interface Asked {
  readonly ask: () => Promise<Response>;
  isAnswered: boolean;
}

/** Faults that are put in on purpose, to show that they are found. */
export interface Sabotage {
  /** Changes the table before anything uses it. */
  readonly table?: (table: Table) => void;
  /** Changes the client of Stripe that our code uses. */
  readonly stripe?: (stripe: Stripe) => Stripe;
  /** What became of an event that is delivered; by default what the webhook answers. */
  readonly deliver?: (event: Stripe.Event, deliver: () => Promise<Response>) => Promise<Response>;
}

/** What the bank holds at the beginning, minor units, without an entry. */
export const inBank = 1_000_000_000;

/** 20 November 2026, noon in Hong Kong. */
const start = Date.UTC(2026, 10, 20, 4);
const minute = 60_000;

/**
 * One history: a table, a local Stripe on a clock that stands, and what happened so far. Our code reaches both through
 * clients that can crash; the test looks through clients that cannot.
 */
export async function openHistory(sabotage: Sabotage = {}) {
  let time = start;
  const server = await startLocalStripe({
    port: { port: 0 },
    secretKey,
    webhookUrl: nobody,
    webhookSecret: 'whsec_nobody',
    accountName: 'Test',
    clock: () => time,
  });
  const control = async <T>(path: string, form: Record<string, string> = {}): Promise<T | undefined> => {
    const answer = await fetch(`${server.url}/__local/${path}`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
    return answer.ok ? ((await answer.json()) as T) : undefined;
  };
  await control('hold');
  const table = await freshTable();
  await putAll(table, campaignItems());
  // Disbursements are paid out from here whether or not payouts have come.
  await fillAccount(table, 'bank', inBank);
  const crashes = new Crashes();
  sabotage.table?.(table);
  crashTable(table, crashes);
  const stripe = openStripe(secretKey, server.url);
  return {
    server,
    control,
    table,
    crashes,
    sabotage,
    /** What Stripe holds. */
    truth: stripe,
    /** Our own way to it. */
    stripe: crashStripe(sabotage.stripe?.(stripe) ?? stripe, crashes),
    clock: () => new Date(time),
    pass: (minutes: number) => {
      time += minutes * minute;
    },
    gifts: [] as PaidGift[],
    received: [] as ReceivedMoney[],
    /** Checkouts and people as they were when they were started. */
    started: [] as Item[],
    /** Requests under a key that may not be answered yet. */
    asked: [] as Asked[],
    /** Refunds that the staff asked for: how many requests there can be at most. */
    staffRefunds: 0,
    /** Disbursements that were paid out, minor units by campaign. */
    disbursed: [] as { readonly id: string; readonly campaign: string; readonly amount: number }[],
    /** Events that were answered 2xx. */
    delivered: new Set<string>(),
    /** What the outbox has put into the queue of refreshes. */
    queue: new Set<string>(),
    /** What may wait for the sweep. */
    waiting: new Set<'payments' | 'refunds' | 'requests'>(),
    /** Whether the months were added up, and are to be added up again at the end. */
    hasAccounts: false,
    /** What went wrong on the way, by name. */
    faults: [] as string[],
    close: async () => {
      await server.close();
      crashes.begin(undefined);
      await dropTable(table);
    },
  };
}

export type History = Awaited<ReturnType<typeof openHistory>>;

/** The items of the campaigns, all open since 1 November. */
export function campaignItems(): Item[] {
  const model = demoCampaigns(new Date(start)).find(({ slug }) => slug === 'lai-chi-kok-warehouse');
  if (!model) throw new Error('The demonstration has no warehouse.');
  const opensAt = new Date('2026-11-01T00:00:00+08:00');
  return [
    toCampaignListItem([...campaigns]),
    ...campaigns.map((slug) => toCampaignItem({ ...model, slug, opensAt })),
  ];
}
