import { deskPage } from '#kernel/staff/desk-endpoint.ts';
import { Help } from './help-desk.tsx';
import { helpWords as words } from './help-words.ts';

const help = deskPage({
  path: '/staff/help',
  right: null,
  label: words.label,
  input: {},
  read: async () => undefined,
  title: () => words.title,
  show: () => Help(),
});

/** The desk's help. */
export const helpPages = [help];
