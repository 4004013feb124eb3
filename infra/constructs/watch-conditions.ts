import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { guardLimits } from '#payments/guard/guard-limits.ts';
import type { AlarmingMetric } from '#platform/log.ts';
import type { Alarms } from './alarms.ts';

/** What only a person can resolve, by the name of its metric in namespace `Tideover` (counts, without dimensions). */
const conditions: Readonly<Record<AlarmingMetric, string>> = {
  ParkedWithOurKey: 'A paid event carries our key and finds no checkout: money came that is not booked.',
  BookingMismatch: 'Stripe took other than the checkout asked for: it is booked as taken and listed.',
  UnexpectedLivemode: "An event of Stripe's other mode arrived: an endpoint or a key is of the wrong mode.",
  UnexpectedApiVersion: 'An event of another Stripe API version arrived: pin the endpoint to the right one.',
  EventUndelivered:
    "The hourly sweep found an event that the webhook had not booked: Stripe's deliveries fail.",
  EventUnusable:
    'An event that Stripe signed lacks a field or holds an odd one: the log names both; read the event at Stripe.',
  RefundNeedsPerson:
    'A refund failed, was above the refundable amount, found no gift or is not known to be made after a day: it is listed.',
  DisputeOpened:
    'A bank disputes or asks about a gift: answer at Stripe by the date in the log and the list.',
  DisputeDueSoon: 'Evidence for a dispute is due within three days, and none was sent.',
  DisputeUnknownCharge: 'A dispute is about a payment that is no gift of ours: its money is not booked.',
  EarlyFraudWarning: 'A card issuer calls a payment fraud: a refund now can avert a dispute.',
  RefreshNeedsPerson:
    'A dispute could not be read again at Stripe for 23 hours, or a tried-out Session not be ended, or it is not there.',
  PayoutNeedsPerson:
    'A payout failed, was made by hand, or holds what the books do not: GET /api/staff/payouts says what.',
  BooksDiffer:
    'The books and Stripe do not say the same of a movement of money: GET /api/staff/differences names it.',
  CheckoutRepaired:
    'The nightly comparison booked a payment of ours that no event had booked: events get lost.',
  FundOverdrawn:
    'More of a fund was passed on than it has, by a refund or a dispute after it: read the log, and transfer or top up.',
  ExportFailed: 'An export was given up after its last attempt: the log says why; it can be asked for again.',
  CardTesting:
    'Stolen cards are tried out at a campaign: its minimum is raised and its starts are paced, and it heals by itself. infra/docs/alarms.md says what to look at.',
  PaymentDeclined: 'Many payments were declined within five minutes: perhaps stolen cards are tried out.',
  GiftHeld:
    'A large or odd gift is booked and not shown: look at it and release or refund it (GET /api/staff/attention).',
  MailNeedsPerson:
    'Resend refuses the account (key, domain, quota), or a mail was stopped: GET /api/staff/attention says what to do.',
  WorkKeepsFailing:
    'A part or an item of a task failed in three runs, for an hour: the log and the list name it (work-failed).',
};

/** How many within five minutes ring the alarm, where a single one need not. */
const thresholds: Readonly<Partial<Record<string, number>>> = { PaymentDeclined: guardLimits.declines };

/** Rings for each of these conditions as soon as a function counts it, or as many as its threshold says. */
export function watchConditions(alarms: Alarms): void {
  for (const [metricName, description] of Object.entries(conditions)) {
    const metric = new Metric({
      namespace: 'Tideover',
      metricName,
      statistic: 'Sum',
      period: Duration.minutes(5),
    });
    alarms.ring(metricName, metric, description, thresholds[metricName]);
  }
}
