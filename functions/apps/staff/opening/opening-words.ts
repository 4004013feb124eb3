import type { KeyState } from '#payments/checkout/key-gateway.ts';
import type { Tick } from './opening.ts';

interface TickWords {
  readonly title: string;
  /** What to do, in one or two sentences. */
  readonly how: string;
  readonly link?: { readonly href: string; readonly text: string };
}

/** The sentences of the list of what is to be done before the first gift. */
export const openingWords = {
  title: 'Before you open',
  home: { en: 'Before you open: what is still to do', 'zh-HK': '開始接受捐款前的準備' },
  intro:
    'Do these once, before the first real gift. What can be seen is ticked by itself; a person confirms the rest.',
  count: (done: number, all: number) => `${done} of ${all} done`,
  done: 'Done',
  open: 'Still to do',
  seenAt: (moment: string) => `Seen ${moment}.`,
  recordedBy: (name: string, moment: string) => `Confirmed by ${name}, ${moment}.`,
  recordIt: 'Confirm that it is done',
  recordAnew: 'Confirm it anew',
  recordTitle: (title: string) => `Confirm that it is done: ${title}`,
  name: 'Your name',
  nameHint: 'It stands beside the note.',
  note: 'What others should know of it',
  hintOfNote: 'For example where the answer is kept. No secrets.',
  save: 'Confirm it',
  close: 'All is done: take the list off the first page',
  closed: 'All of it is done. The list stays here to be read.',
  sentences: {
    confirmed: 'Recorded.',
    closed: 'The first page does not lead here any more.',
  } as Readonly<Record<string, string>>,
  keys: {
    right: 'Stripe says: a live key that may read charges and refund, and no more.',
    'test-mode': 'Stripe says: a key of the test mode. No money is taken.',
    'too-much': 'Stripe says: the key may do more than it needs. Make a restricted one.',
    'too-little': 'Stripe says: the key may not read charges.',
    'no-charge':
      'Stripe says: the key may do no more than it needs. Whether it is a live one shows after the first payment.',
    'no-answer': 'Stripe did not answer. Please look again in a moment.',
  } satisfies Readonly<Record<KeyState, string>>,
  ticks: {
    'stripe-consent': {
      title: 'Stripe agrees in writing to donations on your account',
      how: 'Ask Stripe’s support whether your account in Hong Kong may take donations, and keep the answer. Say here where it is.',
      link: { href: 'https://support.stripe.com/contact', text: 'Ask Stripe' },
    },
    'desk-key': {
      title: 'The desk’s key of Stripe is a live one and may do no more than it needs',
      how: 'In Stripe: a restricted key with “Charges and Refunds: Write” and nothing else, put into AWS as stripe-key-staff. The key itself is shown nowhere.',
      link: { href: 'https://dashboard.stripe.com/apikeys', text: 'Stripe’s keys' },
    },
    'other-keys': {
      title: 'The four other keys have the rights of the deployment guide',
      how: 'Compare site, worker, sweep and books at Stripe with the table of the guide, right by right: no more and no fewer.',
      link: { href: 'https://dashboard.stripe.com/apikeys', text: 'Stripe’s keys' },
    },
    webhook: {
      title: 'Stripe reports payments here',
      how: 'Give HK$20 by card. Within a minute it stands under Payments; if not, compare the endpoint’s address and its secret with the deployment guide.',
      link: { href: '/staff/payments', text: 'Payments' },
    },
    mail: {
      title: 'Thank-you mails go out',
      how: 'The mail service takes them once the sender’s domain is verified there. Look that yours arrived, and not among the junk.',
      link: { href: 'https://resend.com/domains', text: 'Domains at Resend' },
    },
    'second-person': {
      title: 'A second person can sign in',
      how: 'Nobody approves their own payment to a family. Invite a second person, and let them sign in once.',
      link: { href: '/staff/team', text: 'Staff' },
    },
    'opening-balances': {
      title: 'The books begin with what is in the bank',
      how: 'The treasurer enters the balance of the bank account, and of the cash box, on the day you begin.',
      link: { href: '/staff/entries', text: 'Entries by hand' },
    },
    privacy: {
      title: 'The privacy page was read by a person who knows the law',
      how: 'It says what you keep of donors and for how long. Have it read, and say here who did.',
      link: { href: '/privacy', text: 'The privacy page' },
    },
    'test-gift': {
      title: 'A gift was made and refunded',
      how: 'Give HK$20 with a real card, read the mail, refund it at the desk, and see it come back. Without Stripe: promise a gift, send it, and match it.',
      link: { href: '/', text: 'Give' },
    },
  } satisfies Readonly<Record<Tick, TickWords>> as Readonly<Record<Tick, TickWords>>,
};
