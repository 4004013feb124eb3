import type { ReactElement } from 'react';
import type { GiftReceived, GiftRefunded, PromiseMade, TrusteeAsked, WhatWaits } from './facts.ts';
import { GiftReceivedMail, giftReceivedSubject, giftReceivedText } from './gift-received.tsx';
import { GiftRefundedMail, giftRefundedSubject, giftRefundedText } from './gift-refunded.tsx';
import { PromiseMadeMail, promiseMadeSubject, promiseMadeText } from './promise-made.tsx';
import { TrusteeAskedMail, trusteeAskedSubject, trusteeAskedText } from './trustee-asked.tsx';
import { WhatWaitsMail, whatWaitsSubject, whatWaitsText } from './what-waits.tsx';

/** The languages that every mail is written in. */
export const mailLanguages = ['en', 'zh-HK'] as const;

/** One mail: what it says as a subject, as HTML and as text, and example facts for looking at it, also unusual ones. */
interface MailTemplate<Facts> {
  readonly subject: (facts: Facts) => string;
  readonly html: (facts: Facts) => ReactElement;
  readonly text: (facts: Facts) => string;
  readonly previews: Readonly<Record<(typeof mailLanguages)[number], Facts>>;
  /** Name → what makes an unusual preview of the usual one. */
  readonly variants: Readonly<Record<string, (usual: Facts) => Facts>>;
}

/** Template name → the facts it is made of. A template is named after what happened: a gift was received, refunded or promised, a trustee asked. */
export interface MailFacts {
  readonly 'gift-received': GiftReceived;
  readonly 'gift-refunded': GiftRefunded;
  readonly 'promise-made': PromiseMade;
  readonly 'trustee-asked': TrusteeAsked;
  /** To the staff. */
  readonly 'what-waits': WhatWaits;
}

export type MailName = keyof MailFacts;

/** What one may look up later, alike in every preview. */
const looked = {
  en: {
    receiver: 'Example Trust',
    statement: 'EXAMPLE TRUST',
    reference: 'pi_3Q0exampleOfAPayment1',
    charity: { name: 'Example Charity', replyTo: 'hello@example.org' },
  },
  'zh-HK': {
    receiver: '示範信託',
    statement: 'EXAMPLE TRUST',
    reference: 'pi_3Q0exampleOfAPayment1',
    charity: { name: '示範慈善機構', replyTo: 'hello@example.org' },
  },
} as const;

/** Of a promise nothing stands on a card statement, and the reference is for the bank. */
const promised = {
  en: { receiver: looked.en.receiver, reference: '4827\u00a01953', charity: looked.en.charity },
  'zh-HK': {
    receiver: looked['zh-HK'].receiver,
    reference: '4827\u00a01953',
    charity: looked['zh-HK'].charity,
  },
};

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
        date: '17 April 2026',
        does: { amount: 'HK$500', text: 'keeps it for a day and a half' },
        progress: { month: 'April 2026', reached: 'HK$6,300', aim: 'HK$10,000', before: 58, after: 63 },
        ...looked.en,
      },
      'zh-HK': {
        language: 'zh-HK',
        name: '林雅達',
        amount: 'HK$500.00',
        campaignTitle: '荔枝角的新家',
        campaignUrl: 'https://give.example.org/zh/campaigns/lai-chi-kok-warehouse',
        date: '2026年4月17日',
        does: { amount: 'HK$500', text: '支持中心一日半' },
        progress: { month: '2026年4月', reached: 'HK$6,300', aim: 'HK$10,000', before: 58, after: 63 },
        ...looked['zh-HK'],
      },
    },
    variants: {
      'with-cover': (usual) => ({ ...usual, cover: { amount: 'HK$20.03', paid: 'HK$520.03' } }),
      'to-a-fund': ({ progress, ...usual }) => ({
        ...usual,
        ...(progress && {
          progress: { reached: 'HK$98,765', aim: 'HK$80,000', before: 123, after: 123 },
        }),
      }),
      'no-name': ({ name: _, ...usual }) => usual,
      'right-to-left': (usual) => ({ ...usual, name: 'נועה לוי' }),
      'partly-refunded': (usual) => ({ ...usual, refunded: 'HK$200.00' }),
      'one-body': ({ receiver: _receiver, does: _does, ...usual }) => usual,
      'long-words': (usual) => ({
        ...usual,
        name: (usual.name ?? '').repeat(8),
        campaignTitle: usual.campaignTitle.repeat(6),
        amount: 'HK$999,999.99',
      }),
    },
  },
  'gift-refunded': {
    subject: giftRefundedSubject,
    html: GiftRefundedMail,
    text: giftRefundedText,
    previews: {
      en: {
        language: 'en',
        name: 'Ada Lam',
        amount: 'HK$500.00',
        date: '2 May 2026',
        given: 'HK$500.00',
        givenOn: '17 April 2026',
        campaignTitle: 'A new home in Lai Chi Kok',
        campaignUrl: 'https://give.example.org/campaigns/lai-chi-kok-warehouse',
        ...looked.en,
      },
      'zh-HK': {
        language: 'zh-HK',
        name: '林雅達',
        amount: 'HK$500.00',
        date: '2026年5月2日',
        given: 'HK$500.00',
        givenOn: '2026年4月17日',
        campaignTitle: '荔枝角的新家',
        campaignUrl: 'https://give.example.org/zh/campaigns/lai-chi-kok-warehouse',
        ...looked['zh-HK'],
      },
    },
    variants: {
      'with-cover': (usual) => ({ ...usual, amount: 'HK$520.03', given: 'HK$520.03', cover: 'HK$20.03' }),
      'no-name': ({ name: _, ...usual }) => usual,
      'in-part': (usual) => ({ ...usual, amount: 'HK$200.00', left: 'HK$300.00' }),
      'the-rest': (usual) => ({ ...usual, amount: 'HK$300.00' }),
      'long-words': (usual) => ({
        ...usual,
        name: (usual.name ?? '').repeat(8),
        campaignTitle: usual.campaignTitle.repeat(6),
        given: 'HK$999,999.99',
      }),
    },
  },
  'promise-made': {
    subject: promiseMadeSubject,
    html: PromiseMadeMail,
    text: promiseMadeText,
    previews: {
      en: {
        ...promised.en,
        language: 'en',
        name: 'Ada Lam',
        amount: 'HK$500.00',
        way: 'FPS',
        means: [
          ['FPS identifier', '1234567'],
          ['Payee', 'EXAMPLE TRUST'],
        ],
        date: '17 April 2026',
        until: '15 May 2026',
        campaignTitle: 'A new home in Lai Chi Kok',
        campaignUrl: 'https://give.example.org/campaigns/lai-chi-kok-warehouse',
      },
      'zh-HK': {
        ...promised['zh-HK'],
        language: 'zh-HK',
        name: '林雅達',
        amount: 'HK$500.00',
        way: '轉數快',
        means: [
          ['轉數快識別碼', '1234567'],
          ['收款人', 'EXAMPLE TRUST'],
        ],
        date: '2026年4月17日',
        until: '2026年5月15日',
        campaignTitle: '荔枝角的新家',
        campaignUrl: 'https://give.example.org/zh/campaigns/lai-chi-kok-warehouse',
      },
    },
    variants: {
      reminder: (usual) => ({ ...usual, isReminder: true }),
      'no-name': ({ name: _, ...usual }) => usual,
      'long-words': (usual) => ({
        ...usual,
        name: (usual.name ?? '').repeat(8),
        campaignTitle: usual.campaignTitle.repeat(6),
        amount: 'HK$999,999.99',
      }),
    },
  },
  'trustee-asked': {
    subject: trusteeAskedSubject,
    html: TrusteeAskedMail,
    text: trusteeAskedText,
    previews: {
      en: {
        language: 'en',
        name: 'Ada Lam',
        amount: 'HK$800.00',
        fund: 'Emergency cash',
        what: 'Rent, for F-0042',
        requester: 'Aspen',
        until: '18 April 2026, 20:40',
        url: 'https://give.example.org/staff/approve/0123456789abcdef0123456789abcdef',
        charity: looked.en.charity,
      },
      'zh-HK': {
        language: 'zh-HK',
        name: '林雅達',
        amount: 'HK$800.00',
        fund: '緊急援助金',
        what: '租金（F-0042）',
        requester: 'Aspen',
        until: '2026年4月18日 20:40',
        url: 'https://give.example.org/staff/approve/0123456789abcdef0123456789abcdef',
        charity: looked['zh-HK'].charity,
      },
    },
    variants: {
      'long-words': (usual) => ({
        ...usual,
        name: usual.name.repeat(8),
        fund: usual.fund.repeat(6),
        amount: 'HK$999,999.99',
      }),
    },
  },
  'what-waits': {
    subject: whatWaitsSubject,
    html: WhatWaitsMail,
    text: whatWaitsText,
    previews: {
      en: {
        language: 'en',
        day: '28 November 2026',
        count: 4,
        waiting: [
          { what: 'A donor’s bank asks for the money back', count: '1', due: '2 December 2026' },
          { what: 'Comments and names to read', count: '3' },
        ],
        deskUrl: 'https://give.example.org/staff/waiting',
        sender: looked.en.charity.name,
      },
      'zh-HK': {
        language: 'zh-HK',
        day: '2026年11月28日',
        count: 4,
        waiting: [
          { what: '捐款人的銀行要求退款', count: '1', due: '2026年12月2日' },
          { what: '待審閱的留言及姓名', count: '3' },
        ],
        deskUrl: 'https://give.example.org/staff/waiting',
        sender: looked['zh-HK'].charity.name,
      },
    },
    variants: {
      'one-thing': (usual) => ({ ...usual, count: 1, waiting: usual.waiting.slice(0, 1) }),
    },
  },
};
