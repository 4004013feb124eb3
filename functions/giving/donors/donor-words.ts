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
  addressButton: (email: string) => `Correct it to ${email}`,
};
