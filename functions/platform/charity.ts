/** A text in the two languages that every page and mail is written in. */
export interface Bilingual {
  readonly en: string;
  /** Polite written Traditional Chinese. */
  readonly 'zh-HK': string;
}

/** The languages of pages, mails and Stripe's Checkout. */
export type Language = keyof Bilingual;

/** Who the charity is: what pages, mails and card statements say of it. */
export interface Charity {
  /** The society that asks for gifts. */
  readonly name: Bilingual;
  /** The legal name of the body that receives and holds the money. */
  readonly receiver: Bilingual;
  /** Where answers to mails go. */
  readonly replyTo: string;
  /** The address that mails are sent from; its domain is verified at Resend. */
  readonly sender: string;
  /** How to ask a person, for example a wa.me link; none leaves the line out. */
  readonly whatsApp?: string;
  /** What the giver's card statement shows: 5 to 22 Latin characters (Stripe's rule for statement descriptors). */
  readonly statementDescriptor: string;
  /** The Inland Revenue file number (91/…); without one no paper says "receipt" or "deductible". */
  readonly section88?: string;
  /** Who bears the card fee. */
  readonly feesBorneBy: 'receiver' | 'fund';
}

/** The charity this copy of Tideover works for. A charity that takes over the software edits this file. */
export const charity: Charity = {
  name: { en: 'Refugee Union', 'zh-HK': '難民協會' },
  receiver: { en: 'Drink For Justice', 'zh-HK': 'Drink For Justice' },
  replyTo: 'hello@tideover.example',
  sender: 'thanks@tideover.example',
  statementDescriptor: 'REFUGEE UNION HK',
  feesBorneBy: 'receiver',
};
