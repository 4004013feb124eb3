import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Hono } from 'hono';
import { listWaitingComments } from '#giving/comments/list-waiting-comments.ts';
import { moderateComment } from '#giving/comments/moderate-comment.ts';
import { permit } from '#kernel/staff/rights.ts';
import { Problem } from '#platform/errors.ts';
import { openTable } from '#platform/table/table.ts';
import { refuseForeignForms, refuseFrames } from '../../local/same-site.ts';
import { commentsPage } from './comments-page.tsx';

const path = '/__local/words';
/** The person at the laptop. */
const moderator = { id: 'local', roles: ['campaigns'] } as const;
const pagePolicy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'";

/**
 * The desk for comments and names on the laptop: `GET /__local/words` lists those that wait, `POST /__local/words/{checkoutId}` with
 * the form field `decision` (`approve` or `refuse`) decides on the comment, and with `about=name` on the name.
 *
 * @param options.dynamodbUrl where the local cloud keeps its table
 */
export function createCommentsRoutes(options: {
  dynamodbUrl: string;
  region: string;
  tableName: string;
}): Hono {
  const table = openTable(
    options.tableName,
    new DynamoDBClient({
      endpoint: options.dynamodbUrl,
      region: options.region,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
  );
  const app = new Hono();
  app.use(refuseFrames, refuseForeignForms);
  app.get(path, async (c) => {
    c.header('content-security-policy', pagePolicy);
    return c.html(commentsPage(await listWaitingComments({ table, now: new Date() })));
  });
  app.post(`${path}/:checkoutId`, async (c) => {
    const { decision, about } = await c.req.parseBody();
    if (decision !== 'approve' && decision !== 'refuse') {
      const detail = 'The decision is approve or refuse.';
      throw new Problem('invalid', detail, { errors: [{ pointer: '/decision', detail }] });
    }
    const moderation = {
      checkoutId: c.req.param('checkoutId'),
      about: about === 'name' ? 'name' : 'message',
      decision,
    } as const;
    await moderateComment(
      { ...moderation, idempotencyKey: randomUUID(), permit: permit(moderator, 'words.moderate') },
      {
        table,
        now: new Date(),
      },
    );
    return c.redirect(path, 303);
  });
  app.onError((error) => {
    if (error instanceof Problem) return error.toResponse();
    throw error;
  });
  return app;
}
