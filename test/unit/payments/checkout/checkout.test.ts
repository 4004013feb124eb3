import { expect, it } from 'vitest';
import { type Checkout, canStartSession } from '#payments/checkout/checkout.ts';

const expiresAt = new Date('2026-11-22T06:00:00Z');
const ending = (status: Checkout['status']) => ({ status, expiresAt }) as Checkout;
const minutesBefore = (minutes: number) => new Date(expiresAt.getTime() - minutes * 60_000);

it.each([
  ['open', 120, true],
  ['open', 31, true],
  ['open', 30, false],
  ['open', -1, false],
  ['paid', 120, false],
  ['expired', 120, false],
] as const)(
  "a checkout that is %s, %d minutes before its end, may start Stripe's page: %s",
  (status, minutes, may) => {
    expect(canStartSession(ending(status), minutesBefore(minutes))).toBe(may);
  },
);
