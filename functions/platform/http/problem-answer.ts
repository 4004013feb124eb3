import * as z from 'zod/mini';
import { type ProblemCode, problems } from '#platform/errors.ts';

const codes = Object.keys(problems) as ProblemCode[];

const fieldError = z.object({
  pointer: z
    .string()
    .check(
      z.describe(
        'Where: a JSON pointer into the body (RFC 6901), `/limit` or `/cursor` for a parameter, or the name of a header.',
      ),
    ),
  detail: z.string().check(z.describe('What would be right.')),
});

/** What is answered to a request that cannot be carried out (RFC 9457). */
export const problemAnswer = z.object({
  type: z.string().check(z.describe('`urn:tideover:problem:` with the code.')),
  title: z.string().check(z.describe('The same for every problem of this code.')),
  status: z.int().check(z.describe('The HTTP status.')),
  detail: z.string().check(z.describe('What is wrong this time, for a person.')),
  code: z.enum(codes).check(z.describe('Programs may decide by it; the list is closed.')),
  errors: z.optional(z.array(fieldError)).check(z.describe('Each field that is not right.')),
});
