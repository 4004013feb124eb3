import { publicNameOf } from '#kernel/people/public-name.ts';
import { personAt } from '#kernel/people/read-person.ts';
import type { Gift } from '#payments/gifts/gift.ts';
import { fromGiftItem } from '#payments/gifts/gift-item.ts';
import { monthsBetween } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { type Cell, dollars } from '#platform/files/csv.ts';
import { giftLists, keys } from '#platform/table/keys.ts';
import { mergeLists } from '#platform/table/merge-lists.ts';
import { type ItemsRead, readItems, type Table } from '#platform/table/table.ts';
import type { ExportRequest } from './export.ts';

const giftHeader = [
  'Paid at (Hong Kong)',
  'Month',
  'Payment',
  'Campaign',
  'Amount',
  'Cover',
  'Refunded',
  'Disputed',
  'Currency',
  'Language',
];
const peopleHeader = ['Name', 'E-mail', 'Name shown in public'];

export function giftsHeader({ people }: Pick<ExportRequest, 'people'>): string[] {
  return people ? [...giftHeader, ...peopleHeader] : giftHeader;
}

/** The gifts of some months as rows, by month, campaign and time. Read page by page: memory does not grow with their number. */
export async function* giftRows(
  {
    from,
    to,
    people,
    slugs,
  }: Pick<ExportRequest, 'from' | 'to' | 'people'> & { readonly slugs: readonly string[] },
  { table }: Pick<Context, 'table'>,
): AsyncGenerator<Cell[][]> {
  for (const month of monthsBetween(from, to)) {
    for (const slug of slugs) {
      for await (const page of mergeLists(table, giftLists(slug, month))) {
        const gifts = page.map(fromGiftItem);
        const read = people ? await readPeople(table, gifts) : undefined;
        yield gifts.map((gift) => [...giftCells(gift), ...(read ? personCells(gift, read) : [])]);
      }
    }
  }
}

function readPeople(table: Table, gifts: readonly Gift[]): Promise<ItemsRead> {
  return readItems(
    table,
    gifts.map(({ checkoutId }) => keys.person(checkoutId)),
  );
}

function giftCells(gift: Gift): Cell[] {
  return [
    hongKongTime(gift.at),
    gift.month,
    gift.paymentId,
    gift.campaign,
    dollars(gift.amount),
    dollars(gift.cover),
    dollars(gift.refunded),
    dollars(gift.disputed),
    gift.currency.toUpperCase(),
    gift.language,
  ];
}

/** The cells about the donor; empty when the data was erased. */
function personCells({ checkoutId, at }: Gift, read: ItemsRead): Cell[] {
  const person = personAt(read, checkoutId, at);
  if (!person) return ['', '', ''];
  return [person.name, person.email, publicNameOf(person) ?? ''];
}

const hongKongOffset = 8 * 3_600_000;

/** A moment on Hong Kong's clock as spreadsheets read it: `2026-11-24 21:04:05`. */
export function hongKongTime(moment: Date): string {
  return new Date(moment.getTime() + hongKongOffset).toISOString().slice(0, 19).replace('T', ' ');
}
