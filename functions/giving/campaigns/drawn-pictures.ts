import type { DrawnPicture } from './campaign.ts';

/** The drawings that a campaign can have, by the names of their files. */
export const drawnPictures = {
  warehouse: {
    en: 'Drawing: a blue warehouse with its shutter half up, warm light on full shelves, and red, white and blue bags in front.',
    'zh-HK': '插圖：藍色的貨倉半開鐵閘，暖光照着放滿物資的層架，門前堆着紅白藍袋。',
  },
  'soup-kitchen': {
    en: 'Drawing: a big steaming pot between bowls of soup, under a red lamp.',
    'zh-HK': '插圖：紅色吊燈下，一大鍋熱湯冒着蒸氣，旁邊放着盛好的湯碗。',
  },
  education: {
    en: 'Drawing: an open book under a desk lamp, a school bag beside it, the city at night in the window.',
    'zh-HK': '插圖：檯燈下打開的書本，旁邊放着書包，窗外是城市的夜景。',
  },
  'emergency-cash': {
    en: 'Drawing: on a rainy night a door stands open, with a key in it and a made bed in the warm light behind.',
    'zh-HK': '插圖：雨夜裡一扇門打開着，門上掛着鑰匙，屋內暖光照着鋪好的床。',
  },
} as const;

export type DrawingName = keyof typeof drawnPictures;

export function drawnPicture(name: DrawingName): DrawnPicture {
  return { file: `${name}.svg`, shareFile: `${name}.png`, alt: drawnPictures[name] };
}

/** The drawing of a name; undefined for any other text. */
export function drawingNamed(text: unknown): DrawingName | undefined {
  return (Object.keys(drawnPictures) as DrawingName[]).find((each) => each === text);
}
