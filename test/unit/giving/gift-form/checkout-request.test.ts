import { describe, expect, it } from 'vitest';
import { coverAsked, parseGiftCheckout } from '#giving/gift-form/checkout-request.ts';
import { charity } from '#platform/charity.ts';
import { Problem } from '#platform/errors.ts';
import { formatMoney } from '#platform/money.ts';
import { testWithCharity } from '../../../support/charity.ts';

// A cover is offered only by a rate.
testWithCharity({ cardFee: { basisPoints: 340, fixed: 235 } });

const right = {
  amount: 50_000,
  frequency: 'once',
  name: '陳小明',
  email: 'siuming@example.org',
  language: 'zh-HK',
};

function refusal(body: unknown): Problem {
  try {
    parseGiftCheckout(body);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}

/** The fields that a refused body's problem names, each once. */
const wrongFields = (body: unknown) => [...new Set(refusal(body).errors.map((error) => error.pointer))];

const shown = (text: unknown) => JSON.stringify(text).slice(0, 60);

describe('a request that is right', () => {
  it('is taken as it is, and hides nothing that was not asked for', () => {
    expect(parseGiftCheckout(right)).toEqual({
      ...right,
      hideName: false,
      hideAmount: false,
      marketingConsent: false,
    });
  });

  it.each([
    { amount: charity.smallestGift },
    { amount: 99_999_999 },
    { name: '名'.repeat(100) },
    { name: '🙂'.repeat(50) },
    { name: '<b>Bobby</b>' },
    { message: '多謝'.repeat(150) },
    { message: 'Two lines\nof words\n\nand a fourth' },
    { coverFee: false },
    { coverFee: true },
    { displayName: '名'.repeat(100) },
    { displayName: 'M. & friends' },
    { hideName: true, hideAmount: true, marketingConsent: true },
    { email: `${'a'.repeat(64)}@example.org` },
    { email: 'a&b@example.org' },
  ])('is taken with %j', (field) => {
    expect(parseGiftCheckout({ ...right, ...field })).toMatchObject(field);
  });
});

describe('an amount', () => {
  it.each([
    -2000,
    -1,
    0,
    1,
    399,
    charity.smallestGift - 1,
    2000.5,
    100_000_000,
    1e21,
    Number.NaN,
    '50000',
    '',
    null,
    true,
    [50_000],
    {},
  ])('of %j is refused by name', (amount) => {
    expect(wrongFields({ ...right, amount })).toEqual(['/amount']);
  });

  it('below or above says what is possible', () => {
    const below = refusal({ ...right, amount: charity.smallestGift - 1 }).message;
    expect(below).toContain(`${charity.smallestGift} (${formatMoney(charity.smallestGift, 'hkd')})`);
    expect(refusal({ ...right, amount: 100_000_000 }).message).toContain('HK$999,999.99');
  });
});

describe('the cover of the fee', () => {
  it('is reckoned by the rates, when it is asked for', () => {
    const cardFee = { basisPoints: 340, fixed: 235 };
    expect(coverAsked({ amount: 50_000, coverFee: true }, { cardFee })).toBe(2003);
    expect(coverAsked({ amount: 50_000, coverFee: false }, { cardFee })).toBe(0);
    expect(coverAsked({ amount: 50_000 }, { cardFee })).toBe(0);
  });

  it('is refused by the amount where both together are more than can be charged', () => {
    expect(wrongFields({ ...right, amount: 99_999_999, coverFee: true })).toEqual(['/amount']);
    expect(refusal({ ...right, amount: 97_000_000, coverFee: true }).message).toContain('HK$999,999.99');
    expect(parseGiftCheckout({ ...right, amount: 96_000_000, coverFee: true }).coverFee).toBe(true);
  });
});

describe('an e-mail address', () => {
  it.each(
    [
      '',
      'none',
      '@example.org',
      'a@',
      'a@example',
      'a b@example.org',
      'a@example.org, b@example.org',
      'A <a@example.org>',
      'a@example.org\n',
      'a@example.org\r\nBcc: b@example.org',
      '\na@example.org',
      'a\u0000@example.org',
      `${'a'.repeat(250)}@example.org`,
      7,
      null,
    ].map((email) => [shown(email), email]),
  )('%s is refused by name', (_shown, email) => {
    expect(wrongFields({ ...right, email })).toEqual(['/email']);
  });
});

describe('a text', () => {
  it.each(
    [
      { name: '' },
      { name: '   ' },
      { name: '名'.repeat(101) },
      { name: 'a\nb' },
      { name: 'a\u0000b' },
      { name: 'a\u0007b' },
      { name: 'a\u0085b' },
      { name: 'a\u2028b' },
      { name: 7 },
      { name: null },
      { message: '' },
      { message: '多'.repeat(301) },
      { message: 'a\u0000b' },
      { message: 'a\u2029b\u001b' },
      { message: 'a\u001bb' },
      { message: ['words'] },
    ].map((field) => [shown(field), field] as const),
  )('%s is refused by name', (_shown, field) => {
    expect(wrongFields({ ...right, ...field })).toEqual(Object.keys(field).map((name) => `/${name}`));
  });
});

describe('a mark of direction in a text', () => {
  it.each(['\u202a', '\u202e', '\u2066', '\u2069'])('(%j) is left out', (mark) => {
    const texts = { name: `${mark}a${mark}`, message: `b${mark}` };
    expect(parseGiftCheckout({ ...right, ...texts })).toMatchObject({ name: 'a', message: 'b' });
    expect(wrongFields({ ...right, name: mark })).toEqual(['/name']);
  });
});

describe('any other field', () => {
  it.each([
    { frequency: 'weekly' },
    { frequency: null },
    { language: 'zh-CN' },
    { language: 'EN' },
    { hideName: 'true' },
    { hideAmount: 1 },
    { marketingConsent: null },
    { coverFee: 'yes' },
  ])('%j is refused by name', (field) => {
    expect(wrongFields({ ...right, ...field })).toEqual(Object.keys(field).map((name) => `/${name}`));
  });

  it.each(['amount', 'frequency', 'name', 'email', 'language'] as const)('%s is missed by name', (name) => {
    const { [name]: _left, ...without } = right;
    expect(wrongFields(without)).toEqual([`/${name}`]);
  });

  it.each(['colour', 'Amount', 'campaign', 'constructor'])('%s is not known and refused by name', (name) => {
    expect(wrongFields({ ...right, [name]: 1 })).toEqual([`/${name}`]);
  });

  it('that would be a prototype is refused by name', () => {
    const body = JSON.parse(`{ "__proto__": { "hideName": true }, ${JSON.stringify(right).slice(1)}`);
    expect(wrongFields(body)).toEqual(['/__proto__']);
  });

  it('that is not known is named by a JSON pointer, cut to a small size', () => {
    expect(wrongFields({ ...right, 'a/b~c': 1 })).toEqual(['/a~1b~0c']);
    expect(wrongFields({ ...right, ['x'.repeat(5000)]: 1 })[0]).toHaveLength(81);
  });
});

describe('what is not offered yet', () => {
  it.each([{ frequency: 'monthly' }, { dedication: { kind: 'memory', name: 'A. Friend' } }])(
    '%j is answered by the name of the field',
    (field) => {
      const problem = refusal({ ...right, ...field });
      expect([problem.code, problem.status]).toEqual(['not-offered', 422]);
      expect(problem.errors.map((error) => error.pointer)).toEqual(
        Object.keys(field).map((name) => `/${name}`),
      );
    },
  );

  it('is named completely', () => {
    const all = { frequency: 'monthly', coverFee: true, dedication: 'B' };
    expect(wrongFields({ ...right, ...all })).toEqual(['/frequency', '/dedication']);
  });

  it('is the cover of the fee where no rates are configured', () => {
    const wanted = { ...right, coverFee: true };
    const without = () => parseGiftCheckout(wanted, { cardFee: undefined });
    expect(without).toThrow(expect.objectContaining({ code: 'not-offered' }));
    expect(without).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ pointer: '/coverFee' })] }),
    );
    expect(parseGiftCheckout({ ...right, coverFee: false }, { cardFee: undefined })).toMatchObject(right);
  });
});

describe('a body', () => {
  it.each([null, [], [right], '', 'text', 7, true])('%j is refused as a whole', (body) => {
    const problem = refusal(body);
    expect([problem.code, problem.status]).toEqual(['invalid', 422]);
    expect(problem.errors).toEqual([{ pointer: '', detail: 'The body is a JSON object.' }]);
  });

  it('with several wrong fields names every one at once', () => {
    const body = { ...right, amount: 1, email: 'none', name: '', colour: 'red' };
    expect(wrongFields(body).sort()).toEqual(['/amount', '/colour', '/email', '/name']);
  });

  it('that is refused is not quoted: the answer holds nothing of what a person typed', async () => {
    const body = {
      ...right,
      email: 'secret at example',
      name: 'Secret\u0000Name',
      message: 'secret\u0000words',
    };
    expect((await refusal(body).toResponse().text()).toLowerCase()).not.toContain('secret');
  });
});
