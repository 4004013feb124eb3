import * as z from 'zod/mini';
import { readCampaignSlugs } from '#giving/campaigns/read-campaigns.ts';
import { paged } from '#kernel/staff/answer.ts';
import { endpoint } from '#kernel/staff/endpoint.ts';
import { nextCursor, pageOf } from '#kernel/staff/list-cursor.ts';
import { month } from '#kernel/staff/month-input.ts';
import { listPayments } from '#payments/payment/list-payments.ts';
import type { Payment } from '#payments/payment/payment.ts';
import { paymentFields, paymentJson } from '#payments/payment/payment-api.ts';
import { fundInQuery, listName, searchInQuery } from '#payments/payment/payment-input.ts';
import { proceedsAt } from '#payments/payment/proceeds-item.ts';
import type { Context } from '#platform/context/context.ts';
import { page } from '#platform/http/input.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems } from '#platform/table/table.ts';
import { findPayments } from './find-payments.ts';

const list = endpoint({
  id: 'listPayments',
  method: 'get',
  path: '/api/staff/payments',
  right: 'gift.read',
  summary: 'Payments of a month, or found by a search',
  description:
    'Newest first, of all funds or of one. A payment stands here a moment after it was booked. With `q` those that it finds, whatever their month and fund; by an e-mail address, or by whole parts of a name, only with the right `person.read`; those of an address are not fully reversed. A name is found some minutes after the payment.',
  input: { q: searchInQuery, month, fund: fundInQuery, ...page },
  answer: () => paged('Each payment.', z.object(paymentFields())),
  run: async ({ q, month: of, fund, ...paging }, { table, now, actor, hash, permit }) => {
    if (q !== undefined) {
      const funds = () => readCampaignSlugs({ table });
      const found = await findPayments({ typed: q, paging, permit }, { table, now, actor, hash, funds });
      return { data: await withProceeds(found.data, { table }), nextCursor: found.nextCursor };
    }
    const name = listName(of, fund);
    const asked = { month: of, fund, paging: pageOf(name, paging), permit };
    const { data, next } = await listPayments(asked, { table });
    return { data: await withProceeds(data, { table }), nextCursor: nextCursor(name, next) };
  },
});

async function withProceeds(payments: readonly Payment[], { table }: Pick<Context, 'table'>) {
  const found = await readItems(
    table,
    payments.map(({ paymentId }) => keys.proceeds(paymentId)),
  );
  return payments.map((payment) => paymentJson(payment, proceedsAt(found, payment.paymentId)));
}

/** The list of payments; what it finds by a search belongs to more than one noun. */
export const paymentListApi = [list];
