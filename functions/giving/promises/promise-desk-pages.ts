import { deskPage } from '#kernel/staff/desk-endpoint.ts';
import { moneyValue } from '#kernel/staff/desk-input.ts';
import { fundTitle } from '#kernel/staff/desk-list.tsx';
import { deskForm } from '#kernel/staff/form-endpoint.ts';
import { formatDate, formatTime, hongKongDay } from '#platform/clock.ts';
import { parseFields } from '#platform/http/fields.ts';
import { formatMoney } from '#platform/money.ts';
import { listPromises, withNames } from './list-promises.ts';
import { readReferred, timeOfDay } from './match-promise.ts';
import { matchEndpoint, receivedSchema } from './promise-api.ts';
import { Promises } from './promise-desk.tsx';
import { promiseDeskWords as words } from './promise-desk-words.ts';

const list = deskPage({
  path: '/staff/promises',
  right: 'payment.enter',
  label: words.label,
  input: {},
  read: async (_, { table, now, funds, permit }) => {
    const [names, promises] = await Promise.all([funds(), listPromises({ permit }, { table, now })]);
    return { funds: names, promises };
  },
  title: () => words.title,
  show: (data, view) => Promises({ ...data, view }),
});

const match = deskForm({
  operation: matchEndpoint,
  path: '/staff/promises/{reference}/match',
  read: async ({ reference }, { table, funds, now }) => {
    const [names, promise] = await Promise.all([funds(), readReferred(reference, { table })]);
    const [named] = await withNames([promise], { table });
    const name = named?.name ?? words.nobody;
    const fund = fundTitle(promise.fund, names);
    return { promise, named, fund, now, table, of: words.of(formatMoney(promise.amount, 'hkd'), name) };
  },
  title: () => words.matchTitle,
  about: ({ of, fund }) => words.promised(of, fund),
  over: ({ promise, named }) => {
    if (named?.dueAt) return words.matched(formatTime(named.dueAt));
    return promise.state === 'received' ? words.over : undefined;
  },
  fields: ({ promise, now }) => [
    { name: 'amount', kind: 'money', label: words.amount, value: moneyValue(promise.amount) },
    { name: 'day', kind: 'day', label: words.day, value: hongKongDay(now) },
    {
      ...{ name: 'account', kind: 'choice', label: words.account, value: 'bank' },
      options: Object.entries(words.accounts),
    },
  ],
  button: words.goOn,
  confirm: async (body, { promise, of, table, now }) => {
    const { amount, day, account } = parseFields(receivedSchema, body);
    const came = formatMoney(amount, 'hkd');
    const shown = formatDate(await timeOfDay({ day }, { table, now }), 'en');
    const sentence = words.sentence(came, of, shown, words.accounts[account]);
    const more = amount === promise.amount ? [] : [words.another];
    return { sentence: [sentence, ...more].join(' '), button: words.button(came) };
  },
  back: () => '/staff/promises',
  done: 'matched',
});

/** The desk's pages of promised gifts. */
export const promiseDeskPages = [list, ...match];
