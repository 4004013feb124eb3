/** The sentences of what the funds hold. */
export const fundWords = {
  title: 'What every fund holds',
  intro: (month: string) =>
    `What came in and went out in ${month}, and what each fund holds now. The books are added up every hour; what is younger may be missing here.`,
  fund: 'Fund',
  came: 'Came in',
  went: 'Went out',
  paidOut: 'of it paid out',
  refunded: 'of it refunded or disputed',
  holds: 'Holds now',
  all: 'All funds',
};
