import { describe, expect } from 'vitest';
import { keepDonorIndex } from '#giving/donors/keep-donor-index.ts';
import { hashedWords } from '#giving/donors/name-words.ts';
import { KeyedHash } from '#platform/ids.ts';
import { keys } from '#platform/table/keys.ts';
import type { Table } from '#platform/table/table.ts';
import { deskOn, hashKey } from '../support/desk.ts';
import { payAsDonors } from '../support/paid-donors.ts';
import { now } from '../support/payments.ts';
import { staffOn } from '../support/staff-on.ts';
import { campaignStory } from '../support/story.ts';
import { everything, putAll, watchRequests } from '../support/table.ts';
import { underRole } from '../support/template-roles.ts';

const later = new Date(now.getTime() + 3_600_000);
const since = new Date(now.getTime() - 3_600_000);
const hash = new KeyedHash(hashKey);
const donors = [
  { number: 1, name: 'Mei Chan', displayName: 'M. C.', email: 'mei@example.org' },
  { number: 2, name: 'Ada Chan', displayName: '阿達', email: 'ada@example.org' },
  { number: 3, name: '陳大文', email: 'man@example.org' },
  { number: 4, name: 'José Núñez', receiptName: 'Ana Núñez', email: 'jose@example.org' },
];

const index = (table: Table) =>
  keepDonorIndex({ since }, { table: underRole('Sweep', table), now: later, hash: async () => hash });

async function find(table: Table, q: string) {
  const { html } = await deskOn(table, 'finance', later).get(`/staff/payments?q=${encodeURIComponent(q)}`);
  return [...html.matchAll(/href="\/staff\/payments\/(pi_\d+)"/g)].map(([, id]) => Number(id?.slice(-2)));
}

const it = campaignStory.extend('paid', { auto: true }, async ({ table }) => {
  await payAsDonors(table, donors);
});

describe('a donor’s name', () => {
  it('is found by its whole words once the sweep was there, also by its page’s and its receipt’s, whatever accents it has', async ({
    table,
  }) => {
    expect(await find(table, 'Mei Chan')).toEqual([]);
    expect(await index(table)).toBe(4);
    for (const [q, found] of [
      ['chan', [2, 1]],
      ['CHAN  mei', [1]],
      ['陳大文', [3]],
      ['大文', [3]],
      ['陳文', []],
      ['達', []],
      ['阿達', [2]],
      ['nunez', [4]],
      ['Ana', [4]],
      ['Ana Chan', []],
      ['Cha', []],
      ['—', []],
    ] as const) {
      expect(await find(table, q), q).toEqual(found);
    }
    const json = await staffOn(table, later, 'campaigns').request('/api/staff/payments?q=chan');
    expect(await json.json()).toEqual({ data: [], nextCursor: null });
  });

  it('stands in no key and no item of the index, and is written once however often the sweep looks', async ({
    table,
  }) => {
    await index(table);
    const items = async () => [
      ...(await everything(table, 'named-payment')),
      ...(await everything(table, 'donor-payment')),
    ];
    const before = await items();
    expect(JSON.stringify(before)).not.toMatch(/mei|chan|ada|陳|nunez/i);
    expect(await index(table)).toBe(0);
    expect(await items()).toEqual(before);
  });

  it('is found in a bounded number of requests, page by page, however many have it', async ({ table }) => {
    await index(table);
    const many = Array.from({ length: 230 }, (_, number) => {
      const at = new Date(now.getTime() - number * 1000).toISOString();
      const listOrder = `${at}#pi_1${String(number).padStart(7, '0')}`;
      return hashedWords(number < 120 ? 'Chan Wing' : 'Chan', hash).map((word) => ({
        ...{ ...keys.namedPayment(word, listOrder), entity: 'named-payment', v: 1 },
        ...{ paymentId: 'pi_00000001', listOrder },
      }));
    });
    const all = many.flat();
    for (let from = 0; from < all.length; from += 25) await putAll(table, all.slice(from, from + 25));
    const sent = watchRequests(table);
    const desk = deskOn(table, 'finance', later);
    let pages = 0;
    for (let path: string | undefined = '/staff/payments?q=wing+chan'; path; pages += 1) {
      const before = sent.length;
      const { html } = await desk.get(path);
      expect(sent.length - before).toBeLessThanOrEqual(9);
      path = /href="([^"]*cursor=[^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&');
    }
    expect(pages).toBe(6);
    expect(sent.filter(({ operation }) => operation === 'Scan')).toEqual([]);
  });
});
