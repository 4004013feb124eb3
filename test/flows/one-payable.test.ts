import { describe, expect } from 'vitest';
import { filledIn, sendForm } from '../support/browser-form.ts';
import { nobody, payOnPage, sessionsOf } from '../support/local-stripe.ts';
import { gift, postCheckout, siteOn } from '../support/site.ts';
import { campaignStory } from '../support/story.ts';
import { everything } from '../support/table.ts';

/** A site whose forms a donor loads anew each time. */
const it = campaignStory.extend('donor', ({ log: _, table, localStripe }) => {
  let forms = 0;
  /** A form loaded anew: an app's browser without page memory, or a second tab. */
  const freshForm = (fields: object = {}, address = '192.0.2.7', path?: string) => {
    forms += 1;
    const app = siteOn(table, localStripe.url, { addressOf: () => address });
    return sendForm(app, { ...filledIn, ...fields, formKey: `fresh-form-${forms}` }, path);
  };
  const statuses = async () => (await sessionsOf(localStripe)).map(({ status }) => status);
  return { freshForm, statuses };
});

describe('a donor who starts a second time without the first form', () => {
  it.for<[string, object]>([
    ['the same gift', {}],
    ['another amount', { otherAmount: '200' }],
    ['another name and comment', { name: 'Rowan', message: 'Other words' }],
    ['the address in other letters', { email: 'JUNIPER@example.org' }],
  ])(
    'with %s can pay the newer Session only',
    async ([_, fields], { table, localStripe, donor: { freshForm, statuses } }) => {
      await freshForm();
      const second = await freshForm(fields);
      expect(second.status).toBe(303);
      expect(await statuses()).toEqual(['expired', 'open']);
      expect(second.headers.get('location')).toBe((await sessionsOf(localStripe))[1]?.url);
      const checkouts = (await everything(table, 'checkout')).map(({ status }) => status);
      expect(checkouts.sort()).toEqual(['expired', 'open']);
    },
  );

  it('can pay the newest only of many, by the form and the API alike, in both languages', async ({
    table,
    localStripe,
    donor: { freshForm, statuses },
  }) => {
    await freshForm();
    await freshForm({ otherAmount: '200' }, '192.0.2.7', '/zh/campaigns/lai-chi-kok-warehouse');
    await postCheckout(siteOn(table, localStripe.url), gift, { key: 'one' });
    await postCheckout(siteOn(table, localStripe.url), { ...gift, amount: 70_000 }, { key: 'two' });
    expect(await statuses()).toEqual(['expired', 'expired', 'expired', 'open']);
  });

  it('is asked when the first was paid meanwhile, though its event has not arrived', async ({
    localStripe,
    donor: { freshForm, statuses },
  }) => {
    await freshForm();
    const [session] = await sessionsOf(localStripe);
    await payOnPage(localStripe, session?.id ?? '');
    const asked = await freshForm();
    expect(asked.status).toBe(409);
    expect(await asked.text()).toContain('You gave HK$123.40 a few minutes ago');
    expect((await freshForm({ again: 'yes' })).status).toBe(303);
    expect(await statuses()).toEqual(['complete', 'open']);
  });

  it('learns nothing of a gift of another amount that was paid a moment ago', async ({
    localStripe,
    donor: { freshForm, statuses },
  }) => {
    await freshForm();
    const [session] = await sessionsOf(localStripe);
    await payOnPage(localStripe, session?.id ?? '');
    expect((await freshForm({ otherAmount: '200' })).status).toBe(303);
    expect(await statuses()).toEqual(['complete', 'open']);
  });

  it('keeps both for another campaign', async ({ donor: { freshForm, statuses } }) => {
    await freshForm();
    await freshForm({}, '192.0.2.7', '/campaigns/emergency-cash');
    expect(await statuses()).toEqual(['open', 'open']);
  });

  it('starts nothing while Stripe does not say that the first has ended', async ({
    table,
    donor: { freshForm, statuses },
  }) => {
    await freshForm();
    const silent = await sendForm(siteOn(table, nobody), { ...filledIn, formKey: 'x', otherAmount: '200' });
    expect(silent.status).toBe(503);
    expect(await everything(table, 'checkout')).toHaveLength(1);
    expect(await statuses()).toEqual(['open']);
  });

  it('is left alone by a stranger elsewhere who types the same address, who learns nothing of it', async ({
    localStripe,
    donor: { freshForm },
  }) => {
    await freshForm();
    for (const fields of [{}, { otherAmount: '200' }]) {
      const stranger = await freshForm(fields, '198.51.100.1');
      expect(stranger.status).toBe(303);
    }
    const sessions = await sessionsOf(localStripe);
    expect(sessions.map(({ status }) => status)).toEqual(['open', 'expired', 'open']);
    expect(new Set(sessions.map(({ id }) => id)).size, 'the donor’s own Session is handed to nobody').toBe(3);
  });
});
