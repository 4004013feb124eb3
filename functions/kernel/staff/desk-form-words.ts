import type { AmountFault } from '#platform/read-amount.ts';

/** The sentences of the desk's forms and lists, and of its pages that cannot be shown. */
export const deskWords = {
  check: 'Please check these points',
  error: 'Error: ',
  optional: (label: string) => `${label} (optional)`,
  choose: 'Please choose',
  confirm: 'Please confirm',
  back: 'Back, change nothing',
  noScript: 'Nothing has happened yet.',
  filter: 'Show',
  month: 'Month',
  fund: 'Fund',
  next: 'The next ones, older',
  earlier: (month: string) => `Earlier: ${month}`,
  notFoundTitle: 'Not found',
  notFound: 'There is nothing here, or it was taken away.',
  forbiddenTitle: 'Not for your role',
  forbidden: 'Your roles do not include this. An admin can give you another one.',
  refusedTitle: 'This could not be taken',
  failedTitle: 'Something went wrong',
  failed: 'Please try again in a moment. Look first whether it has happened already.',
  sentBefore:
    'This form was sent before, with other values, and that has happened. Look at it first; to do this as well, send the form again.',
};

/** What is wrong with a field by its kind alone, and what to do instead. */
export const fieldFaults = {
  at: (label: string, fault: string) => `“${label}”: ${fault}`,
  text: 'Please fill this in.',
  choice: 'Please choose one.',
  day: 'Please choose a day.',
  noDay: 'The calendar has no such day. Please choose another.',
  file: 'Please choose a file.',
  zero: 'Type an amount above zero.',
  below: (least: string) => `Type ${least} or more.`,
  above: (most: string) => `Type ${most} or less.`,
};

/** Why a typed amount was not accepted, and what to type instead. */
export const noAmount: Readonly<Record<AmountFault, string>> = {
  empty: 'Type an amount, such as 500 or 1,234.50.',
  'two-numbers': 'This reads as more than one number. Type one amount, such as 500 or 1,234.50.',
  comma: 'A comma stands between thousands, and cents follow a point: 1,234.50',
  decimals: 'An amount has at most two digits for cents, such as 500.50.',
  negative: 'Type an amount above zero, without a minus sign.',
  'other-currency': 'The books are kept in Hong Kong dollars. Type the amount in HK$.',
  'no-number': 'Type the amount in digits, such as 500 or 1,234.50.',
};
