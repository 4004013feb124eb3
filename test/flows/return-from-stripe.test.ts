import { describe, expect } from 'vitest';
import { fromCheckoutItem } from '#payments/checkout/checkout-item.ts';
import { keys } from '#platform/table/keys.ts';
import { campaignPath, fieldsOf, filledIn, sendForm, shownAgain } from '../support/browser-form.ts';
import { nobody, payOnPage, sessionsOf, stripeBut } from '../support/local-stripe.ts';
import { sessionEvent, webhookOn } from '../support/payments.ts';
import { siteOn } from '../support/site.ts';
import { campaignStory } from '../support/story.ts';
import { everything, putAll, watchRequests } from '../support/table.ts';

const hours = (count: number) => new Date(Date.now() + count * 3_600_000);

/** A donor at the form, and where Stripe's "back" leads. */
const it = campaignStory.extend('donor', ({ table, localStripe }) => {
  let pages = 0;
  const siteAt = (clock: () => Date) =>
    siteOn(table, localStripe.url, { clock, formKey: () => `fresh-${pages++}` });
  const statuses = async () => (await sessionsOf(localStripe)).map(({ status }) => status);
  /** Sends the form and goes to where Stripe's "back" leads. */
  async function giveUp(fields = filledIn, path = campaignPath) {
    const app = siteAt(() => new Date());
    expect((await sendForm(app, fields, path)).status).toBe(303);
    const session = (await sessionsOf(localStripe)).at(-1);
    const back = new URL(session?.cancel_url ?? '');
    return { app, session, back: `${back.pathname}${back.search}` };
  }
  const stand = async (id: string, status: string) => {
    const item = (await everything(table, 'checkout')).find((each) => each.id === id);
    await putAll(table, [{ ...item, ...keys.checkout(id), status }]);
  };
  return { siteAt, statuses, giveUp, stand };
});

describe('a donor who comes back from the payment page', () => {
  it.for([
    ['/campaigns/lai-chi-kok-warehouse', 'Nothing was charged; your choices are still here'],
    ['/zh/campaigns/lai-chi-kok-warehouse', '沒有收取任何款項，您先前的選擇已經保留'],
  ])(
    'finds on %s every choice in the form again, under a fresh key',
    async ([path, notice], { donor: { giveUp } }) => {
      const { app, back } = await giveUp(filledIn, path);
      expect(back).toContain(`${path}?checkout=chk_`);
      const html = await (await app.request(back)).text();
      // The notice lies below what is seen first: the focus brings it into view.
      expect(html).toMatch(new RegExp(`<p class="notice"[^>]* autofocus=""[^>]*>${notice}`));
      expect(fieldsOf(html)).toEqual({
        ...shownAgain,
        formKey: expect.stringMatching(/^fresh-/),
        checkout: back.split('=')[1],
      });
      expect(html, 'a person typed it').not.toContain('Juniper <b>');
    },
  );

  it('finds an international address in its own letters', async ({ donor: { giveUp } }) => {
    const { app, back } = await giveUp({ ...filledIn, email: 'ann@例子.香港' });
    expect(fieldsOf(await (await app.request(back)).text()).email).toBe('ann@例子.香港');
  });

  it('sees a page that no cache and no search engine keeps, whose address goes to nobody, made with two reads', async ({
    table,
    donor: { giveUp },
  }) => {
    const { app, back } = await giveUp();
    const sent = watchRequests(table);
    const answer = await app.request(back);
    expect(sent.length).toBeLessThanOrEqual(4);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex',
      'referrer-policy': 'same-origin',
    });
    expect((await app.request(campaignPath)).headers.has('x-robots-tag')).toBe(false);
  });

  it('finds them for a day and no longer, also when the Session has expired or the payment failed', async ({
    donor: { giveUp, siteAt, stand },
  }) => {
    const { back } = await giveUp();
    const id = back.split('=')[1] ?? '';
    const shows = async (clock: () => Date) =>
      (await (await siteAt(clock).request(back)).text()).includes('juniper@example.org');
    expect(await shows(() => hours(23.9))).toBe(true);
    expect(await shows(() => hours(24.1))).toBe(false);
    for (const [status, shown] of [
      ['expired', true],
      ['failed', true],
      ['processing', false],
      ['paid', false],
    ] as const) {
      await stand(id, status);
      expect([status, await shows(() => new Date())]).toEqual([status, shown]);
    }
  });

  it('sees the plain page, without a word, for an id that is wrong, unknown or of another campaign', async ({
    donor: { giveUp },
  }) => {
    const { app, back } = await giveUp();
    const id = back.split('=')[1] ?? '';
    for (const address of [
      `${campaignPath}?checkout=x`,
      `${campaignPath}?checkout=chk_${'0'.repeat(32)}`,
      `/campaigns/emergency-cash?checkout=${id}`,
    ]) {
      const answer = await app.request(address);
      expect(answer.status).toBe(200);
      expect(await answer.text()).not.toMatch(/juniper|Nothing was charged/i);
    }
  });

  it('is led back to the same Session when nothing was changed', async ({
    table,
    donor: { giveUp, statuses },
  }) => {
    const { app, session, back } = await giveUp();
    const again = await sendForm(app, fieldsOf(await (await app.request(back)).text()));
    expect(again.headers.get('location')).toBe(session?.url);
    expect(await statuses()).toEqual(['open']);
    expect(await everything(table, 'checkout')).toHaveLength(1);
  });

  it('pays the level that is chosen then, not the amount that was typed before', async ({
    localStripe,
    donor: { giveUp },
  }) => {
    const { app, back } = await giveUp({ ...filledIn, otherAmount: '77' });
    const fields = fieldsOf(await (await app.request(back)).text());
    expect(fields).toMatchObject({ amount: '7700', otherAmount: '' });
    await sendForm(app, { ...fields, amount: '100000' });
    const open = (await sessionsOf(localStripe)).filter(({ status }) => status === 'open');
    expect(open.map((session) => session.amount_total)).toEqual([100_000]);
  });

  it('can pay one Session only after a change: the old one is ended at Stripe', async ({
    table,
    donor: { giveUp, statuses },
  }) => {
    const { app, back } = await giveUp();
    const fields = fieldsOf(await (await app.request(back)).text());
    const changed = await sendForm(app, { ...fields, otherAmount: '200' });
    expect(changed.status).toBe(303);
    expect(await statuses()).toEqual(['expired', 'open']);
    expect((await everything(table, 'checkout')).map(({ status }) => status).sort()).toEqual([
      'expired',
      'open',
    ]);
  });

  it('is asked first who had paid meanwhile, though its event has not arrived', async ({
    localStripe,
    donor: { giveUp, statuses },
  }) => {
    const { app, session, back } = await giveUp();
    const fields = fieldsOf(await (await app.request(back)).text());
    await payOnPage(localStripe, session?.id ?? '');
    const asked = await sendForm(app, { ...fields, otherAmount: '200' });
    expect(asked.status).toBe(409);
    const question = await asked.text();
    expect(question).toContain('You gave HK$123.40 a few minutes ago');
    expect(await statuses()).toEqual(['complete']);
    expect((await sendForm(app, fieldsOf(question))).status).toBe(303);
    expect(await statuses()).toEqual(['complete', 'open']);
  });

  it('is led to the thanks who had paid, though its event has not arrived, and can pay nothing twice', async ({
    localStripe,
    donor: { giveUp, statuses },
  }) => {
    const { app, session, back } = await giveUp();
    const form = fieldsOf(await (await app.request(back)).text());
    await payOnPage(localStripe, session?.id ?? '');
    const thanks = `https://give.example.org/thanks/${back.split('=')[1]}`;
    const cameBack = await app.request(back);
    expect([cameBack.status, cameBack.headers.get('location')]).toEqual([303, thanks]);
    expect((await sendForm(app, form)).headers.get('location'), 'a form that was open').toBe(thanks);
    expect((await sendForm(app)).headers.get('location'), 'the first form').toBe(thanks);
    expect(await statuses()).toEqual(['complete']);
  });

  it('is promised nothing about money while Stripe does not answer', async ({ table, donor: { giveUp } }) => {
    const { back } = await giveUp();
    const html = await (await siteOn(table, nobody).request(back)).text();
    expect(html).not.toContain('Nothing was charged');
    expect(html).toContain('do not pay again');
    expect(fieldsOf(html)).toMatchObject({ ...shownAgain, formKey: 'form-key' });
  });

  it('starts nothing while Stripe does not end the old Session: the form says to try again, and only one can be paid', async ({
    localStripe,
    table,
    donor: { giveUp, statuses },
  }) => {
    const { back } = await giveUp();
    const failing = await stripeBut(localStripe, (path) =>
      path.endsWith('/expire') ? Response.json({ error: { type: 'api_error' } }, { status: 500 }) : undefined,
    );
    const fields = fieldsOf(await (await siteOn(table, failing.url).request(back)).text());
    const refused = await sendForm(siteOn(table, failing.url), { ...fields, otherAmount: '200' });
    await failing.close();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '30']);
    const html = await refused.text();
    expect(html).toContain('do not pay again');
    expect(html).not.toContain('Nothing was charged');
    expect(await statuses()).toEqual(['open']);
    expect((await sendForm(siteOn(table, localStripe.url), fieldsOf(html))).status, 'later').toBe(303);
    expect(await statuses()).toEqual(['expired', 'open']);
  });
});

describe('the Back button', () => {
  it('and a changed form under its old key lead to one payable Session, however often, and never to an error', async ({
    table,
    localStripe,
    donor: { statuses },
  }) => {
    const app = siteOn(table, localStripe.url);
    for (const otherAmount of ['100', '200', '200', '300', '100', '100']) {
      const answer = await sendForm(app, { ...filledIn, otherAmount });
      expect(answer.status).toBe(303);
      const open = (await sessionsOf(localStripe)).filter(({ status }) => status === 'open');
      expect(open.map(({ url, amount_total }) => [url, amount_total])).toEqual([
        [answer.headers.get('location'), Number(otherAmount) * 100],
      ]);
    }
    expect(await statuses()).toEqual(['expired', 'expired', 'expired', 'open']);
  });

  it('and the same form pressed twice at once make one checkout, also a changed one', async ({
    table,
    localStripe,
    donor: { statuses },
  }) => {
    const app = siteOn(table, localStripe.url);
    await sendForm(app);
    const changed = { ...filledIn, otherAmount: '200' };
    const answers = await Promise.all([sendForm(app, changed), sendForm(app, changed)]);
    expect(new Set(answers.map(({ headers }) => headers.get('location'))).size).toBe(1);
    expect(await statuses()).toEqual(['expired', 'open']);
  });

  it('after paying, leads the same form to the thanks and starts nothing', async ({
    table,
    localStripe,
    donor: { statuses },
  }) => {
    const app = siteOn(table, localStripe.url);
    await sendForm(app);
    const [item] = await everything(table, 'checkout');
    const checkout = fromCheckoutItem(item ?? { pk: '', sk: '' });
    await webhookOn(table).deliver(sessionEvent(checkout));
    const answer = await sendForm(app);
    expect([answer.status, answer.headers.get('location')]).toEqual([
      303,
      `https://give.example.org/thanks/${checkout.id}`,
    ]);
    expect(await statuses()).toHaveLength(1);
  });

  it('hours later, when the Session is over, starts a new one', async ({
    table,
    localStripe,
    donor: { statuses },
  }) => {
    await sendForm(siteOn(table, localStripe.url));
    const [item] = await everything(table, 'checkout');
    const later = new Date(fromCheckoutItem(item ?? { pk: '', sk: '' }).expiresAt.getTime() + 1);
    const answer = await sendForm(siteOn(table, localStripe.url, { clock: () => later }));
    expect(answer.status).toBe(303);
    expect(await statuses()).toHaveLength(2);
  });

  it('does not matter to a form that came without its key', async ({ table, localStripe }) => {
    const { formKey, ...without } = filledIn;
    expect(formKey).toBeDefined();
    expect((await sendForm(siteOn(table, localStripe.url), without)).status).toBe(303);
  });
});
