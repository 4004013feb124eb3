import type { Bilingual, Language } from '#platform/charity.ts';

/**
 * What disbursements are for. The list is closed; a charity that takes over the software edits it here. A category with too few
 * payments is shown under `other`, so `other` must stay.
 */
export const categories = {
  rent: { en: 'Rent', 'zh-HK': '租金' },
  food: { en: 'Food', 'zh-HK': '食物' },
  transport: { en: 'Transport', 'zh-HK': '交通' },
  utilities: { en: 'Water and electricity', 'zh-HK': '水電' },
  medical: { en: 'Medical help', 'zh-HK': '醫療' },
  school: { en: 'School', 'zh-HK': '學習' },
  baby: { en: 'Baby things', 'zh-HK': '嬰兒用品' },
  clothing: { en: 'Clothing', 'zh-HK': '衣物' },
  other: { en: 'Other help', 'zh-HK': '其他援助' },
} as const satisfies Record<string, Bilingual>;

export type Category = keyof typeof categories;

/** Every category, in the order of the page; `other` is last. */
export const categoryNames = Object.keys(categories) as Category[];

export function categoryLabel(category: Category, language: Language): string {
  return categories[category][language];
}
