/** The sentences of the desk's help; what alarms and waiting things mean stands with them. */
export const helpWords = {
  label: { en: 'Help', 'zh-HK': '說明' },
  title: 'What it means, and what to do',
  intro:
    'None of this means that money is lost. The only thing that cannot wait a day is an answer to a dispute that is due.',
  waiting: 'What waits: each kind',
  lists: 'What waits: the other lists',
  alarms: 'Mails of alarms',
  alarmsIntro: 'They go to one address. Each begins with one of these names.',
  needs: 'What only the log names',
  needsIntro: 'The alarm NeedsPerson rings for these too, and a developer finds them in the log.',
  thanks: 'Something else? Ask an admin of your charity, and write down what you saw and when.',
  others: [
    {
      id: 'comments',
      title: 'Comments and names',
      todo: 'Read each and show or hide it. Hide what names a third person, insults or advertises. Nobody is answered from here.',
    },
    {
      id: 'promises',
      title: 'Promises',
      todo: 'A donor said that money would come by FPS, PayMe, bank or cheque. Compare the bank’s statement once a day, and match what came by its reference. One that does not come lapses by itself after four weeks.',
    },
    {
      id: 'money-for-families',
      title: 'Money for families',
      todo: 'One person requests it, another approves it; then it is paid out with a voucher, and confirmed once the family has it. Nobody approves their own.',
    },
    {
      id: 'entered',
      title: 'Money outside Stripe',
      todo: 'What you enter waits ten minutes before it is booked: until then it can be undone. After that a correction is entered.',
    },
    {
      id: 'complaints',
      title: 'Complaints',
      todo: 'Only who is named in the configuration reads them, and never one about themself. Each is answered within ten working days, by the way that its writer left; then write at the desk what was answered.',
    },
  ],
};
