import { campaignInPath } from '#giving/campaigns/campaign-input.ts';
import { freshness } from '#platform/web/caching.ts';
import { publicEndpoint } from '#platform/web/public-endpoint.ts';
import { type MoneyAnswer, toMoneyAnswer } from './money-answer.ts';
import { recallMoney } from './read-money.ts';

const money = publicEndpoint({
  id: 'getMoney',
  method: 'get',
  path: '/api/campaigns/{slug}/money',
  tag: 'Campaigns',
  summary: 'Where the money of a campaign went',
  description:
    'Sums by month and purpose, from the books. A purpose is shown from five payments on; fewer join other help or a later month.',
  input: { slug: campaignInPath() },
  fresh: freshness.totals,
  answerName: 'Money',
  statuses: { 200: 'The sums.' },
  problems: ['not-found'],
  run: async ({ slug }, ctx): Promise<MoneyAnswer> => toMoneyAnswer(await recallMoney(slug, ctx)),
});

export const moneyApi = [money];
