import { auditLogApi } from '#kernel/audit-log/audit-log-api.ts';
import type { Endpoint } from '#kernel/staff/endpoint.ts';

/** Every operation of the staff's API. Routes, rights and the API's document follow from it. */
export const staffEndpoints: readonly Endpoint[] = [...auditLogApi];
