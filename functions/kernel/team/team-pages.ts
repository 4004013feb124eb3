import { deskPage } from '#kernel/staff/desk-endpoint.ts';
import { listSessions } from '#kernel/staff/list-sessions.ts';
import { sessionWords as words } from './session-words.ts';
import { Team } from './team-desk.tsx';

const team = deskPage({
  path: '/staff/team',
  right: 'staff.manage',
  label: words.teamLabel,
  input: {},
  read: async (_, ctx) => ({ sessions: await listSessions(undefined, ctx) }),
  title: () => words.teamTitle,
  show: (data, view) => Team({ ...data, view }),
});

/** The pages of the people of the staff. */
export const teamPages = [team];
