import { Hono } from 'hono';
import { cacheable, freshness, publicRead } from '#platform/web/caching.ts';
import type { SiteContext } from '#platform/web/site-context.ts';
import type { OpenApiDocument } from './document.ts';

export interface DocumentContext extends Pick<SiteContext, 'site'> {
  /** The document, for any site. It is built where all operations are at hand; the site's own bundle does not hold them. */
  readonly apiDocument: () => Promise<OpenApiDocument>;
}

/** The description of the JSON API, for programs and for people. It is read at the first request for it. */
export function openApiRoutes(ctx: DocumentContext): Hono {
  const app = new Hono();
  let read: Promise<OpenApiDocument> | undefined;
  const document = () => {
    read ??= readDocument(ctx);
    return read;
  };
  publicRead(app, '/api/openapi.json', freshness.documents);
  app.get('/api/openapi.json', async (c) => c.json(await document()));
  cacheable(app, '/api/docs', freshness.documents);
  app.get('/api/docs', async (c) => {
    const { docsPage } = await import('./docs-page.tsx');
    return c.html(docsPage(await document()));
  });
  return app;
}

async function readDocument({ apiDocument, site }: DocumentContext): Promise<OpenApiDocument> {
  return { ...(await apiDocument()), servers: [{ url: site }] };
}
