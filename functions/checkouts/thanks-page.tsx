import type { Language } from '../platform/charity.ts';
import { formatMoney } from '../platform/money.ts';
import { localPath } from '../site/languages.ts';
import { page } from '../site/layout.tsx';
import { wordsOf } from '../site/words.ts';
import type { Checkout } from './checkout.ts';

/**
 * The page after paying. It never books: it shows where the checkout stands, and looks again by itself until Stripe's event
 * has arrived.
 */
export function thanksPage(checkout: Checkout, language: Language, demonstration: boolean) {
  const words = wordsOf(language);
  const waiting = checkout.status === 'open' || checkout.status === 'processing';
  const paid = checkout.status === 'paid';
  const title = paid ? words.doneTitle : waiting ? words.confirmingTitle : words.notPaidTitle;
  return page(
    {
      language,
      path: `/thanks/${checkout.id}`,
      title,
      demonstration,
      unlisted: true,
      ...(waiting && { refresh: 2 }),
    },
    <section class="card" data-status={checkout.status}>
      <h1>{title}</h1>
      <p class="lead" role="status">
        {paid
          ? words.done(formatMoney(checkout.amount, checkout.currency))
          : waiting
            ? words.confirming
            : words.notPaid}
      </p>
      <p>
        <a class="button" href={localPath(language, `/campaigns/${checkout.campaign}`)}>
          {words.back}
        </a>
      </p>
    </section>,
  );
}
