import type { ReactElement } from 'react';
import {
  type GiftReceived,
  GiftReceivedMail,
  giftReceivedSubject,
  giftReceivedText,
} from './gift-received.tsx';

/** The languages that every mail is written in. */
export const mailLanguages = ['en', 'zh-HK'] as const;

/** One mail: what it says as a subject, as HTML and as text, and example facts for looking at it. */
interface MailTemplate<Facts> {
  readonly subject: (facts: Facts) => string;
  readonly html: (facts: Facts) => ReactElement;
  readonly text: (facts: Facts) => string;
  readonly previews: Readonly<Record<(typeof mailLanguages)[number], Facts>>;
}

/** Template name → the facts it is made of. A template is named after the event that it tells of. */
export interface MailFacts {
  readonly 'gift-received': GiftReceived;
}

export type MailName = keyof MailFacts;

/** Every mail that Tideover sends. */
export const catalogue: { readonly [Name in MailName]: MailTemplate<MailFacts[Name]> } = {
  'gift-received': {
    subject: giftReceivedSubject,
    html: GiftReceivedMail,
    text: giftReceivedText,
    previews: {
      en: {
        language: 'en',
        name: 'Ada Lam',
        amount: 'HK$500.00',
        campaignTitle: 'A new home in Lai Chi Kok',
        campaignUrl: 'https://give.example.org/campaigns/lai-chi-kok-warehouse',
        thanksUrl: 'https://give.example.org/thanks/checkout_example',
        date: '17 April 2026',
        charity: { name: 'Example Charity', replyTo: 'hello@example.org' },
        month: { label: 'April 2026', raised: 'HK$6,300.00', budget: 'HK$10,000.00' },
      },
      'zh-HK': {
        language: 'zh-HK',
        name: '林雅達',
        amount: 'HK$500.00',
        campaignTitle: '荔枝角的新家',
        campaignUrl: 'https://give.example.org/zh/campaigns/lai-chi-kok-warehouse',
        thanksUrl: 'https://give.example.org/zh/thanks/checkout_example',
        date: '2026年4月17日',
        charity: { name: '示範慈善機構', replyTo: 'hello@example.org' },
        month: { label: '2026年4月', raised: 'HK$6,300.00', budget: 'HK$10,000.00' },
      },
    },
  },
};
