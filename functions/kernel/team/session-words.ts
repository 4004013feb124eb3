import type { Role } from '#kernel/staff/actor.ts';

/** The sentences of the pages about who is signed in. */
export const sessionWords = {
  ownTitle: 'Where you are signed in',
  ownIntro: 'Each browser in which you signed in during the last eight hours and are not signed out of yet.',
  everywhere: 'Sign out everywhere',
  everywhereHint:
    'A lost phone, or a computer that others use: this signs you out of all of them, this one included.',
  since: (moment: string) => `Signed in on ${moment}`,
  lastSeen: (time: string) => `last page at ${time}`,
  signedIn: 'Who is signed in',
  nobody: 'Nobody is signed in.',
  signedInIntro:
    'A person is signed out after 30 minutes without a page, and eight hours after they signed in.',
  end: 'Sign out',
  endOf: (name: string) => `Sign ${name} out everywhere`,
  endSentence: (name: string) =>
    `${name} is signed out of every browser. The next page that they ask for leads to the sign-in.`,
  over: 'This person is not signed in any more.',
  roles: {
    admin: 'admin',
    campaigns: 'campaigns',
    finance: 'finance',
    families: 'families',
    door: 'door',
  } satisfies Record<Role, string>,
  noRole: 'no role yet',
};
