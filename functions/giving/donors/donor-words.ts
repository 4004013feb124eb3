import type { ErasureStop } from './read-erasure.ts';

const stopWords = {
  dispute: 'the donor’s bank disputes a payment',
  refund: 'a refund is on its way',
  promise: 'a promise of the donor waits for its money',
  'entered-payment': 'money of the donor was entered and is not booked yet',
} satisfies Record<ErasureStop, string>;

/** The sentences of the pages of what is kept of a donor. */
export const donorWords = {
  nobody: 'a donor whose name is gone',
  noEmail: 'none',
  erased: 'The name and address of this donor were erased.',
  goOn: 'Go on',
  addressTitle: (name: string) => `Correct the address of ${name}`,
  addressNow: (email: string) => `Now it is: ${email}`,
  email: 'Right e-mail address',
  emailHint: 'Ask the donor by another way than this address, so that nobody takes a gift over.',
  addressSentence: (name: string, email: string, others: number) =>
    [
      `Mails about this payment of ${name} then go to ${email}.`,
      ...(others > 0
        ? [
            `So do those about ${others === 1 ? 'another payment' : `${others} other payments`} with the same address.`,
          ]
        : []),
      'Nothing is sent now: send the thanks again afterwards, if they did not arrive.',
    ].join(' '),
  eraseTitle: (name: string) => `Erase ${name}`,
  goes: 'Name, e-mail address, comment, consent and the mails that were sent are erased at all payments below. Pages lose the name and the comment within seconds, and no search finds the donor any more.',
  staysTitle: 'What stays',
  stays:
    'Sums and dates, without a name: the books have to be kept for seven years, and totals do not change.',
  stayingPayment: (amount: string, fund: string, day: string) => `${amount} for ${fund}, ${day}`,
  receipts: 'Receipts have to be kept for seven years too. Of these payments the name for the receipt stays:',
  receipt: (name: string, amount: string, day: string, until: string) =>
    `${name}, ${amount} on ${day}: until ${until}`,
  elsewhere:
    'Forms that were never paid end by themselves within 30 days, spreadsheets with names within seven. Stripe and Resend keep data of their own: we make no customer at Stripe, so nothing can be erased there by us; mails at Resend end by its own time.',
  stopped: (stops: readonly ErasureStop[]) =>
    `It cannot be done yet, and nothing is erased: ${stops.map((each) => stopWords[each]).join('; ')}. Come back when that is over.`,
  eraseSentence: (name: string) =>
    `Everything that is kept of ${name} is erased, but for what stays as it was shown. This cannot be undone.`,
  eraseButton: (name: string) => `Erase ${name}`,
  addressButton: (email: string) => `Correct it to ${email}`,
};
