/**
 * What the `site` function answers, as API Gateway writes them (`METHOD /path/{parameter}`). The service stack makes one
 * HTTP API route of each, and a test holds the list against what the app answers.
 */
const answered = [
  'GET /',
  'GET /zh',
  'GET /campaigns/{slug}',
  'GET /zh/campaigns/{slug}',
  'GET /campaigns/{slug}/qr.svg',
  'GET /zh/campaigns/{slug}/qr.svg',
  'GET /campaigns/{slug}/supporters',
  'GET /zh/campaigns/{slug}/supporters',
  'GET /campaigns/{slug}/money',
  'GET /zh/campaigns/{slug}/money',
  'GET /campaigns/{slug}/money.csv',
  'GET /zh/campaigns/{slug}/money.csv',
  'POST /campaigns/{slug}',
  'POST /zh/campaigns/{slug}',
  'GET /thanks/{checkoutId}',
  'GET /zh/thanks/{checkoutId}',
  'POST /thanks/{checkoutId}/address',
  'POST /zh/thanks/{checkoutId}/address',
  'GET /assets/{file}',
  'GET /api/campaigns',
  'GET /api/campaigns/{slug}',
  'GET /api/campaigns/{slug}/gifts',
  'GET /api/campaigns/{slug}/money',
  'POST /api/campaigns/{slug}/checkouts',
  'GET /api/checkouts/{checkoutId}',
  'GET /api/openapi.json',
  'GET /api/docs',
  // A script of another site asks with OPTIONS first when it sends If-None-Match.
  'OPTIONS /api/campaigns',
  'OPTIONS /api/campaigns/{slug}',
  'OPTIONS /api/campaigns/{slug}/gifts',
  'OPTIONS /api/campaigns/{slug}/money',
  'OPTIONS /api/openapi.json',
];

/** Every route of the `site` function: what it answers, and HEAD wherever there is GET (RFC 9110, section 9.1). */
export const siteRoutes: readonly string[] = [
  ...answered,
  ...answered.filter((route) => route.startsWith('GET ')).map((route) => route.replace('GET', 'HEAD')),
];
