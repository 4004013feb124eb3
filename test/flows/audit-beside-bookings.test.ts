import { describe, expect, it } from 'vitest';
import { auditTable } from '#accounting/integrity/audit-table.ts';
import type { Table } from '#platform/table/table.ts';
import { type AuditedBooks, openAuditedBooks, slug } from '../support/audited-books.ts';
import { auditNaively } from '../support/naive-audit.ts';
import { everything, existingTable } from '../support/table.ts';

async function openFilledBooks(): Promise<AuditedBooks> {
  const books = await openAuditedBooks();
  await books.fill();
  return books;
}

/** Gifts of HK$500 that are booked while an audit runs. */
interface Bookings {
  /** Before which requests of the audit one is booked, by their names. */
  readonly before: RegExp;
  readonly atMost: number;
  readonly minutesAgo: number;
}

/** The table through a client whose requests wait until a gift is booked before them, and how many were. */
function beside(
  books: AuditedBooks,
  { before, atMost, minutesAgo }: Bookings,
): { audited: Table; booked: () => number } {
  const audited = existingTable(books.table.name);
  let booked = 0;
  let bookings = Promise.resolve();
  audited.client.middlewareStack.add(
    (next, context) => async (args) => {
      const { commandName = '' } = context as { commandName?: string };
      if (before.test(commandName) && booked < atMost) {
        booked += 1;
        const number = 100 + booked;
        bookings = bookings.then(() => books.give(number, minutesAgo));
      }
      await bookings;
      return next(args);
    },
    { step: 'initialize', priority: 'low', name: 'bookBefore' },
  );
  return { audited, booked: () => booked };
}

const audit = async (table: Table) =>
  (await auditTable({ table, now: new Date(), say: () => {} })).named.map(
    ({ check, subject, says }) => `${check}: ${subject}: ${says}`,
  );

describe('gifts that are booked while an audit reads', () => {
  it.each([
    ['just now', 0],
    ['long before', 50],
  ])('and were paid %s are differences to a naive audit, and none to ours', async (_, minutesAgo) => {
    const bookings = { before: /^(Scan|BatchGet|Query|TransactGet)/, atMost: 12, minutesAgo };
    const naive = beside(await openFilledBooks(), bookings);
    const reported = await auditNaively(naive.audited, slug);
    // Its four parts of the gifts are read before the fifth gift, and its totals are read after the ninth.
    expect(naive.booked()).toBe(9);
    expect(reported).toContain('entry gift pi_105: there is no gift');
    expect(reported).toContainEqual(expect.stringMatching(/^campaign \S+: raised is 590000, .* give \d+$/));

    const books = await openFilledBooks();
    const ours = beside(books, bookings);
    expect(await audit(ours.audited)).toEqual([]);
    expect(ours.booked()).toBe(12);
    expect(await everything(books.table, 'payment')).toHaveLength(3 + 12);
  });

  it.each([
    ['just now', 0],
    ['long before', 50],
  ])(
    'are, when there is one between the items and the totals that was paid %s, a difference to a naive audit, and none to ours',
    async (_, minutesAgo) => {
      const bookings = { before: /^TransactGet/, atMost: 1, minutesAgo };
      const naive = beside(await openFilledBooks(), bookings);
      const reported = await auditNaively(naive.audited, slug);
      const differs = (what: string, is: number, due: number) =>
        `campaign ${slug}: ${what} is ${is}, its entries and gifts give ${due}`;
      expect(reported).toContain(differs('raised', 190_000, 140_000));
      expect(reported).toContain(differs('supporters', 4, 3));

      const books = await openFilledBooks();
      const ours = beside(books, bookings);
      expect(await audit(ours.audited)).toEqual([]);
      expect([naive.booked(), ours.booked()]).toEqual([1, 1]);
    },
  );

  it('are no difference between the two readings of the totals, however often one comes between', async () => {
    const { audited, booked } = beside(await openFilledBooks(), {
      before: /^Query/,
      atMost: 3,
      minutesAgo: 0,
    });
    expect(await audit(audited)).toEqual([]);
    expect(booked()).toBe(3);
  });
});

describe('a naive audit', () => {
  it('says the same as ours while nobody books: it finds nothing in healthy books', async () => {
    const books = await openFilledBooks();
    expect(await auditNaively(books.table, slug)).toEqual([]);
    expect(await audit(books.table)).toEqual([]);
  });
});
