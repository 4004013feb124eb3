import { listNamedPayments } from '#giving/donors/list-named-payments.ts';
import { readReference } from '#giving/promises/promise.ts';
import { fromPromiseItem } from '#giving/promises/promise-item.ts';
import { listDonorPayments } from '#giving/supporters/list-donor-payments.ts';
import { paymentOfPromise } from '#kernel/outbox/outbox.ts';
import { donorIn, emailHash } from '#kernel/people/donor-item.ts';
import type { Actor } from '#kernel/staff/actor.ts';
import { nextCursor, pageOf } from '#kernel/staff/list-cursor.ts';
import { mayDo, type Permit, permit as permitFor } from '#kernel/staff/rights.ts';
import type { StaffContext } from '#kernel/staff/staff-context.ts';
import { paymentOf } from '#payments/checkout/checkout-item.ts';
import type { Payment } from '#payments/payment/payment.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import { isPaymentId } from '#payments/payment/read-payment.ts';
import type { Context } from '#platform/context/context.ts';
import { isCheckoutId } from '#platform/id-shapes.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems } from '#platform/table/table.ts';

interface Finding extends Pick<Context, 'table' | 'now'> {
  readonly actor: Actor;
  /** Without it nobody is found by an address. */
  readonly hash?: StaffContext['hash'];
  /** The slugs of all funds. */
  readonly funds: () => Promise<readonly string[]>;
}

type Paging = Parameters<typeof pageOf>[1];

/** What was found, newest first, and where the next page begins. */
interface Found {
  readonly data: readonly Payment[];
  readonly nextCursor: string | null;
}

/**
 * Finds payments by what a person typed: an e-mail address, exactly; a payment's id, which donors know as the reference; a
 * promise's reference; a checkout's id; or else, with the right to read about people, the words of a donor's name. Everything is found
 * by its key: a handful of requests, however many payments there are.
 *
 * @returns those of an address are the ones that are not fully reversed
 * @throws Problem `forbidden` for an address, without the right to read about people
 */
export async function findPayments(
  {
    typed,
    paging,
  }: { readonly typed: string; readonly paging: Paging; readonly permit: Permit<'gift.read'> },
  finding: Finding,
): Promise<Found> {
  const found = await findByKey(typed, finding);
  if (found.length > 0) return { data: found, nextCursor: null };
  const { actor, hash, table } = finding;
  if (!hash || typed.includes('@') || !mayDo(actor, 'person.read')) return { data: [], nextCursor: null };
  const known = await hash();
  const list = `payments named ${known.of('name-search', typed)}`;
  const asked = { name: typed, paging: pageOf(list, paging), permit: permitFor(actor, 'person.read') };
  const { data, next } = await listNamedPayments(asked, { table, hash: known });
  return { data, nextCursor: nextCursor(list, next) };
}

async function findByKey(typed: string, finding: Finding): Promise<Payment[]> {
  const { table } = finding;
  const reference = readReference(typed);
  const asked = reference === undefined ? typed.trim() : paymentOfPromise(reference);
  if (asked.includes('@')) return ofAddress(asked, finding);
  const checkout = isCheckoutId(asked) ? keys.checkout(asked) : undefined;
  const item = checkout && (await readItems(table, [checkout], { consistent: true })).itemAt(checkout);
  const paymentId = checkout ? item && paymentOf(item) : asked;
  if (paymentId === undefined || !isPaymentId(paymentId)) return [];
  const key = keys.payment(paymentId);
  const found = (await readItems(table, [key], { consistent: true })).itemAt(key);
  return found ? [fromPaymentItem(found)] : [];
}

/** The promise whose reference a person typed, while no money has kept it. */
export async function findPromise(
  { typed }: { readonly typed: string; readonly permit: Permit<'payment.enter'> },
  { table }: Pick<Context, 'table'>,
): Promise<string | undefined> {
  const reference = readReference(typed);
  const key = reference === undefined ? undefined : keys.promise(reference);
  const item = key && (await readItems(table, [key], { consistent: true })).itemAt(key);
  return item && fromPromiseItem(item).state !== 'received' ? reference : undefined;
}

async function ofAddress(email: string, { table, now, actor, hash, funds }: Finding): Promise<Payment[]> {
  const permit = permitFor(actor, 'person.read');
  if (!hash) return [];
  const key = keys.email(emailHash(await hash(), email));
  const donor = donorIn((await readItems(table, [key])).itemAt(key), now);
  return donor === undefined ? [] : listDonorPayments({ donor, funds: await funds(), permit }, { table });
}
