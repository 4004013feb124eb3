import type { ProblemCode } from '#platform/errors.ts';
import type { Parameter, Schema } from '#platform/http/described.ts';

/** One call of the API, before it is written as OpenAPI. */
export interface Operation {
  readonly id: string;
  readonly method: 'get' | 'post' | 'put';
  readonly path: string;
  readonly tag: 'Campaigns' | 'Checkouts' | 'Staff' | 'Webhooks' | 'This document';
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly Parameter[];
  readonly body?: {
    /** By default JSON. */
    readonly type: 'application/json' | 'multipart/form-data';
    readonly schema: Schema;
    readonly example: unknown;
  };
  readonly answer: {
    /** When it answers with which status. */
    readonly statuses: Readonly<Partial<Record<200 | 201 | 202, string>>>;
    readonly schema: Schema;
    readonly example?: unknown;
  };
  /** Only for the staff, with a token of the sign-in. */
  readonly staff?: boolean;
  /** A read that any site may make (CORS), with an ETag. */
  readonly publicRead?: boolean;
  /** The problems it can answer; any call can answer `internal`. */
  readonly problems: readonly ProblemCode[];
}
