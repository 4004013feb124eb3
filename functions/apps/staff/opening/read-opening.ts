import { giftReceivedKey } from '#kernel/outbox/outbox.ts';
import { fromOutboxItem } from '#kernel/outbox/outbox-item.ts';
import type { Actor } from '#kernel/staff/actor.ts';
import { permit } from '#kernel/staff/rights.ts';
import type { StaffContext } from '#kernel/staff/staff-context.ts';
import { countStaffSeen } from '#kernel/staff/staff-seen-item.ts';
import { askKey } from '#payments/checkout/key-gateway.ts';
import { listPayments } from '#payments/payment/list-payments.ts';
import { isFullyReversed } from '#payments/payment/payment.ts';
import { lastMonths } from '#platform/clock.ts';
import type { Context } from '#platform/context/context.ts';
import { keys } from '#platform/table/keys.ts';
import { readIntact } from '#platform/table/read-item.ts';
import { type Item, readCollection, readItems } from '#platform/table/table.ts';
import { type OpeningFacts, type OpeningNote, openingList, type TickState, ticks } from './opening.ts';
import { fromOpeningNoteItem } from './opening-item.ts';

/** The list of what is to be done before the first gift. */
export interface Opening {
  readonly list: readonly TickState[];
  /** What Stripe says of the desk's key; undefined on a stage without Stripe. */
  readonly key: OpeningFacts['key'];
  /** Whether it was taken off the first page. */
  readonly isClosed: boolean;
}

type Reading = Pick<Context, 'table' | 'now'> & {
  readonly actor: Actor;
  readonly stripe?: StaffContext['stripe'] | undefined;
};

/** Reads how far the list is: eight requests of the table, two of Stripe. */
export async function readOpening({ table, now, actor, stripe }: Reading): Promise<Opening> {
  const [written, facts] = await Promise.all([
    readCollection(table, keys.openingClosed().pk, { order: 'oldest', limit: ticks.length + 1 }),
    readFacts({ table, now, actor, stripe }),
  ]);
  const isNote = ({ sk }: Item) => sk !== keys.openingClosed().sk;
  const notes: OpeningNote[] = readIntact(written.filter(isNote), fromOpeningNoteItem);
  return { list: openingList(facts, notes), key: facts.key, isClosed: written.some((item) => !isNote(item)) };
}

/** Whether the first page still leads to the list: one request. */
export async function isOpeningOver({ table }: Pick<Context, 'table'>): Promise<boolean> {
  const key = keys.openingClosed();
  return (await readItems(table, [key])).itemAt(key) !== undefined;
}

const monthsBack = 3;
/** Of each month, the newest. */
const mostPayments = 50;
/** Of so many payments the thanks are looked for. */
const mostMails = 5;

async function readFacts({ table, now, actor, stripe }: Reading): Promise<OpeningFacts> {
  const allowed = permit(actor, 'gift.read');
  const paging = { before: undefined, limit: mostPayments };
  const [pages, key] = await Promise.all([
    Promise.all(
      lastMonths(now, monthsBack).map((month) =>
        listPayments({ month, fund: undefined, paging, permit: allowed }, { table }),
      ),
    ),
    stripe ? stripe().then((client) => askKey({ stripe: client })) : undefined,
  ]);
  const payments = pages.flatMap(({ data }) => data).sort((a, b) => b.at.getTime() - a.at.getTime());
  const opened = keys.ledgerEntry('opening:bank', 'opening-balance');
  const mails = payments.slice(0, mostMails).map(({ paymentId }) => keys.outbox(giftReceivedKey(paymentId)));
  const found = await readItems(table, [keys.staffSeen(), opened, ...mails]);
  const sent = readIntact(
    mails.flatMap((at) => found.itemAt(at) ?? []),
    fromOutboxItem,
  ).flatMap(({ sentAt }) => sentAt ?? []);
  const tried = payments.find((payment) =>
    stripe
      ? payment.source === 'stripe' && payment.refunded > 0 && isFullyReversed(payment)
      : payment.paymentId.startsWith('promise_'),
  );
  return {
    key,
    stripeReportedAt: payments.find(({ source }) => source === 'stripe')?.at,
    mailSentAt: sent[0],
    people: countStaffSeen(found.itemAt(keys.staffSeen())),
    hasOpeningBalance: found.itemAt(opened) !== undefined,
    triedAt: tried?.at,
  };
}
