import { deskPage } from '#kernel/staff/desk-endpoint.ts';
import { deskForm } from '#kernel/staff/form-endpoint.ts';
import { fundInQuery } from '#payments/payment/payment-input.ts';
import { decideAmountEndpoint, decideEndpoint, decideNameEndpoint } from './comment-api.ts';
import { Names, WaitingComments } from './comment-desk.tsx';
import { commentWords as words } from './comment-words.ts';
import { listNames } from './list-names.ts';
import { listWaitingComments } from './list-waiting-comments.ts';

const waiting = deskPage({
  path: '/staff/comments',
  right: 'words.moderate',
  label: words.label,
  input: {},
  read: async (_, { table, now, funds }) => {
    const [names, found] = await Promise.all([funds(), listWaitingComments({ table, now })]);
    return { waiting: found, funds: names };
  },
  title: () => words.comments,
  show: (data, view) => WaitingComments({ ...data, view }),
});

const decide = deskForm({
  operation: decideEndpoint,
  path: '/staff/comments/{checkoutId}',
  read: async () => undefined,
  title: () => words.decideComment,
  fields: () => [
    {
      ...{ name: 'decision', kind: 'choice', label: words.decision },
      options: [
        ['approve', words.approve],
        ['refuse', words.reject],
      ],
    },
  ],
  button: words.decide,
  back: () => '/staff/comments',
  done: 'comment',
});

const names = deskPage({
  path: '/staff/names',
  right: 'words.moderate',
  input: { fund: fundInQuery },
  read: async ({ fund }, { table, now, funds, permit }) => {
    const all = await funds();
    const slug = fund ?? all[0]?.slug;
    return { fund: slug, funds: all, names: slug ? await listNames({ slug, permit }, { table, now }) : [] };
  },
  title: () => words.names,
  show: (data, view) => Names({ ...data, view }),
});

const decideName = deskForm({
  operation: decideNameEndpoint,
  path: '/staff/names/{checkoutId}',
  read: async () => undefined,
  title: () => words.decideName,
  fields: () => [
    {
      ...{ name: 'decision', kind: 'choice', label: words.decision },
      options: [
        ['show', words.show],
        ['hide', words.hide],
      ],
    },
  ],
  button: words.decide,
  back: () => '/staff/names',
  done: 'name',
});

const decideAmount = deskForm({
  operation: decideAmountEndpoint,
  path: '/staff/amounts/{checkoutId}',
  read: async () => undefined,
  title: () => words.decideAmount,
  fields: () => [
    {
      ...{ name: 'decision', kind: 'choice', label: words.decision },
      options: [
        ['show', words.showAmount],
        ['hide', words.hideAmount],
      ],
    },
  ],
  button: words.decide,
  back: () => '/staff/payments',
  done: 'name',
});

/** The pages on which comments and names are moderated. */
export const commentPages = [waiting, ...decide, names, ...decideName, ...decideAmount];
