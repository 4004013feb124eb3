import { describe, expect, test } from 'vitest';
import { projectPayments } from '#apps/workers/project-payments.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import { nobody } from '../support/local-stripe.ts';
import { aCheckout, aPerson, sessionEvent, store, webhookOn } from '../support/payments.ts';
import { findPrivate } from '../support/private-strings.ts';
import { siteOn, storeCampaigns } from '../support/site.ts';
import { everything, freshTable } from '../support/table.ts';

const slug = 'lai-chi-kok-warehouse';
const hidden = [
  {
    name: 'Quentin Featherstone',
    displayName: 'Quentin of the Mill',
    email: 'quentin.f@example.org',
    message: 'Words nobody approved',
  },
  { name: '歐陽木棉', displayName: '磨坊的歐陽', email: 'oyeung.m@example.org', message: '未獲批准的說話' },
];
const known = { name: 'Wren Example-Thanked', displayName: 'Wren of the Reeds', email: 'wren.e@example.org' };

/** Two donors who hide and one who does not have given; the tests only look at it. */
const it = test.extend('shown', { scope: 'file' }, async ({}) => {
  const table = await freshTable();
  await storeCampaigns(table);
  const webhook = webhookOn(table);
  for (const [index, person] of [...hidden, known].entries()) {
    const checkout = aCheckout(index + 1, { amount: 77_717 });
    await store(
      table,
      checkout,
      aPerson(checkout, { ...person, hideName: person !== known, hideAmount: person !== known }),
    );
    await webhook.deliver(sessionEvent(checkout, { created: new Date() }));
  }
  const gifts = (await everything(table, 'payment')).map(fromPaymentItem);
  await projectPayments({ slug, gifts }, { table });
  // What names a person, distinguishes one donor from another, or lets a donor be found elsewhere.
  const secrets = [
    ...hidden.flatMap((person) => Object.values(person)),
    known.name,
    known.email,
    ...gifts.flatMap(({ paymentId, checkoutId }) => [paymentId, checkoutId, checkoutId.slice(4)]),
  ];
  return { table, site: siteOn(table, nobody), secrets };
});

describe("failure 12: donors' names and addresses stood in the page source, and anonymous donors were known by slug or id", () => {
  it('happens when a page is made of whole items: all of it would stand there', async ({
    shown: { table, secrets },
  }) => {
    const whole = [...(await everything(table, 'person')), ...(await everything(table, 'payment'))];
    expect(findPrivate(JSON.stringify(whole), secrets).sort()).toEqual([...secrets].sort());
  });

  const campaign = `/campaigns/${slug}`;
  it.for([
    '/',
    '/zh',
    campaign,
    `/zh${campaign}`,
    '/api/campaigns',
    `/api/campaigns/${slug}`,
    `/api/campaigns/${slug}/gifts`,
    `/api/campaigns/${slug}/gifts?limit=1`,
    `/api/campaigns/${slug}/gifts?cursor=wrong`,
    '/campaigns/nowhere',
    `/thanks/chk_${'f'.repeat(32)}`,
  ])(
    'cannot happen: %s holds nothing private, and no id of a donor',
    async (path, { shown: { site, secrets } }) => {
      const answer = await site.request(path);
      const headers = JSON.stringify([...answer.headers]);
      expect(findPrivate(`${headers}\n${await answer.text()}`, secrets)).toEqual([]);
    },
  );

  it('cannot happen: a page shows who did not hide, and hides the others behind nothing that differs between them', async ({
    shown: { site },
  }) => {
    expect(await (await site.request(campaign)).text()).toContain(known.displayName);
    const { data } = (await (await site.request(`/api/campaigns/${slug}/gifts`)).json()) as {
      data: Record<string, unknown>[];
    };
    const anonymous = data.filter(({ name }) => name === null).map(({ at: _, ...rest }) => rest);
    expect(anonymous).toHaveLength(2);
    expect(anonymous[0]).toEqual(anonymous[1]);
    expect(Object.keys(anonymous[0] ?? {}).sort()).toEqual(['amount', 'frequency', 'message', 'name']);
  });

  it('cannot happen: the cursor of a page of the list names no donor', async ({
    shown: { site, secrets },
  }) => {
    const answer = await site.request(`/api/campaigns/${slug}/gifts?limit=1`);
    const { nextCursor } = (await answer.json()) as { nextCursor: string };
    expect(findPrivate(Buffer.from(nextCursor, 'base64url').toString(), secrets)).toEqual([]);
  });
});
