import type { Stripe } from 'stripe';
import type { Account } from '../account/account.ts';
import type { Session } from '../account/store.ts';
import { addCard, addDelayedMethod, type CardExpiry } from '../objects/payment-methods.ts';
import { findTestCard } from '../objects/test-methods.ts';
import type { PaymentForm } from './hosted-page.tsx';
import type { HostedWords } from './hosted-words.ts';

/** Takes the hosted form's fields. An address that the Session has already cannot be changed. */
export function readPaymentForm(body: Record<string, unknown>, session: Session): PaymentForm {
  const field = (name: string) => {
    const value = body[name];
    return typeof value === 'string' ? value.trim() : '';
  };
  return {
    email: session.customer_email ?? field('email'),
    method: field('method') || 'card',
    number: field('number'),
    expiry: field('expiry'),
    cvc: field('cvc'),
    name: field('name'),
  };
}

/** The payment method that the form describes, or the words that say what is wrong with it. */
export function methodOfForm(
  account: Account,
  form: PaymentForm,
  words: HostedWords,
): Stripe.PaymentMethod | string {
  if (!/^[^\s@<>,;]{1,64}@[^\s@<>,;]+\.[^\s@<>,;]+$/.test(form.email)) return words.badEmail;
  if (form.name.length > 200) return words.badName;
  const payer = { name: form.name === '' ? null : form.name, email: form.email };
  if (form.method === 'delayed-succeeds' || form.method === 'delayed-fails') {
    return addDelayedMethod(account, form.method, payer);
  }
  const card = findTestCard(form.number);
  if (!card) return words.unknownCard;
  if (payer.name === null) return words.badName;
  const expiry = readExpiry(form.expiry, account.now());
  if (!expiry) return words.badExpiry;
  if (!/^\d{3,4}$/.test(form.cvc)) return words.badCvc;
  return addCard(account, card, payer, expiry);
}

function readExpiry(text: string, now: number): CardExpiry | undefined {
  const [, month, year] = /^(\d{1,2})\s*\/?\s*(?:20)?(\d{2})$/.exec(text) ?? [];
  if (month === undefined || year === undefined) return undefined;
  const expiry = { month: Number(month), year: 2000 + Number(year) };
  const isMonth = expiry.month >= 1 && expiry.month <= 12;
  // A card is good until the last moment of its month.
  const isAhead = Date.UTC(expiry.year, expiry.month) / 1000 > now;
  return isMonth && isAhead ? expiry : undefined;
}
