import { describe, expect } from 'vitest';
import * as z from 'zod/mini';
import { giftCheckoutSchema } from '#giving/gift-form/checkout-request.ts';
import { guardLimits } from '#payments/guard/guard-limits.ts';
import { campaignPath, fieldsOf, filledIn, sendForm, shownAgain } from '../support/browser-form.ts';
import { withCharity } from '../support/charity.ts';
import { nobody, sessionsOf, stripeBut } from '../support/local-stripe.ts';
import { gift, postCheckout, siteOn } from '../support/site.ts';
import { campaignStory } from '../support/story.ts';
import { everything, watchRequests } from '../support/table.ts';

const refused = 'nobody@refused.example.org';
const emailInvalid = {
  type: 'invalid_request_error',
  code: 'email_invalid',
  param: 'customer_email',
  message: `Invalid email address: ${refused}`,
};

const it = campaignStory.extend('site', ({ table, localStripe }) => siteOn(table, localStripe.url));

describe('a gift that cannot be started', () => {
  it('because Stripe does not answer, keeps the form with its key, so that pressing again goes on with the same checkout', async ({
    table,
    site,
    localStripe,
  }) => {
    for (const [path, sentence] of [
      [campaignPath, 'The card payment service does not answer'],
      [`/zh${campaignPath}`, '付款服務暫時沒有回應'],
    ] as const) {
      const down = await sendForm(siteOn(table, nobody), filledIn, path);
      expect([down.status, down.headers.get('retry-after')]).toEqual([503, '30']);
      expect(down.headers.get('referrer-policy')).toBe('same-origin');
      const html = await down.text();
      expect(html).toContain(sentence);
      expect(fieldsOf(html)).toEqual(shownAgain);
      const before = await sessionsOf(localStripe);
      const again = await sendForm(site, fieldsOf(html), path);
      expect(again.status).toBe(303);
      expect(await sessionsOf(localStripe)).toHaveLength(before.length + 1);
    }
  });

  it('because Stripe refuses the address, leaves no checkout and no person but counters under keyed hashes, and takes a better address under the same key', async ({
    table,
    localStripe,
  }) => {
    const strict = await stripeBut(localStripe, (_, body) =>
      body.includes(encodeURIComponent(refused))
        ? Response.json({ error: emailInvalid }, { status: 400 })
        : undefined,
    );
    const site = siteOn(table, strict.url);
    const json = await postCheckout(site, { ...gift, email: refused });
    expect([json.status, await json.json()]).toMatchObject([
      422,
      { code: 'invalid', errors: [{ pointer: '/email' }] },
    ]);
    const form = await sendForm(site, { ...filledIn, email: refused });
    expect(form.status).toBe(422);
    expect(await form.text()).toContain('Please give an e-mail address');
    const stored = (await everything(table)).map(({ entity }) => String(entity));
    expect(new Set(stored.filter((each) => !each.startsWith('campaign')))).toEqual(
      new Set(['email', 'limit', 'starts']),
    );
    expect((await postCheckout(site, gift)).status).toBe(201);
    expect((await sendForm(site)).status).toBe(303);
    await strict.close();
  });

  it.for<[Record<string, string>, string]>([
    [{ name: ' ' }, 'Please give your name.'],
    [{ name: 'a'.repeat(101) }, 'Please shorten your name to 100 characters.'],
    [{ name: 'a\u0007b' }, 'Your name holds an invisible sign'],
    [{ message: '\u200b' }, 'Your comment holds nothing that can be seen'],
    [{ message: 'a'.repeat(301) }, 'at most 300 characters'],
    [{ message: 'a\u0007b' }, 'Your comment holds an invisible sign'],
  ])('because of %j, says what is wrong with it', async ([field, sentence], { site }) => {
    const answer = await sendForm(site, { ...filledIn, ...field });
    expect(answer.status).toBe(422);
    const html = await answer.text();
    expect(html).toContain(sentence);
    expect(html.match(/class="wrong"/g)).toHaveLength(1);
  });

  it.for<[string, string, string]>([
    ['500 500', 'more than one number', '看似不只一個數字'],
    ['1.234,50', 'A comma stands between thousands', '逗號只用於分隔千位'],
    ['1,23', 'A comma stands between thousands', '逗號只用於分隔千位'],
    ['500.005', 'at most two digits for cents', '最多有兩位小數'],
    ['-500', 'above zero', '大於零'],
    ['US$500', 'Hong Kong dollars', '以港元計算'],
    ['五百', 'in digits', '以阿拉伯數字輸入'],
    ['5e2', 'in digits', '以阿拉伯數字輸入'],
    ['', 'Please type an amount', '請輸入金額'],
    ['\u200b \u00a0', 'Please type an amount', '請輸入金額'],
    ['0.01', 'The smallest gift is', '最低捐款額為'],
    ['1,000,000', 'at most HK$999,999.99', '最多 HK$999,999.99'],
    ['9'.repeat(30), 'at most HK$999,999.99', '最多 HK$999,999.99'],
  ])(
    'because of the amount %j, says why at its field and at the top, and no other amount looks chosen',
    async ([otherAmount, english, chinese], { site, localStripe }) => {
      for (const [prefix, sentence] of [
        ['', english],
        ['/zh', chinese],
      ] as const) {
        // Something typed counts also where the choice beside it was not moved.
        for (const chosen of /[!-~\u4e00-\u9fff]/.test(otherAmount) ? ['other', '50000'] : ['other']) {
          const fields = { ...filledIn, amount: chosen, otherAmount };
          const answer = await sendForm(site, fields, prefix + campaignPath);
          expect(answer.status).toBe(422);
          const html = await answer.text();
          expect(html.match(/class="wrong" id="otherAmount-error"[^<]*<\/p>/)?.[0]).toContain(sentence);
          expect(html.match(/href="#otherAmount">[^<]*</)?.[0]).toContain(sentence);
          expect(html.match(/name="amount"[^>]*checked/g)).toEqual([
            expect.stringContaining('value="other"'),
          ]);
        }
      }
      expect(await sessionsOf(localStripe)).toEqual([]);
    },
  );

  it('is none whose amount is as people write it, also beside a level that was chosen before', async ({
    site,
    localStripe,
  }) => {
    const written = ['HKD 500', 'HK $500', '500.', ' \u200bHK$\u00a0500.00 ', '５００元'];
    for (const [number, otherAmount] of written.entries()) {
      const fields = { ...filledIn, formKey: `w${number}`, email: `w${number}@example.org`, otherAmount };
      const answer = await sendForm(site, { ...fields, amount: '100000' });
      expect([otherAmount, answer.status]).toEqual([otherAmount, 303]);
    }
    const sums = (await sessionsOf(localStripe)).map((session) => session.amount_total);
    expect(sums).toEqual(written.map(() => 50_000));
  });

  it.for<[string, string, string]>([
    ['', 'Did you mean ann@gmail.com?', 'ann@gmail.com'],
    ['/zh', '您是否想輸入 ann@gmail.com？', 'Ann@gmial.com'],
  ])(
    'because of a likely slip in its address, is asked about once on %s, and starts with either answer',
    async ([prefix, question, answer], { table, site, localStripe }) => {
      const asked = await sendForm(site, { ...filledIn, email: 'Ann@gmial.com' }, prefix + campaignPath);
      expect(asked.status).toBe(422);
      const html = await asked.text();
      expect(html.match(/href="#email">[^<]*</)?.[0].toLowerCase()).toContain(question.toLowerCase());
      expect([...html.matchAll(/name="emailAnswer" value="([^"]*)"/g)].map(([, value]) => value)).toEqual([
        'Ann@gmail.com',
        'Ann@gmial.com',
      ]);
      expect(await sessionsOf(localStripe)).toEqual([]);
      const emailAnswer = answer === 'ann@gmail.com' ? 'Ann@gmail.com' : answer;
      const wrong = await sendForm(site, { ...fieldsOf(html), emailAnswer, name: '' }, prefix + campaignPath);
      const again = await wrong.text();
      expect(again).not.toContain('emailAnswer');
      const fields = { ...fieldsOf(again), name: 'Ann' };
      const sent = await sendForm(site, fields, prefix + campaignPath);
      expect(sent.status).toBe(303);
      expect((await everything(table, 'person'))[0]).toMatchObject({ email: emailAnswer });
    },
  );

  it.for<[string, string, string, string]>([
    ['', 'Please type an amount', 'Please give your name.', 'Did you mean ann@gmail.com?'],
    ['/zh', '請輸入金額', '請', '您是否想輸入 ann@gmail.com？'],
  ])(
    'because of a likely slip and other faults, names all of them at once on %s, and either answer takes the address',
    async ([prefix, noAmount, noName, question], { table, site }) => {
      const fields = { ...filledIn, otherAmount: '', name: '', email: 'ann@gmial.com' };
      const html = await (await sendForm(site, fields, prefix + campaignPath)).text();
      for (const [field, sentence] of [
        ['otherAmount', noAmount],
        ['name', noName],
        ['email', question],
      ] as const) {
        expect(html.match(new RegExp(`href="#${field}">[^<]*<`))?.[0]).toContain(sentence);
        expect(html.match(new RegExp(`class="wrong" id="${field}-error"[^<]*<`))?.[0]).toContain(sentence);
      }
      expect(html.match(/class="wrong"/g)).toHaveLength(3);
      const mended = { ...fieldsOf(html), otherAmount: '150', name: 'Ann', emailAnswer: 'ann@gmail.com' };
      expect((await sendForm(site, mended, prefix + campaignPath)).status).toBe(303);
      expect((await everything(table, 'person'))[0]).toMatchObject({ email: 'ann@gmail.com' });
    },
  );

  it('because of its address, says at the field why mail cannot reach it; programs are asked nothing', async ({
    table,
    site,
  }) => {
    for (const [email, sentence] of [
      ['ann@example', 'The end of this e-mail address is missing'],
      ['用戶@例子.香港', 'cannot reach an address with letters other than a to z'],
      ['a..b@example.org', 'two dots in a row'],
      ['ann@example..org', 'no address on the internet'],
    ] as const) {
      const answer = await sendForm(site, { ...filledIn, email });
      expect(answer.status).toBe(422);
      expect((await answer.text()).match(/class="wrong" id="email-error"[^<]*</)?.[0]).toContain(sentence);
    }
    for (const [number, email] of ['a&b@example.org', 'ann@gmial.com', ' ann@例子.香港 '].entries()) {
      expect((await postCheckout(site, { ...gift, email }, { key: `a${number}` })).status).toBe(201);
    }
    const people = await everything(table, 'person');
    expect(people.map(({ email }) => email).sort()).toEqual([
      'a&b@example.org',
      'ann@gmial.com',
      'ann@xn--fsqu00a.xn--j6w193g',
    ]);
  });

  it('because of no length that its fields let through: they stop where the check does, a line break counts once', async ({
    table,
    site,
  }) => {
    // The name on a receipt is asked for where the receiver may write some.
    const html = await withCharity({ section88: '91/12345' }, async () =>
      (await site.request(campaignPath)).text(),
    );
    const { shape } = giftCheckoutSchema;
    const limits = [...html.matchAll(/<(?:input|textarea)[^>]*>/g)].flatMap(([tag]) => {
      const name = /\bname="(\w+)"/.exec(tag)?.[1] ?? '';
      const most = /\bmaxlength="(\d+)"/.exec(tag)?.[1];
      return name in shape && most ? [[name, Number(most)] as const] : [];
    });
    expect(Object.fromEntries(limits)).toEqual({
      name: 100,
      email: 254,
      displayName: 100,
      message: 300,
      receiptName: 100,
    });
    for (const [name, most] of limits) {
      const schema = shape[name as 'name' | 'email' | 'displayName' | 'message' | 'receiptName'];
      expect(z.toJSONSchema(schema, { io: 'input' })).toMatchObject({ maxLength: most });
    }
    const message = `${'a'.repeat(148)}\r\n${'b'.repeat(151)}`;
    expect((await sendForm(site, { ...filledIn, message })).status).toBe(303);
    const [person] = await everything(table, 'person');
    expect(person).toMatchObject({ message: message.replace('\r\n', '\n') });
  });

  it('but for spaces around its address or marks of direction in its texts, is started without them', async ({
    table,
    site,
  }) => {
    const copied = { name: '\u202bفرح\u202c', message: '\u2067שלום\u2069', email: ' juniper@example.org ' };
    expect((await sendForm(site, { ...filledIn, ...copied })).status).toBe(303);
    const [person] = await everything(table, 'person');
    expect(person).toMatchObject({ name: 'فرح', message: 'שלום', email: 'juniper@example.org' });
  });

  it('because of another field, lets a level that is chosen afterwards win over the amount that was typed', async ({
    site,
    localStripe,
  }) => {
    const asked = await sendForm(site, { ...filledIn, otherAmount: '７７', email: 'x' });
    const fields = fieldsOf(await asked.text());
    expect(fields).toMatchObject({ amount: '7700', otherAmount: '' });
    await sendForm(site, { ...fields, email: filledIn.email ?? '', amount: '100000' });
    expect((await sessionsOf(localStripe)).map((session) => session.amount_total)).toEqual([100_000]);
  });

  it.for<[string, string, string, string]>([
    ['', 'this campaign takes no gifts now', 'Too many gifts were started', 'too large'],
    ['/zh', '這個項目現時不接受捐款', '短時間內有太多捐款要求', '提交的內容太長'],
  ])(
    'says why in the language of %s/campaigns, on top, and keeps the choices',
    async ([prefix, closed, many, large], { table, site, localStripe }) => {
      const late = await sendForm(site, filledIn, `${prefix}/campaigns/soup-kitchen`);
      expect([late.status, await late.text()]).toEqual([409, expect.stringContaining(closed)]);

      const big = await sendForm(site, { ...filledIn, message: '好'.repeat(25_000) }, prefix + campaignPath);
      expect([big.status, await big.text()]).toEqual([413, expect.stringContaining(large)]);

      const frozen = siteOn(table, localStripe.url, {
        clock: () => new Date(),
        addressOf: () => `192.0.2.${prefix.length}`,
      });
      for (let count = 0; count < guardLimits.startsAnAddress * 2; count += 1) {
        const answer = await sendForm(frozen, { ...filledIn, formKey: `f${count}` }, prefix + campaignPath);
        if (answer.status !== 429) continue;
        const html = await answer.text();
        expect(html).toContain(many);
        expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
        expect(html).toMatch(prefix ? /請於 \d\d:\d0 再試/ : /try again at \d\d:\d0\./);
        expect(fieldsOf(html)).toMatchObject({ ...shownAgain, formKey: `f${count}` });
        return;
      }
      throw new Error('Nothing was limited.');
    },
  );

  it('because the campaign is unknown, is "not found" before anything in the body is wrong', async ({
    site,
  }) => {
    expect((await postCheckout(site, { amount: 'x' }, { slug: 'nowhere' })).status).toBe(404);
    expect((await sendForm(site, {}, '/campaigns/nowhere')).status).toBe(404);
    expect((await postCheckout(site, { amount: 'x' })).status).toBe(422);
  });

  it('is one of more than 64 kB as bytes, by form and by program alike', async ({ site }) => {
    // Fewer characters than 65,536, and more bytes.
    const message = '好'.repeat(30_000);
    expect((await postCheckout(site, { ...gift, message })).status).toBe(413);
    const body = new TextEncoder().encode(`message=${message}`);
    expect((await site.request(campaignPath, { method: 'POST', body })).status).toBe(413);
  });

  it('or one that can, reads the campaign once', async ({ table, site }) => {
    const sent = watchRequests(table);
    expect((await sendForm(site)).status).toBe(303);
    expect((await postCheckout(site, gift)).status).toBe(201);
    const campaignReads = sent.filter(
      ({ operation, input }) =>
        operation.startsWith('BatchGet') && JSON.stringify(input).includes('"campaign#'),
    );
    expect(campaignReads).toHaveLength(2);
  });
});

describe('the public state of a checkout', () => {
  it('holds its status, amount and campaign, and no personal data', async ({ site }) => {
    const started = await postCheckout(site, { ...gift, message: 'Stay warm', marketingConsent: true });
    const { checkoutId } = (await started.json()) as { checkoutId: string };
    const answer = await site.request(`/api/checkouts/${checkoutId}`);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await answer.json()).toEqual({
      status: 'open',
      amount: 50_000,
      cover: 0,
      subject: { kind: 'campaign', slug: 'lai-chi-kok-warehouse' },
      campaign: 'lai-chi-kok-warehouse',
    });
  });
});
