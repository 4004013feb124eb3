import type { PhotoFault } from './photo.ts';

/** The sentences of the desk's pages about photos. */
export const photoWords = {
  title: (campaign: string) => `A photo for “${campaign}”`,
  intro:
    'First say what the photo shows, for people who do not see it; then choose the photo. It replaces the picture that the campaign has.',
  alt: 'What the photo shows',
  altHint: 'One sentence, such as: Two volunteers sort children’s shoes.',
  inEnglish: (what: string) => `${what}, English`,
  inChinese: (what: string) => `${what}, Chinese`,
  next: 'Go on to the photo',
  choose: 'The photo, JPEG or PNG, at most 15 MB',
  consent: 'Show no face of anybody who has not agreed to it. Where it was taken is removed from the file.',
  tooLarge:
    'If the next page shows “EntityTooLarge”, the photo has more than 15 MB: go back and choose a smaller one.',
  upload: 'Upload it',
  working: 'The photo is being made smaller. This takes some seconds; the page looks again by itself.',
  done: 'The photo stands on the campaign.',
  toCampaigns: 'All campaigns',
  another: 'Choose another photo',
  describeAgain: 'Say again what it shows',
  refused: 'This photo was not taken, and nothing of it was kept',
  faults: {
    'not-there': 'No photo arrived. Please choose it again.',
    'no-picture':
      'The file is no JPEG and no PNG, whatever its name says, or it is cut off. Please choose a photo.',
    'too-many-pixels': 'The photo has more than 50 megapixels. Please choose a smaller one.',
    'too-small': 'The photo is smaller than 320 pixels. Please choose a larger one.',
    unreadable: 'The file cannot be read as a photo: it seems to be damaged. Please choose another one.',
  } as const satisfies Record<PhotoFault, string>,
};
