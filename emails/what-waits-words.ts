import type { WhatWaits } from './facts.ts';

/** The sentences of "what waits" in one language; both parts of the mail are made of them. */
export function whatWaitsWords({ language, day, count }: Pick<WhatWaits, 'language' | 'day' | 'count'>) {
  return language === 'en'
    ? {
        subject:
          count === 1 ? `1 thing waits at the desk (${day})` : `${count} things wait at the desk (${day})`,
        preview: 'How much waits, and what is due first.',
        heading: 'What waits at the desk',
        opening: `As of ${day}, 08:00. Names stand at the desk alone.`,
        due: (what: string, until: string) => `${what}, the first due ${until}`,
        button: 'Open what waits',
        reason:
          'You get this mail once a day when something waits. An admin changes who gets it, under Settings.',
      }
    : {
        subject: `工作台有 ${count} 項待辦事項（${day}）`,
        preview: '各類待辦事項的數目及最早的限期。',
        heading: '待辦事項',
        opening: `截至${day} 08:00。姓名只會在工作台顯示。`,
        due: (what: string, until: string) => `${what}（最早限期：${until}）`,
        button: '查看待辦事項',
        reason: '如有待辦事項，您每日會收到一封電郵。管理員可在「設定」更改收件人。',
      };
}
