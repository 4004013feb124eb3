import { expect } from 'vitest';
import { projectPayments } from '#apps/workers/project-payments.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import type { Item } from '#platform/table/table.ts';
import { findPrivate } from '../support/private-strings.ts';
import { siteOn } from '../support/site.ts';
import type { History } from './history.ts';
import { privateWords } from './play.ts';

const secrets = [privateWords.hidden, privateWords.email];

/** Invariant 7: reads what the public reads of a campaign, and finds no private string in it, but those that may be there. */
export async function huntPublicBytes(history: History, giftItems: readonly Item[]): Promise<void> {
  const slug = history.gifts[0]?.campaign;
  if (!slug) return;
  const gifts = giftItems.filter(({ fund }) => fund === slug).map(fromPaymentItem);
  await projectPayments({ slug, gifts }, history);
  const site = siteOn(history.table, history.server.url, { clock: history.clock });
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
