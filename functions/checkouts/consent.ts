import type { Bilingual } from '../platform/charity.ts';

/**
 * What a giver agrees to who ticks the box for appeals by mail. It is stored with the consent as it was shown
 * (PDPO Cap. 486, section 35E). A new wording is a new text here; stored ones keep theirs.
 */
export const consentWording: Bilingual = {
  en: 'You may write to me by e-mail about your work and ask me for gifts. I can stop this at any time, free of charge.',
  'zh-HK': '您可以透過電郵向我介紹您們的工作及邀請我捐款。我可隨時免費要求停止。',
};
