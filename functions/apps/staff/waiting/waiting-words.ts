/** The sentences of the page of what waits. */
export const waitingWords = {
  label: { en: 'What waits', 'zh-HK': '待辦事項' },
  title: 'What waits',
  nothing: 'Nothing waits for you.',
  since: (moment: string) => `Since ${moment}`,
  due: (moment: string) => `To be done by ${moment}`,
  about: (amount: string, name: string) => `${amount} of ${name}`,
  look: 'Look at the payment',
  release: 'Release it',
  refund: 'Refund it',
  sendAgain: 'Send the mail again',
  endRequest: 'Done, or refuse it',
  resolve: 'Resolve it with a note',
  help: 'What this means',
  helpWith: (what: string) => `What to do about: ${what}`,
  attention: 'What a person has to look at',
  comments: 'Comments and names',
  commentsWait: (count: number) => (count === 1 ? '1 waits to be read.' : `${count} wait to be read.`),
  read: 'Read them',
  complaints: 'Complaints',
  complaintsWait: (count: number) =>
    count === 0
      ? 'None waits for an answer.'
      : count === 1
        ? '1 waits for an answer.'
        : `${count} wait for an answer.`,
  allComplaints: 'All that you may read',
  requests: 'Money for families',
  done: {
    resolved: 'Resolved. The note stays with it.',
    mail: 'A new mail goes out within a minute.',
    release: 'It is released, and appears on the page within seconds.',
  } as Readonly<Record<string, string>>,
};
