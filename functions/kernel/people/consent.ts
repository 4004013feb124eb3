import { type Bilingual, charity, type Language } from '#platform/charity.ts';

/** Which wording this is. A changed wording takes the next number; stored consents keep theirs. */
export const consentVersion = 2;

/**
 * What a donor agrees to by ticking the box for appeals by mail. It is stored with the consent as it was shown
 * (PDPO Cap. 486, section 35E).
 */
export const consentWording: Bilingual = consentWordingOf(charity.legalName);

/** The wording with the legal name of the body that asks: another name is the same wording. */
export function consentWordingOf(legalName: Bilingual): Bilingual {
  return {
    en: `${legalName.en} may write to me by e-mail about its work and ask me for gifts. I can stop this at any time, free of charge.`,
    'zh-HK': `本人同意${legalName['zh-HK']}以電郵向本人介紹其工作及邀請本人捐款。本人可隨時免費要求停止。`,
  };
}

/** A consent as it was given: what was shown, in which language, and when. */
export interface Consent {
  readonly wording: string;
  readonly version: number;
  readonly language: Language;
  /** ISO 8601. */
  readonly at: string;
}

/** The consent of a donor who ticked the box in a language. */
export function consentGiven(language: Language, now: Date): Consent {
  return { wording: consentWording[language], version: consentVersion, language, at: now.toISOString() };
}
