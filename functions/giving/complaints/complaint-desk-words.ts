/** The sentences of the desk's pages of complaints. */
export const complaintDeskWords = {
  title: 'Complaints',
  intro:
    'You read them because the configuration names you. Who is meant by one never sees it. Each is answered within ten working days; public holidays are not taken out.',
  none: 'There is no complaint that you may read.',
  received: (moment: string) => `Received ${moment}`,
  due: (moment: string) => `To be answered by ${moment}`,
  answered: (moment: string) => `Answered ${moment}`,
  about: (name: string) => `About: ${name}`,
  nobody: 'nobody in particular',
  contact: (contact: string) => `Reach them: ${contact}`,
  noContact: 'They left no way to reach them.',
  open: 'Read it and answer',
  oneTitle: 'A complaint',
  over: 'It is answered already.',
  note: 'What was answered or done',
  hintOfNote: 'Answer by the way they left first, then write it here. Only readers of complaints see it.',
  record: 'It is answered',
  done: { answered: 'Recorded.' } as Readonly<Record<string, string>>,
};
