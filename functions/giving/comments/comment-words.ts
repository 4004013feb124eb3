/** The sentences of the pages on which comments and names are moderated. */
export const commentWords = {
  label: { en: 'Comments', 'zh-HK': '留言' },
  comments: 'Comments that wait',
  intro:
    'Donors wrote these for the page. They stand there once you approve them; a decision can be changed later, at the payment.',
  none: 'Nothing waits. Every comment and name is decided on.',
  unsaid: 'without a name',
  nameWaits: 'The name waits too: it holds a link, an address or a number, or marks that cannot be seen.',
  approve: 'Approve',
  reject: 'Reject',
  show: 'Show the name',
  hide: 'Hide the name',
  ofComment: (text: string) => `comment “${text}”`,
  decideComment: 'Decide on a comment',
  decideName: 'Decide on a name',
  decision: 'Decision',
  decide: 'Decide',
  names: 'Names on the pages',
  namesIntro:
    'The names that donors gave for the page, of a campaign’s newest hundred gifts. A hidden one becomes “Anonymous” within seconds; gift and totals stay.',
  namesNone: 'No name among the newest hundred gifts.',
  choose: 'Please choose',
  open: 'Show',
  toNames: 'All names on a page',
  toComments: 'Comments that wait',
  states: {
    shown: 'on the page',
    waiting: 'waits to be read',
    hidden: 'hidden by the staff',
    'hidden-by-donor': 'hidden by the donor',
  },
  done: {
    comment: 'Done. The page follows within seconds.',
    name: 'Done. The page follows within seconds.',
  } as Readonly<Record<string, string>>,
};
