import { slugParameter } from '#giving/campaigns/campaign-input.ts';
import { page as pageInput, parametersOf } from '#kernel/staff/input.ts';
import type { ProblemCode } from '#platform/errors.ts';
import type { Parameter, Schema } from '#platform/http/described.ts';
import { reference, type SchemaName } from './schemas.ts';

/** One call of the API, before it is written as OpenAPI wants it. */
export interface Operation {
  readonly id: string;
  readonly method: 'get' | 'post' | 'put';
  readonly path: string;
  readonly tag: 'Campaigns' | 'Checkouts' | 'Staff' | 'Webhooks' | 'This document';
  readonly summary: string;
  readonly description: string;
  readonly parameters?: readonly Parameter[];
  readonly body?: {
    /** JSON when it is left out. */
    readonly type?: 'application/json' | 'multipart/form-data';
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
  /** A read that any site may make, with an ETag. */
  readonly publicRead?: boolean;
  /** What can be wrong; `internal` can be everywhere. */
  readonly problems: readonly ProblemCode[];
}

/** Refers to one of the document's schemas. */
export const schema = (name: SchemaName): Schema => ({ $ref: reference(name) });

/** The path parameter of a campaign. */
export const slug: Parameter = { name: 'slug', in: 'path', required: true, ...slugParameter };

/** The parameters of a list that is answered in pages. */
export const page: readonly Parameter[] = parametersOf(pageInput);

/** The header that makes a request safe to repeat. */
export const idempotencyKey: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description:
    'New for each request, for example a random UUID. The same request sent again under its key starts nothing new and is answered the same checkout; another body under a used key is a problem.',
  schema: { type: 'string', pattern: '^[ -~]{1,255}$', minLength: 1, maxLength: 255 },
  example: '6f0c8f0e-7f3a-4a53-9d0e-2b1f6f3a9c11',
};
