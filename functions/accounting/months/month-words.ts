/** The sentences of the page of the months of the books. */
export const monthWords = {
  title: 'The months of the books',
  intro:
    'A month is closed for ever, seven days after its end at the earliest, once its payouts and differences are resolved. In the night of the 15th it closes by itself, or in the first night after that in which nothing of it is open.',
  none: 'The books have no month yet: they begin with the first campaign.',
  month: 'Month',
  state: 'How it stands',
  open: 'Open',
  closed: (day: string) => `Closed on ${day}`,
};
