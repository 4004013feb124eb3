import type { Context } from 'hono';
import { Problem } from '#platform/errors.ts';
import type { Input } from '#platform/http/input.ts';

/** What the writer read before: nothing yet, or a revision; `any` to write whatever stands there. */
export type Seen = 'nothing' | 'any' | number;

/**
 * What the writer of a whole thing saw of it, by the headers of RFC 9110, section 13.1: `If-Match` with the ETag, or
 * `If-None-Match: *` for a new one.
 *
 * @param noun what is written, for sentences: `campaign`
 */
export function overwriting(noun: string): Input<Seen> {
  return {
    read: (c) => readSeen(c, noun),
    problems: ['precondition-required', 'precondition-failed'],
    parameters: () => [
      {
        name: 'If-Match',
        in: 'header',
        description: `The ETag that you read; without it, send \`If-None-Match: *\` for a new ${noun}.`,
        schema: { type: 'string' },
      },
      {
        name: 'If-None-Match',
        in: 'header',
        description: `\`*\` for a ${noun} that must not be there yet.`,
        schema: { type: 'string' },
      },
    ],
  };
}

/** @throws Problem `precondition-required` without both, `precondition-failed` for an ETag that was never ours */
function readSeen(c: Context, noun: string): Seen {
  const match = c.req.header('if-match');
  if (match === undefined) {
    if (c.req.header('if-none-match') === '*') return 'nothing';
    throw new Problem(
      'precondition-required',
      `Send If-Match with the ETag that you read, or If-None-Match: * for a new ${noun}.`,
    );
  }
  if (match === '*') return 'any';
  const revision = /^"(\d{1,9})"$/.exec(match)?.[1];
  if (!revision) throw new Problem('precondition-failed', `If-Match is no ETag of a ${noun}.`);
  return Number(revision);
}
