import { moneyAccounts } from '#accounting/accounts/account.ts';
import { readBooks } from '#accounting/accounts/read-books.ts';
import { entryName } from '#kernel/ledger/ledger-entry.ts';
import { fromLedgerEntryItem } from '#kernel/ledger/ledger-entry-item.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import { hongKongMonth, type Month, monthsBetween } from '#platform/clock.ts';
import { CorruptItem } from '#platform/errors.ts';
import { keys, ledgerLists, paymentLists } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { readTogether, scanTable } from '#platform/table/scan-table.ts';
import { type Item, type ItemsRead, readItems, readWholeList, type Table } from '#platform/table/table.ts';
import { sameValue } from '#platform/values.ts';
import { type ItemCheck, itemChecks } from './check-items.ts';
import { checkReversals, Reversals } from './check-reversals.ts';
import { checkStock } from './check-stock.ts';
import { campaignSums, moneySums, monthSums, type Summed } from './check-sums.ts';
import { Findings, nothingToCheck } from './findings.ts';
import { Sums } from './sums.ts';

export interface Audit {
  readonly table: Table;
  readonly now: Date;
  /** Is called with the progress, a few times a second at most. */
  readonly say: (progress: string) => void;
}

/** The kinds of items that the audit reads; people and mails are not among them. */
const audited = [
  'payment',
  'ledger-entry',
  'outbox',
  'refund',
  'dispute',
  'checkout',
  'stock',
  'hold',
] as const;
/**
 * Items younger than this are read again together with the totals; older ones no longer change, except by late bookings. Milliseconds.
 */
const recentFor = 15 * 60_000;
/** How many keys are looked up at once. */
const aPart = 250;
/** How many sums and lists are read at once. */
const atOnce = 8;
/** How often sums are read until nobody writes in between, how often a difference must be seen, and how often everything is read. */
const [quietAttempts, sightings, mostReadings] = [40, 3, 5];
const changing = 'could not be compared: it changed at each reading; audit again in a quieter hour';

/**
 * Checks a table's books on live data: reads every item once, a page at a time, compares each with the items it belongs to, and adds up
 * what totals must say. It writes nothing and reads no personal data. Totals are compared up to a fixed time of the ledger, plus
 * younger entries as of one moment: between two equal readings nothing was booked. A difference is first looked for in a second
 * reading, because a late booking may have an old time.
 * @param findings collects what is found
 */
export async function auditTable({ table, now, say }: Audit, findings = new Findings()): Promise<Findings> {
  const cutoff = new Date(now.getTime() - recentFor);
  const { months } = await readBooks({ table, now });
  const reversals = new Reversals();
  const old = new Sums();
  const subjects = new Set<string>();
  let items = 0;
  let reported = 0;
  await scanTable(table, audited, async (page) => {
    const intact = page.filter((item) => isIntact(item, findings));
    for (let start = 0; start < intact.length; start += aPart) {
      await checkItems(table, intact.slice(start, start + aPart), findings);
    }
    for (const item of intact) {
      reversals.note(item);
      if (item.entity === 'stock' || item.entity === 'hold') subjects.add(read(item).text('subject'));
      checkMonth(item, months[0], findings);
      addOld(old, item, cutoff);
    }
    items += page.length;
    if (items - reported < 5000) return;
    reported = items;
    say(`${items} items read, ${findings.total} differences`);
  });
  say(`${items} items read; refunds and disputes are compared`);
  await checkReversals({ reversals, findings }, { table });
  await checkStock({ subjects, findings }, { table });
  await checkSums({ table, now, say }, old, cutoff, findings);
  for (const [check, why] of Object.entries(nothingToCheck)) {
    findings.notMade.set(check as keyof typeof nothingToCheck, why);
  }
  return findings;
}

/** Whether an item can be read; a corrupt item becomes a finding, and is part of no sum. */
function isIntact(item: Item, findings: Findings): boolean {
  const check = itemChecks[String(item.entity)];
  if (!check) return true;
  return findings.ofIntact(check.name, () => check.read(item), check.subjectOf?.(item)) !== undefined;
}

interface Checked {
  readonly item: Item;
  readonly check: ItemCheck;
}

async function checkItems(table: Table, page: readonly Item[], findings: Findings): Promise<void> {
  const checked = page.flatMap((item) => {
    const check = itemChecks[String(item.entity)];
    return check ? [{ item, check }] : [];
  });
  const wanted = checked.flatMap(({ item, check }) => check.wanted(item));
  const read = await readItems(table, wanted, { consistent: true });
  for (const { item, check } of checked) {
    findings.ofIntact(check.name, () => holdItem({ item, check }, read, findings));
  }
}

/** Another item that is corrupt is recorded when it is read itself, under its own check and name: which of the two comes first is chance. */
function holdItem({ item, check }: Checked, read: ItemsRead, findings: Findings): void {
  try {
    check.hold(item, read, findings);
  } catch (error) {
    const isAnother = error instanceof CorruptItem && error.entity !== item.entity;
    if (!isAnother || !Object.hasOwn(itemChecks, error.entity)) throw error;
  }
}

/** No task adds up an entry that counts before the books begin. */
function checkMonth(item: Item, first: Month | undefined, findings: Findings): void {
  if (item.entity !== 'ledger-entry') return;
  const { month, ...entry } = fromLedgerEntryItem(item);
  if (first !== undefined && month >= first) return;
  findings.add(
    '2 entries',
    `entry ${entryName(entry)}`,
    `counts in ${month}, and the books begin in ${first ?? 'no month'}`,
  );
}

function addOld(sums: Sums, item: Item, cutoff: Date): void {
  if (item.entity === 'payment') {
    const payment = fromPaymentItem(item);
    if (payment.at < cutoff) sums.addGift(payment);
  }
  if (item.entity === 'ledger-entry') {
    const entry = fromLedgerEntryItem(item);
    if (entry.at < cutoff) sums.addEntry(entry);
  }
}

async function checkSums(audit: Audit, old: Sums, cutoff: Date, findings: Findings): Promise<void> {
  const { table, now, say } = audit;
  const { slugs, months } = await readBooks({ table, now });
  const all = [
    ...slugs.map(campaignSums),
    ...moneyAccounts.map(moneySums),
    ...months.map((month) => monthSums(month, slugs)),
  ];
  for (const { check } of all) findings.look(check);
  say(`${all.length} totals and months are compared`);
  const since = { slugs, cutoff, findings };
  let differing = await differences(audit, all, old, since);
  for (let reading = 2; reading <= mostReadings && differing.length > 0; reading += 1) {
    say(`${differing.length} of them differ: everything is added up again`);
    const again = new Sums();
    const add = (page: Item[]) => {
      for (const item of page) findings.ofIntact('2 entries', () => addOld(again, item, cutoff));
      return Promise.resolve();
    };
    await scanTable(table, ['payment', 'ledger-entry'], add);
    const before = differing.map(({ says }) => says);
    const summed = differing.map((each) => each.summed);
    differing = await differences(audit, summed, again, since);
    if (
      sameValue(
        before,
        differing.map(({ says }) => says),
      )
    )
      break;
  }
  for (const { summed, says } of differing) {
    for (const text of says) findings.add(summed.check, summed.name, text);
  }
}

interface Since {
  readonly slugs: readonly string[];
  readonly cutoff: Date;
  /** Collects corrupt items. */
  readonly findings: Findings;
}

interface Differing {
  readonly summed: Summed;
  readonly says: readonly string[];
}

/**
 * Compares sums between two equal readings of them: the sums must equal the ledger entries that were read in between. A sum that
 * changed meanwhile is read again, and so is one that differs, because lists show an entry a moment late.
 */
async function differences(
  { table, now }: Audit,
  all: readonly Summed[],
  old: Sums,
  since: Since,
): Promise<Differing[]> {
  let waiting = all;
  let differing: Differing[] = [];
  for (let attempt = 1; waiting.length > 0 && attempt <= quietAttempts; attempt += 1) {
    const before = await readEachTogether(table, waiting);
    const sums = old.plus(await recentSums(table, now, since));
    const after = await readEachTogether(table, waiting);
    const quiet = waiting.filter((summed, at) => isSame(summed, before[at], after[at]));
    const compare = (summed: Summed, read: ItemsRead) =>
      since.findings.ofIntact(summed.check, () => summed.compare(read, sums)) ?? [];
    differing = waiting.map((summed, at) => ({
      summed,
      says: quiet.includes(summed) ? compare(summed, after[at] as ItemsRead) : [changing],
    }));
    differing = differing.filter(({ says }) => says.length > 0);
    waiting = differing.map(({ summed }) => summed);
    if (attempt >= sightings && differing.every(({ says }) => !says.includes(changing))) break;
    if (waiting.length > 0) await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return differing;
}

function readEachTogether(table: Table, all: readonly Summed[]): Promise<ItemsRead[]> {
  return inParts(all, (summed) => readTogether(table, summed.keys));
}

/** Runs `act` for each, a few at once, and returns the results in order. */
async function inParts<T, R>(all: readonly T[], act: (one: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (let start = 0; start < all.length; start += atOnce) {
    done.push(...(await Promise.all(all.slice(start, start + atOnce).map(act))));
  }
  return done;
}

function isSame({ keys }: Summed, before?: ItemsRead, after?: ItemsRead): boolean {
  return keys.every((key) => sameValue(before?.itemAt(key), after?.itemAt(key)));
}

/** Adds up what is younger than the fixed time, from the lists. */
async function recentSums(table: Table, now: Date, { slugs, cutoff, findings }: Since): Promise<Sums> {
  const sums = new Sums();
  const order = cutoff.toISOString();
  // The audit may run past midnight.
  const tomorrow = new Date(now.getTime() + 86_400_000);
  const months = monthsBetween(hongKongMonth(cutoff), hongKongMonth(tomorrow));
  const entries = months.flatMap(ledgerLists);
  await inParts(entries, async (list) => {
    for await (const page of readWholeList(table, list, order)) {
      for (const item of page) findings.ofIntact('2 entries', () => sums.addEntry(fromLedgerEntryItem(item)));
    }
  });
  const payments = months.flatMap((month) => slugs.flatMap((slug) => paymentLists(slug, month)));
  await inParts(payments, async (list) => {
    for await (const page of readWholeList(table, list, order))
      await addPayments(sums, page, table, findings);
  });
  return sums;
}

/** A gift as it is now, with its entry, which is in no list. */
async function addPayments(
  sums: Sums,
  page: readonly Item[],
  table: Table,
  findings: Findings,
): Promise<void> {
  const entries = page.map((item) => keys.ledgerEntry(String(item.paymentId), 'payment'));
  const found = await readItems(table, [...page, ...entries], { consistent: true });
  for (const key of page) {
    const payment = found.itemAt(key);
    if (payment) findings.ofIntact('2 payments', () => sums.addGift(fromPaymentItem(payment)));
  }
  for (const key of entries) {
    const entry = found.itemAt(key);
    // An entry that counts in another month is in the list of entries itself.
    if (entry && entry.list === undefined) {
      findings.ofIntact('2 entries', () => sums.addEntry(fromLedgerEntryItem(entry)));
    }
  }
}
