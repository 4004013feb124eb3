import type { PhotoSize } from '#giving/campaigns/campaign.ts';
import type { Bilingual } from '#platform/charity.ts';
import type { PhotoFacts } from './photo-header.ts';

/** The largest photo that is taken, in bytes: 15 MB. */
export const largestUpload = 15 * 1024 * 1024;

/** How many pixels a photo may have: each takes four bytes while it is worked on. */
const mostPixels = 50_000_000;
const fewestPixels = 320;

/** The widths of the pictures that are made, smallest first. */
const photoWidths = [480, 960, 1600] as const;

/** For how long the form to upload a photo can be sent, in seconds. */
export const uploadSeconds = 30 * 60;

/** Why a photo is not taken. */
export const photoFaults = ['not-there', 'no-picture', 'too-many-pixels', 'too-small', 'unreadable'] as const;
export type PhotoFault = (typeof photoFaults)[number];

/** Of an upload: it is awaited, then pictures are made of it; at the end it stands on its campaign, or was refused. */
export const photoStates = ['awaited', 'asked', 'done', 'refused'] as const;

/** A photo that is uploaded for a campaign. */
export interface Photo {
  readonly slug: string;
  readonly uploadId: string;
  readonly alt: Bilingual;
  readonly state: (typeof photoStates)[number];
  readonly fault: PhotoFault | undefined;
  /** The pictures that were made of it. */
  readonly sizes: readonly PhotoSize[];
  readonly madeAt: Date;
}

/** What is wrong with a photo by its first bytes alone: nothing is unpacked before; undefined for a usable one. */
export function faultOfPhoto(facts: PhotoFacts | undefined): PhotoFault | undefined {
  if (!facts) return 'no-picture';
  const { width, height } = facts;
  if (width * height > mostPixels) return 'too-many-pixels';
  return Math.min(width, height) < fewestPixels ? 'too-small' : undefined;
}

/** The widths of the pictures of a photo: none is larger than the photo itself. */
export function widthsOf(width: number): readonly number[] {
  const smaller = photoWidths.filter((each) => each <= width);
  return smaller.length > 0 ? smaller : [width];
}
