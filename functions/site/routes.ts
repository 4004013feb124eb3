/**
 * Every route of the `site` function, as API Gateway writes them (`METHOD /path/{parameter}`). The service stack makes one
 * HTTP API route of each, and a test holds the list against what the app answers.
 */
export const siteRoutes = [
  'GET /',
  'GET /zh',
  'GET /campaigns/{slug}',
  'GET /zh/campaigns/{slug}',
  'POST /campaigns/{slug}',
  'POST /zh/campaigns/{slug}',
  'GET /thanks/{checkoutId}',
  'GET /zh/thanks/{checkoutId}',
  'GET /assets/{file}',
  'GET /api/campaigns',
  'GET /api/campaigns/{slug}',
  'GET /api/campaigns/{slug}/gifts',
  'POST /api/campaigns/{slug}/checkouts',
  'GET /api/checkouts/{checkoutId}',
] as const;
