import { expect } from 'vitest';
import { projectPayments } from '#apps/workers/project-payments.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import type { Item } from '#platform/table/table.ts';
import { findPrivate } from '../support/private-strings.ts';
import { siteOn } from '../support/site.ts';
import { privateWords } from './play.ts';
import type { World } from './world.ts';

const secrets = [privateWords.hidden, privateWords.email];

/** Invariant 7: reads what the public reads of a campaign, and finds no private string in it, but those that may be there. */
export async function huntPublicBytes(world: World, giftItems: readonly Item[]): Promise<void> {
  const slug = world.gifts[0]?.campaign;
  if (!slug) return;
  const gifts = giftItems.filter(({ fund }) => fund === slug).map(fromPaymentItem);
  await projectPayments({ slug, gifts }, world);
  const site = siteOn(world.table, world.server.url, { clock: world.clock });
  const paths = [
    `/api/campaigns/${slug}`,
    `/api/campaigns/${slug}/gifts`,
    `/campaigns/${slug}`,
    `/zh/campaigns/${slug}/money`,
    `/campaigns/${slug}/money.csv`,
  ];
  for (const path of paths) {
    const answer = await site.request(path);
    expect([path, answer.status]).toEqual([path, 200]);
    const text = `${JSON.stringify([...answer.headers])}\n${await answer.text()}`;
    expect([path, findPrivate(text, secrets)]).toEqual([path, []]);
  }
}

/** Log lines hold nothing that a donor typed. */
export function huntLogs(lines: readonly string[]): void {
  expect(findPrivate(lines.join('\n'), [...secrets, privateWords.shown])).toEqual([]);
}
