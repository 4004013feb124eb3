import { makePictures } from '#giving/photos/make-pictures.ts';
import { openPhoto } from '#giving/photos/open-photo.ts';
import { variable } from '#platform/config.ts';
import { openFiles } from '#platform/files/file-store.ts';
import { log } from '#platform/log.ts';
import { openTable } from '#platform/table/table.ts';

const ctx = {
  table: openTable(variable('TABLE_NAME')),
  files: openFiles(variable('FILES_BUCKET')),
  clock: () => new Date(),
  open: openPhoto,
};

/** Lambda `picture-maker`: makes the pictures of one photo. A failure is repeated by Lambda, and later by the sweep. */
export async function handler({ outboxKey }: { readonly outboxKey: string }): Promise<void> {
  log('info', 'photo', { outboxKey, outcome: await makePictures(outboxKey, ctx) });
}
