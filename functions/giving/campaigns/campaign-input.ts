import { type Input, inPath } from '#platform/http/input.ts';

/** @param read throws for an invalid slug, where answering `not-found` is not enough */
export const campaignInPath = (read: (slug: string) => string = (slug) => slug): Input<string> =>
  inPath(
    {
      description: 'Names the campaign.',
      schema: { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 60 },
      example: 'lai-chi-kok-warehouse',
    },
    read,
  );
