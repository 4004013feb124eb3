import { afterEach, describe, expect, it, vi } from 'vitest';
import { isAccount } from '#kernel/ledger/ledger-entry.ts';
import { CorruptItem } from '#platform/errors.ts';
import { errorFields } from '#platform/log.ts';
import { type Fields, read, readIntact } from '#platform/table/read-item.ts';
import type { Item } from '#platform/table/table.ts';

afterEach(() => vi.restoreAllMocks());

const item: Item = {
  pk: 'payment#pi_1',
  sk: 'payment',
  entity: 'payment',
  name: 'Ada Lam',
  account: 'raised:education',
  amount: 50_000,
  at: '2026-04-17T13:04:00.000Z',
  hidden: false,
  status: 'paid',
  months: { '2026-04': 50_000 },
  lines: [{ title: 'A gift', amount: 1 }],
  slugs: ['education'],
  events: new Set(['evt_1']),
  nothing: null,
};

describe('a field that is as it was written', () => {
  it('is given with its type', () => {
    const fields = read(item);
    expect(fields.text('name')).toBe('Ada Lam');
    expect(fields.textThat('account', isAccount, 'an account')).toBe('raised:education');
    expect(fields.int('amount')).toBe(50_000);
    expect(fields.date('at')).toEqual(new Date('2026-04-17T13:04:00Z'));
    expect(fields.flag('hidden')).toBe(false);
    expect(fields.oneOf('status', ['open', 'paid'])).toBe('paid');
    expect(fields.texts('slugs')).toEqual(['education']);
    expect(fields.manyOf('slugs', ['education', 'food'])).toEqual(['education']);
    expect(fields.texts('events')).toEqual(['evt_1']);
    expect(fields.record('months').ints()).toEqual({ '2026-04': 50_000 });
    expect(fields.list('lines').map((line) => [line.text('title'), line.int('amount')])).toEqual([
      ['A gift', 1],
    ]);
    expect(fields.maybePlain('nothing')).toBeNull();
  });

  it('may be left out where it is asked for with maybe', () => {
    const fields = read(item);
    const gone = [
      fields.maybeText('x'),
      fields.maybeInt('x'),
      fields.maybeDate('x'),
      fields.maybeFlag('x'),
      fields.maybeOneOf('x', ['a']),
      fields.maybeTexts('x'),
      fields.maybeRecord('x'),
      fields.maybeList('x'),
      fields.maybePlain('x'),
    ];
    expect(gone).toEqual(gone.map(() => undefined));
    expect(fields.maybeText('name')).toBe('Ada Lam');
  });
});

describe('a field that is not as it was written', () => {
  const secret = 'Wong Siu-ming';

  it.each<[field: string, value: unknown, how: (fields: Fields, name: string) => unknown]>([
    ['text', undefined, (fields, name) => fields.text(name)],
    ['text', 7, (fields, name) => fields.text(name)],
    ['text', null, (fields, name) => fields.maybeText(name)],
    ['int', secret, (fields, name) => fields.int(name)],
    ['int', 0.5, (fields, name) => fields.int(name)],
    ['int', 2 ** 53, (fields, name) => fields.maybeInt(name)],
    ['int', Number.NaN, (fields, name) => fields.int(name)],
    ['flag', 'true', (fields, name) => fields.flag(name)],
    ['date', secret, (fields, name) => fields.date(name)],
    ['date', 1_776_000_000, (fields, name) => fields.date(name)],
    ['date', '2026-04-17', (fields, name) => fields.date(name)],
    ['date', '2026-13-17T13:04:00.000Z', (fields, name) => fields.date(name)],
    ['date', '0026-04-17T13:04:00.000Z', (fields, name) => fields.maybeDate(name)],
    ['oneOf', secret, (fields, name) => fields.oneOf(name, ['open', 'paid'])],
    ['texts', [secret, 1], (fields, name) => fields.texts(name)],
    ['texts', secret, (fields, name) => fields.maybeTexts(name)],
    ['record', [secret], (fields, name) => fields.record(name)],
    ['record', null, (fields, name) => fields.maybeRecord(name)],
    ['list', { secret }, (fields, name) => fields.list(name)],
    ['list[1]', [{}, secret], (fields) => fields.list('list')],
    ['record.amount', undefined, (fields) => fields.record('months').int('amount')],
    ['plain', [secret], (fields, name) => fields.maybePlain(name)],
    ['manyOf', ['open', secret], (fields, name) => fields.manyOf(name, ['open', 'paid'])],
    ['account', secret, (fields, name) => fields.textThat(name, isAccount, 'an account')],
  ])('is named, and its value is not: %s %j', (field, value, how) => {
    const name = field.replace(/[.[].*$/, '');
    const corrupt = { ...item, [name]: value };
    let thrown: unknown;
    try {
      how(read(corrupt), name);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(CorruptItem);
    const { message, subject } = thrown as CorruptItem;
    expect(message).toContain('"payment" at payment#pi_1 payment');
    expect(message).toContain(field === 'record.amount' ? '"months.amount"' : `"${field}"`);
    expect(subject).toBe('payment payment#pi_1');
    expect(JSON.stringify(errorFields(thrown))).not.toContain(secret);
    expect(errorFields(thrown)).toMatchObject({ error: 'CorruptItem', message });
  });
});

describe('a list that people look at', () => {
  it('is read without what is corrupt of it, which is logged', () => {
    const lines: unknown[] = [];
    vi.spyOn(console, 'log').mockImplementation((line: string) => lines.push(JSON.parse(line)));
    const amounts = readIntact([item, { ...item, amount: 'x' }, { ...item, amount: 2 }], (one) =>
      read(one).int('amount'),
    );
    expect(amounts).toEqual([50_000, 2]);
    expect(lines).toEqual([
      expect.objectContaining({ level: 'error', event: 'item-corrupt', error: 'CorruptItem' }),
    ]);
  });

  it('is not read when anything else goes wrong', () => {
    const act = () => {
      throw new TypeError('a fault of the program');
    };
    expect(() => readIntact([item], act)).toThrow(TypeError);
  });
});
