import { deskForm } from '#kernel/staff/form-endpoint.ts';
import { allTrustees } from '#kernel/trustees/trustee-link.ts';
import { formatMoney } from '#platform/money.ts';
import { askEndpoint, visibleStep } from './trustee-api.ts';
import { askWords as words } from './trustee-words.ts';

const ask = deskForm({
  operation: askEndpoint,
  path: '/staff/second-person/{kind}/{id}',
  read: async ({ kind, id }, { actor, table }) => {
    const step = visibleStep(kind, actor);
    const waiting = await step.read(id, { table });
    return { waiting, page: step.pageOf(id), sum: formatMoney(waiting.amount, waiting.currency) };
  },
  title: () => words.title,
  about: ({ waiting, sum }) => words.about(sum, waiting.what.en, waiting.fund.en),
  over: ({ waiting }) => {
    if (!waiting.isWaiting) return words.over;
    return allTrustees().length === 0 ? words.none : undefined;
  },
  fields: () => [
    {
      ...{ name: 'trustee', kind: 'choice', label: words.trustee, hint: words.hint },
      options: allTrustees().map(({ name }) => [name, name] as const),
    },
  ],
  button: words.goOn,
  confirm: ({ trustee }, { sum }) => ({
    sentence: words.ask(String(trustee), sum),
    button: words.button(String(trustee)),
  }),
  back: (_, { page }) => page,
  done: 'trustee-asked',
});

/** The page by which a trustee is asked. */
export const trusteePages = [...ask];
