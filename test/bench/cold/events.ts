import { marshall } from '@aws-sdk/util-dynamodb';
import { toAccountMonthItem } from '#accounting/accounts/account-month-item.ts';
import { toCampaignItem, toCampaignListItem } from '#giving/campaigns/campaign-item.ts';
import { giftReceivedKey } from '#kernel/outbox/outbox.ts';
import { toOutboxItem } from '#kernel/outbox/outbox-item.ts';
import { toPersonItem } from '#kernel/people/person-item.ts';
import { decidePayment } from '#payments/payment/payment.ts';
import { toPaymentItem } from '#payments/payment/payment-item.ts';
import { hongKongMonth, monthsBetween } from '#platform/clock.ts';
import { keys } from '#platform/table/keys.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import { demoCampaigns } from '../../../infra/demo/campaigns.ts';
import { signatureHeaders } from '../../../infra/local/resend/webhooks.ts';
import { paidCheckout } from '../../support/paid-checkout.ts';
import { aCheckout, aPerson, sessionEvent, sign } from '../../support/payments.ts';
import { httpEvent } from '../http-event.ts';

const checkout = aCheckout(1);
const paymentId = 'pi_00000001';
const { payment: gift } = decidePayment(paidCheckout({ checkoutId: checkout.id, paymentId, at: new Date() }));
const outbox = toOutboxItem({
  key: giftReceivedKey(paymentId),
  kind: 'mail',
  template: 'gift-received',
  paymentId,
  checkoutId: checkout.id,
  createdAt: new Date(),
});

const bounce = JSON.stringify({
  type: 'email.bounced',
  created_at: new Date().toISOString(),
  data: { tags: { checkout: checkout.id, mail: 'gift-received' }, bounce: { type: 'Permanent' } },
});

/** The hour of the books that a start is measured by: of five years and more, what was before is recorded and added up. */
const hour = '2026-11-22T12:10:00.000Z';

function booksOfYears(opensAt: Date): Item[] {
  const before = new Date(Date.parse(hour) - 3_600_000);
  const months = monthsBetween(hongKongMonth(opensAt), hongKongMonth(before));
  return [
    ...months.map((month) =>
      toAccountMonthItem({ month, sums: { stripe: 1 }, entries: 1, asOf: before, isFinal: false }),
    ),
    ...['record-fees', 'summarize-accounts', 'summarize-funds'].map((task) =>
      toItem(keys.cursor(task), 'cursor', 1, { through: before.toISOString() }),
    ),
  ];
}

/** What stands in the table when a function starts. */
export function itemsThere(): Item[] {
  const campaigns = demoCampaigns(new Date());
  const first = campaigns.map(({ opensAt }) => opensAt).sort((a, b) => a.getTime() - b.getTime())[0];
  return [
    toCampaignListItem(campaigns.map(({ slug }) => slug)),
    ...campaigns.map(toCampaignItem),
    toPaymentItem(gift),
    outbox,
    toPersonItem(aPerson(checkout)),
    ...booksOfYears(first ?? new Date()),
  ];
}

/** The first event of a function, by the function's name: of its common kind. */
export function firstEvent(name: string, secret: string): unknown {
  const body = JSON.stringify(sessionEvent(checkout, { created: new Date() }));
  switch (name) {
    case 'site':
      return httpEvent('GET', `/campaigns/${checkout.fund}`);
    case 'outbox-relay':
      return streamEvent(outbox);
    case 'projector':
      return streamEvent(toPaymentItem(gift));
    case 'mailer':
      return {
        Records: [{ messageId: '1', body: JSON.stringify({ outboxKey: giftReceivedKey(paymentId) }) }],
      };
    case 'worker':
      return { Records: [{ messageId: '1', body: JSON.stringify({ outboxKey: 'refresh/dispute/evt_1' }) }] };
    case 'exporter':
      return { outboxKey: 'export/exp_1' };
    case 'picture-maker':
      return { outboxKey: 'photo/education/upl_1' };
    case 'pictures':
      return httpEvent('GET', `/pictures/${'0'.repeat(64)}`);
    case 'resend-webhook':
      return httpEvent('POST', '/resend/webhook', bounce, signatureHeaders(bounce, 'msg_1', { secret }));
    case 'sweep':
      return { task: 'sweep', at: '2026-11-22T12:07:00.000Z' };
    case 'books':
      return { task: 'books', at: hour };
    default:
      return httpEvent('POST', '/stripe/webhook', body, { 'stripe-signature': sign(body, { secret }) });
  }
}

function streamEvent(item: Item) {
  return { Records: [{ eventName: 'INSERT', dynamodb: { SequenceNumber: '1', NewImage: marshall(item) } }] };
}
