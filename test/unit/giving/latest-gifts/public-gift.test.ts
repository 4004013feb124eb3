import { describe, expect, it } from 'vitest';
import { toPublicGift } from '#giving/latest-gifts/public-gift.ts';
import { fromPersonItem, type Person, toPersonItem } from '#kernel/people/person-item.ts';
import { decidePayment } from '#payments/payment/payment.ts';
import type { Item } from '#platform/table/table.ts';
import { paidCheckout } from '../../../support/paid-checkout.ts';

const { payment: gift } = decidePayment(paidCheckout());
const person: Person = {
  checkoutId: gift.checkoutId,
  name: 'Chan Siu Ming',
  displayName: 'Ming of Sham Shui Po',
  nameState: 'approved',
  email: 'siuming@example.org',
  hideName: false,
  hideAmount: false,
  message: 'Keep warm',
  marketingConsent: {
    wording: 'Yes, write to me',
    version: 1,
    language: 'en',
    at: '2026-11-22T04:00:00.000Z',
  },
};

describe('a gift as the world sees it', () => {
  it('holds name, amount, frequency and time, no comment before it is approved, and nothing else', () => {
    expect(toPublicGift(gift, person)).toEqual({
      name: 'Ming of Sham Shui Po',
      amount: 50_000,
      message: null,
      frequency: 'once',
      at: '2026-11-22T04:00:00.000Z',
    });
  });

  it('is anonymous while its name waits, and when the staff hid it', () => {
    for (const nameState of ['waiting', 'refused', undefined] as const) {
      expect(toPublicGift(gift, { ...person, nameState }).name).toBeNull();
    }
  });

  it('is anonymous when its person was written before donors were asked which name to show', () => {
    const { displayName: _, ...item } = toPersonItem(person);
    const before = fromPersonItem({ ...item, v: 2 } as Item);
    expect(toPublicGift(gift, before)).toMatchObject({ name: null, amount: 50_000 });
  });

  it('has null for a hidden name, and still its amount', () => {
    expect(toPublicGift(gift, { ...person, hideName: true })).toMatchObject({ name: null, amount: 50_000 });
  });

  it('has null for a hidden amount, and still its name', () => {
    expect(toPublicGift(gift, { ...person, hideAmount: true })).toMatchObject({
      name: 'Ming of Sham Shui Po',
      amount: null,
    });
  });

  it('is anonymous unless its donor gave a name to show: the name that we thank never stands there', () => {
    expect(toPublicGift(gift, { ...person, displayName: undefined })).toMatchObject({
      name: null,
      amount: 50_000,
    });
  });

  it('shows neither name nor amount of a person whose data was erased', () => {
    expect(toPublicGift(gift, undefined)).toMatchObject({ name: null, amount: null, message: null });
  });

  it('has its comment once it is approved, whatever else is hidden, and not while it waits or was refused', () => {
    const approved = { ...person, hideName: true, hideAmount: true, messageState: 'approved' } as const;
    expect(toPublicGift(gift, approved)).toMatchObject({ name: null, amount: null, message: 'Keep warm' });
    for (const messageState of ['waiting', 'refused', undefined] as const) {
      expect(toPublicGift(gift, { ...person, messageState }).message).toBeNull();
    }
  });

  it.each([
    ['with everything shown', person],
    ['with everything hidden', { ...person, hideName: true, hideAmount: true }],
    ['erased', undefined],
  ])('%s holds no address, comment, consent, payment or checkout', (_case, whose) => {
    const bytes = JSON.stringify(toPublicGift(gift, whose));
    for (const secret of ['Chan', 'siuming@', 'Keep warm', 'write to me', gift.paymentId, gift.checkoutId]) {
      expect(bytes).not.toContain(secret);
    }
  });
});
