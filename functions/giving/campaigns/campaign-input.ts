import { type Input, inPath } from '#platform/http/input.ts';

/** A campaign's slug in the path. @param read refuses what is none, where it is not enough that there is no such campaign */
export const campaignInPath = (read: (slug: string) => string = (slug) => slug): Input<string> =>
  inPath(
    {
      description: 'Names the campaign.',
      schema: { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 60 },
      example: 'lai-chi-kok-warehouse',
    },
    read,
  );
