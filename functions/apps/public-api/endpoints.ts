import { publicCampaignApi } from '#giving/campaigns/public-campaign-api.ts';
import { checkoutApi } from '#giving/gift-form/checkout-api.ts';
import { moneyApi } from '#giving/money-page/money-api.ts';
import type { PublicEndpoint } from '#platform/web/public-endpoint.ts';

/**
 * Every operation of the JSON API that is open to everybody, in the order of its document. Its routes and the document are derived from
 * it.
 */
export const publicEndpoints: readonly PublicEndpoint[] = [...publicCampaignApi, ...moneyApi, ...checkoutApi];
