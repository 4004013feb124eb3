/** A text in the two languages that every page and mail is written in. */
export interface Bilingual {
  readonly en: string;
  /** Polite written Traditional Chinese. */
  readonly 'zh-HK': string;
}

/** The languages of pages, mails and Stripe's Checkout. */
export type Language = keyof Bilingual;

export const languages: readonly Language[] = ['en', 'zh-HK'];

/**
 * Where money can be sent without Stripe: always to the receiver itself, with the payee's name as the payer's bank will show it, and never
 * to a person's own account.
 */
export interface OtherWays {
  /** The Faster Payment System: its identifier, a mobile number or an e-mail address that is registered there. */
  readonly fps?: { readonly id: string; readonly payee: string } | undefined;
  /** PayMe for Business. */
  readonly payMe?: { readonly link: string; readonly payee: string } | undefined;
  readonly bank?: { readonly name: string; readonly account: string; readonly payee: string } | undefined;
  /** Cheques are posted to `address`. */
  readonly cheque?: { readonly payee: string } | undefined;
}

/** Who reads complaints, and whom they can be about. */
export interface Complaints {
  /** Two people at least, each by the subject of their sign-in; pages name them. */
  readonly readers: readonly { readonly subject: string; readonly name: string }[];
  /** What the form offers; who is meant by a line never reads what is about it. Each line leaves a reader. */
  readonly about: readonly {
    readonly id: string;
    readonly name: Bilingual;
    /** Of the sign-in. */
    readonly subjects: readonly string[];
  }[];
}

/** A person who answers for the charity and can be the second person of a step, when nobody else of the staff is there. */
export interface Trustee {
  readonly name: string;
  /** Where they are asked: their own address, which no other person reads. */
  readonly email: string;
  /** In which they are written to. */
  readonly language: Language;
}

/** Who the charity is: what pages, mails and card statements say of it. */
export interface Charity {
  /** The society that asks for gifts. */
  readonly name: Bilingual;
  readonly legalName: Bilingual;
  /** What it is, in one sentence: for search engines and links to the list of campaigns. */
  readonly about: Bilingual;
  /** The legal name of the body that receives and holds the money. */
  readonly receiver: Bilingual;
  /** What that body does with the money, to follow its name. Whether it is tax-exempt is said by `section88` alone. */
  readonly receiverAbout: Bilingual;
  /** Where the receiver can be visited or written to; left out, pages show none. */
  readonly address?: Bilingual;
  /** Where answers to mails go. */
  readonly replyTo: string;
  /** The address that mails are sent from; its domain is verified at Resend. */
  readonly sender: string;
  /** How to call a person; none leaves the line out. */
  readonly telephone?: string;
  /** How to ask a person, for example a wa.me link; none leaves the line out. */
  readonly whatsApp?: string;
  /**
   * What the donor's card statement shows, by Stripe's rule: 5 to 22 Latin characters, at least one letter, none of `<>\'"*`. It
   * is entered in the Stripe account; pages and mails say it beforehand. Left out, it is the receiver's English name. Others
   * may read the statement, such as an employer whose company card was used, and see from it what the donor supports.
   */
  readonly statementDescriptor?: string;
  /**
   * With what donors can pay, as it is switched on in the Stripe account (Settings, Payment methods): pages say it before anybody
   * pays. Left out, pages name Stripe alone.
   */
  readonly paymentMeans?: Bilingual;
  /** Where money can be sent without Stripe; left out, pages name no other way. */
  readonly otherWays?: OtherWays;
  /**
   * The receiver's Inland Revenue file number (91/…), where it is recognised as tax-exempt under section 88. The Inland Revenue
   * registers no charities: without a number pages and mails name the receiver alone, and no paper says "receipt" or "deductible".
   */
  readonly section88?: string;
  /** The smallest gift that is taken; minor units. Stripe charges nothing below HK$4.00. */
  readonly smallestGift: number;
  /**
   * What the card company takes of a payment by a Hong Kong card: hundredths of a percent, and cents. Stripe's list of fees says it;
   * what donors may add for the fee is reckoned by it. Left out, no fee is named and none can be added.
   */
  readonly cardFee?: { readonly basisPoints: number; readonly fixed: number };
  /** Who bears the card fee. */
  readonly feesBorneBy: 'receiver' | 'fund';
  /** Who may be asked by mail to approve what needs a second person; left out, nobody. */
  readonly trustees?: readonly Trustee[];
  /** Left out, the page of complaints names the address for answers, and takes none itself. */
  readonly complaints?: Complaints;
}

/** The charity this copy of Tideover works for. A charity that takes over the software edits this file. */
export const charity: Charity = {
  name: { en: 'Refugee Union', 'zh-HK': '難民協會' },
  legalName: { en: 'Refugee Union', 'zh-HK': '難民協會' },
  about: {
    en: 'The registered society led by refugees in Hong Kong. It lives on what residents give.',
    'zh-HK': '由難民自行營運的香港註冊社團，全靠市民捐助維持。',
  },
  receiver: { en: 'Drink For Justice', 'zh-HK': 'Drink For Justice' },
  receiverAbout: {
    en: 'which passes every gift on in full',
    'zh-HK': '再全數轉交',
  },
  replyTo: 'hello@tideover.example',
  sender: 'thanks@tideover.example',
  // Leads to nobody: a charity puts its own link here, or leaves the line out.
  whatsApp: 'https://wa.me/message/DEMONSTRATION',
  paymentMeans: { en: 'Cards, Apple Pay, Google Pay', 'zh-HK': '信用卡、Apple Pay、Google Pay' },
  // Leads to nobody: a charity puts its own here.
  otherWays: {
    fps: { id: 'give@tideover.example', payee: 'DRINK FOR JUSTICE' },
    bank: { name: 'Demonstration Bank', account: '000-000000-000', payee: 'DRINK FOR JUSTICE' },
  },
  smallestGift: 2_000,
  cardFee: { basisPoints: 340, fixed: 235 },
  feesBorneBy: 'receiver',
  // Invented: a charity puts its own here, or leaves them out.
  trustees: [
    { name: 'Willow', email: 'willow@tideover.example', language: 'en' },
    { name: 'Maple', email: 'maple@tideover.example', language: 'zh-HK' },
  ],
  // Invented people of the demonstration: a charity puts its own here, or leaves this out.
  complaints: {
    readers: [
      { subject: 'staff_admin', name: 'Rowan' },
      { subject: 'staff_finance', name: 'Hazel' },
    ],
    about: [
      {
        id: 'administrator',
        name: { en: 'Rowan, administrator', 'zh-HK': '管理員 Rowan' },
        subjects: ['staff_admin'],
      },
      {
        id: 'treasurer',
        name: { en: 'Hazel, treasurer', 'zh-HK': '司庫 Hazel' },
        subjects: ['staff_finance'],
      },
      {
        id: 'caseworkers',
        name: { en: 'A caseworker', 'zh-HK': '個案工作員' },
        subjects: ['staff_families'],
      },
    ],
  },
};
