import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Table } from '#platform/table/table.ts';
import type { LocalStripe } from '../../infra/local/stripe/server.ts';
import { filledIn, sendForm } from '../support/browser-form.ts';
import { nobody, payOnPage, sessionsOf, silentStripe } from '../support/local-stripe.ts';
import { gift, postCheckout, siteOn, storeCampaigns } from '../support/site.ts';
import { everything, freshTable } from '../support/table.ts';

describe('a donor who starts a second time without the first form', () => {
  let stripe: LocalStripe;
  let table: Table;
  beforeEach(async () => {
    vi.spyOn(console, 'log').mockImplementation(() => {});
    stripe = await silentStripe();
    table = await freshTable();
    await storeCampaigns(table);
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await stripe.close();
  });

  let forms = 0;
  /** A form loaded anew: an app's browser without page memory, or a second tab. */
  const freshForm = (fields: object = {}, address = '192.0.2.7', path?: string) => {
    forms += 1;
    const app = siteOn(table, stripe.url, { addressOf: () => address });
    return sendForm(app, { ...filledIn, ...fields, formKey: `fresh-form-${forms}` }, path);
  };
  const statuses = async () => (await sessionsOf(stripe)).map(({ status }) => status);

  it.each([
    ['the same gift', {}],
    ['another amount', { otherAmount: '200' }],
    ['another name and comment', { name: 'Rowan', message: 'Other words' }],
    ['the address in other letters', { email: 'JUNIPER@example.org' }],
  ])('with %s can pay the newer Session only', async (_, fields) => {
    await freshForm();
    const second = await freshForm(fields);
    expect(second.status).toBe(303);
    expect(await statuses()).toEqual(['expired', 'open']);
    expect(second.headers.get('location')).toBe((await sessionsOf(stripe))[1]?.url);
    const checkouts = (await everything(table, 'checkout')).map(({ status }) => status);
    expect(checkouts.sort()).toEqual(['expired', 'open']);
  });

  it('can pay the newest only of many, by the form and the API alike, in both languages', async () => {
    await freshForm();
    await freshForm({ otherAmount: '200' }, '192.0.2.7', '/zh/campaigns/lai-chi-kok-warehouse');
    await postCheckout(siteOn(table, stripe.url), gift, { key: 'one' });
    await postCheckout(siteOn(table, stripe.url), { ...gift, amount: 70_000 }, { key: 'two' });
    expect(await statuses()).toEqual(['expired', 'expired', 'expired', 'open']);
  });

  it('is asked when the first was paid meanwhile, though its event has not arrived', async () => {
    await freshForm();
    const [session] = await sessionsOf(stripe);
    await payOnPage(stripe, session?.id ?? '');
    const asked = await freshForm();
    expect(asked.status).toBe(409);
    expect(await asked.text()).toContain('You gave HK$123.40 a few minutes ago');
    expect((await freshForm({ again: 'yes' })).status).toBe(303);
    expect(await statuses()).toEqual(['complete', 'open']);
  });

  it('learns nothing of a gift of another amount that was paid a moment ago', async () => {
    await freshForm();
    const [session] = await sessionsOf(stripe);
    await payOnPage(stripe, session?.id ?? '');
    expect((await freshForm({ otherAmount: '200' })).status).toBe(303);
    expect(await statuses()).toEqual(['complete', 'open']);
  });

  it('keeps both for another campaign', async () => {
    await freshForm();
    await freshForm({}, '192.0.2.7', '/campaigns/emergency-cash');
    expect(await statuses()).toEqual(['open', 'open']);
  });

  it('starts nothing while Stripe does not say that the first has ended', async () => {
    await freshForm();
    const silent = await sendForm(siteOn(table, nobody), { ...filledIn, formKey: 'x', otherAmount: '200' });
    expect(silent.status).toBe(503);
    expect(await everything(table, 'checkout')).toHaveLength(1);
    expect(await statuses()).toEqual(['open']);
  });

  it('is left alone by a stranger elsewhere who types the same address, who learns nothing of it', async () => {
    await freshForm();
    for (const fields of [{}, { otherAmount: '200' }]) {
      const stranger = await freshForm(fields, '198.51.100.1');
      expect(stranger.status).toBe(303);
    }
    const sessions = await sessionsOf(stripe);
    expect(sessions.map(({ status }) => status)).toEqual(['open', 'expired', 'open']);
    expect(new Set(sessions.map(({ id }) => id)).size, 'the donor’s own Session is handed to nobody').toBe(3);
  });
});
