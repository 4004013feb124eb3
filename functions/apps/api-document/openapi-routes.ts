import { Hono } from 'hono';
import { cacheable, freshness, publicRead } from '#platform/web/caching.ts';
import type { SiteDeps } from '#platform/web/site-deps.ts';

/** The description of the JSON API, for programs and for people. It is made when it is first asked for. */
export function openApiRoutes(deps: Pick<SiteDeps, 'site'>): Hono {
  const app = new Hono();
  let made: ReturnType<typeof makeDocument> | undefined;
  const document = () => {
    made ??= makeDocument(deps.site);
    return made;
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

async function makeDocument(site: string) {
  const { openApiDocument } = await import('./document.ts');
  return openApiDocument(site);
}
