/** The sentences of the desk about mails. */
export const mailWords = {
  title: 'Send a stopped mail again',
  button: 'Send it again, as a new mail',
  thankTitle: 'Send the thanks again',
  thank: 'Send the thanks again',
};
