import { createHash } from 'node:crypto';
import { projectPayments } from '#apps/workers/project-payments.ts';
import { emailHash } from '#kernel/people/donor-item.ts';
import { keepDonor } from '#kernel/people/keep-donor.ts';
import type { Person } from '#kernel/people/person-item.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import { KeyedHash } from '#platform/ids.ts';
import type { Table } from '#platform/table/table.ts';
import { hashKey } from './desk.ts';
import { aCheckout, aPerson, now, sessionEvent, store, webhookOn } from './payments.ts';
import { everything } from './table.ts';

/** A donor's payment that is made: the same address is the same donor. */
export interface PaidDonor extends Partial<Person> {
  readonly number: number;
  readonly email: string;
  readonly fund?: string;
  readonly amount?: number;
}

/** The donor of an address, as these payments have it. */
function donorOf(email: string): string {
  return `dnr_${createHash('md5').update(email).digest('hex')}`;
}

/** Payments of donors, each a second after the one before, booked by the webhook and projected as the stream would. */
export async function payAsDonors(table: Table, paid: readonly PaidDonor[]): Promise<void> {
  for (const { number, fund = 'lai-chi-kok-warehouse', amount = 50_000, ...person } of paid) {
    const donor = donorOf(person.email);
    const checkout = { ...aCheckout(number, { fund, amount }), donor };
    const newAddress = emailHash(new KeyedHash(hashKey), person.email);
    await keepDonor(newAddress, { table, now }, donor);
    await store(table, checkout, aPerson(checkout, { ...person, newAddress }));
    const created = new Date(now.getTime() + number * 1000);
    await webhookOn(table).deliver(sessionEvent(checkout, { created }));
  }
  for (const item of await everything(table, 'payment')) {
    const payment = fromPaymentItem(item);
    await projectPayments({ slug: payment.fund, gifts: [payment] }, { table });
  }
}
