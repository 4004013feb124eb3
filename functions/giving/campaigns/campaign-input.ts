import { type Input, inPath } from '#kernel/staff/input.ts';

/** What the API's document says of a campaign's slug in a path. */
export const slugParameter = {
  description: 'Names the campaign.',
  schema: { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 60 },
  example: 'lai-chi-kok-warehouse',
} as const;

/** A campaign's slug in the path. @param read refuses what is none, where it is not enough that there is no such campaign */
export const campaignInPath = (read: (slug: string) => string = (slug) => slug): Input<string> =>
  inPath(slugParameter, read);
