import { publicEndpoints } from '#apps/public-api/endpoints.ts';
import { pagesWithAddress } from '#giving/plain-pages/public-plain-pages.ts';
import { routeOf } from '#platform/http/endpoint.ts';

/** The pages that exist in both languages, by their addresses in English. */
const pages = [
  'GET /campaigns/{slug}',
  'GET /campaigns/{slug}/qr.svg',
  'GET /campaigns/{slug}/supporters',
  'GET /campaigns/{slug}/money',
  'GET /campaigns/{slug}/money.csv',
  'POST /campaigns/{slug}',
  'GET /preview/{slug}/{key}',
  'GET /thanks/{checkoutId}',
  'POST /thanks/{checkoutId}/address',
  'GET /give',
  'POST /give',
  'GET /give/{checkoutId}',
  'GET /complaint',
  'POST /complaint',
  ...pagesWithAddress.map((name) => `GET /${name}`),
  'GET /privacy',
];

/**
 * The routes of the `site` function, in API Gateway's form (`METHOD /path/{parameter}`). The service stack makes one HTTP API route of
 * each, and a test compares the list with what the app answers. HEAD and OPTIONS come through the API's `$default`.
 */
export const siteRoutes: readonly string[] = [
  'GET /',
  'GET /zh',
  ...pages.flatMap((route) => [route, route.replace(' /', ' /zh/')]),
  'GET /favicon.ico',
  'GET /robots.txt',
  'GET /sitemap.xml',
  'GET /assets/{file}',
  ...publicEndpoints.map(routeOf),
  'GET /api/openapi.json',
  'GET /api/docs',
];
