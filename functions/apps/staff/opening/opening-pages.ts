import { deskPage } from '#kernel/staff/desk-endpoint.ts';
import { deskForm } from '#kernel/staff/form-endpoint.ts';
import { closeOpeningEndpoint, readTick, recordOpeningEndpoint } from './opening-api.ts';
import { OpeningDesk } from './opening-desk.tsx';
import { openingWords as words } from './opening-words.ts';
import { readOpening } from './read-opening.ts';

const show = deskPage({
  path: '/staff/opening',
  right: 'opening.confirm',
  input: {},
  read: (_, { table, now, actor, stripe }) => readOpening({ table, now, actor, stripe }),
  title: () => words.title,
  show: (opening, view) => OpeningDesk({ opening, view }),
});

const note = deskForm({
  operation: recordOpeningEndpoint,
  path: '/staff/opening/{tick}',
  read: async ({ tick }) => words.ticks[readTick(tick)],
  title: ({ title }) => words.recordTitle(title),
  about: ({ how }) => how,
  fields: () => [
    { name: 'name', kind: 'text', label: words.name, hint: words.nameHint },
    { name: 'note', kind: 'lines', label: words.note, hint: words.hintOfNote, isOptional: true },
  ],
  button: words.save,
  back: () => '/staff/opening',
  done: 'confirmed',
});

const close = deskForm({
  operation: closeOpeningEndpoint,
  path: '/staff/opening-closed',
  read: async () => undefined,
  title: () => words.title,
  fields: () => [],
  button: words.close,
  back: () => '/staff/opening',
  done: 'closed',
});

/** The desk's pages of what is to be done before the first gift. */
export const openingPages = [show, ...note, ...close];
