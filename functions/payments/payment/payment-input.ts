import type { Month } from '#platform/clock.ts';
import { hasVisible } from '#platform/http/fields.ts';
import { type Input, inPath, inQuery } from '#platform/http/input.ts';
import { wrongParameter } from '#platform/http/requests.ts';
import { isSlug } from '#platform/id-shapes.ts';

/** The payment of a gift, in the path. */
export const paymentInPath = inPath({ description: 'Stripe’s PaymentIntent.', example: 'pi_3Q0example' });

/** The fund that a list is of; all of them where none is named, or an empty one, as a form sends it. */
export const fundInQuery: Input<string | undefined> = inQuery(
  { description: 'The fund’s slug; by default all funds.', example: 'lai-chi-kok-warehouse' },
  (asked) => {
    if (!asked) return undefined;
    if (!isSlug(asked)) throw wrongParameter('fund', 'The fund is a slug, such as soup-kitchen.');
    return asked;
  },
);

/** What a page of payments is a page of, for its cursor. */
export function listName(month: Month, fund: string | undefined): string {
  return fund === undefined ? `payments ${month}` : `payments ${month} ${fund}`;
}

const longestSearch = 254;

/** What a person looks for; undefined for an empty search, as a form sends it. */
export const searchInQuery: Input<string | undefined> = inQuery(
  {
    description:
      'Finds payments: an e-mail address; a payment’s id, which donors know as the reference; the reference of a promise; or whole parts of a name.',
    example: 'pi_3Q0example',
  },
  (asked) => {
    if (!hasVisible(asked)) return undefined;
    if (asked.length > longestSearch)
      throw wrongParameter('q', `A search has at most ${longestSearch} characters.`);
    return asked.trim();
  },
);
