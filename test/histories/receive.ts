import { type BookingContext, recordPayment } from '#payments/payment/record-payment.ts';
import { campaigns, type History, type ReceivedMoney } from './history.ts';
import type { Step } from './steps.ts';

/** Records a transfer or what lay in a cash box, of some days ago; after a crash it is recorded again. */
export async function receive(history: History, step: Extract<Step, { do: 'receive' }>): Promise<void> {
  const number = history.received.length + 1;
  const now = history.clock();
  const money: ReceivedMoney = {
    id: `${step.source}_${number}`,
    campaign: campaigns[step.campaign] ?? campaigns[0],
    amount: step.amount,
    source: step.source,
    donor: step.donor === undefined ? undefined : `offline ${step.donor}`,
    at: new Date(now.getTime() - step.daysAgo * 86_400_000),
  };
  history.received.push(money);
  for (;;) {
    try {
      await record(money, { table: history.table, now, random: Math.random });
      return;
    } catch (error) {
      if (!history.crashes.hasEnded) throw error;
      history.crashes.begin(undefined);
    }
  }
}

export function record(
  { id, campaign, amount, source, donor, at }: ReceivedMoney,
  ctx: BookingContext,
): Promise<unknown> {
  const number = donor?.at(-1);
  const fact = {
    source,
    paymentId: id,
    checkoutId: `chk_${id}`,
    fund: campaign,
    about: 'campaign',
    parts: { gift: amount, sales: 0, cover: 0 },
    currency: 'hkd',
    language: 'en',
    at,
    ...(number !== undefined && { donor: `dnr_${number.repeat(32)}` }),
  } as const;
  return recordPayment(fact, { ...ctx, thank: false });
}
