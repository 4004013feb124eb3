import { publicEndpoints } from '#apps/public-api/endpoints.ts';
import { staffEndpoints } from '#apps/staff/endpoints.ts';
import { ifNoneMatch, ofPublic, ofStaff } from './from-endpoint.ts';
import type { Operation } from './operation.ts';

const itself: Operation = {
  id: 'getOpenApi',
  method: 'get',
  path: '/api/openapi.json',
  tag: 'This document',
  summary: 'The description of the API',
  description: 'OpenAPI 3.1, made from the schemas that requests are checked with.',
  parameters: [ifNoneMatch],
  publicRead: true,
  answer: { statuses: { 200: 'This document.' }, schema: { type: 'object' } },
  problems: [],
};

/** Every call of the JSON API. */
export const operations: readonly Operation[] = [
  ...publicEndpoints.map(ofPublic),
  ...staffEndpoints.map(ofStaff),
  itself,
];
