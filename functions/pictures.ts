import { createPicturesApp } from '#apps/pictures/pictures-app.ts';
import { variable } from '#platform/config.ts';
import { openFiles } from '#platform/files/file-store.ts';
import { serve } from '#platform/http/serve.ts';

/** Lambda `pictures`: the photos of public pages. It stands beside `site`, which needs no client of S3 at its start. */
export const handler = serve(createPicturesApp({ files: openFiles(variable('FILES_BUCKET')) }));
