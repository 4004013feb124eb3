import { auditChange } from '#kernel/audit-log/audit-change.ts';
import { photoMessage } from '#kernel/outbox/outbox.ts';
import { toOutboxItem } from '#kernel/outbox/outbox-item.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import type { Bilingual } from '#platform/charity.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import { uploadsPrefix } from '#platform/files/file-keys.ts';
import { isSlug } from '#platform/id-shapes.ts';
import { newId } from '#platform/ids.ts';
import { commit, isNew } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { once } from '#platform/table/once.ts';
import { readItems } from '#platform/table/table.ts';
import type { Photo } from './photo.ts';
import { fromPhotoItem, toPhotoItem } from './photo-item.ts';

type Permitted = Permit<'campaign.write'>;
type Ctx = Pick<Context, 'table' | 'now'>;

/** Where an upload arrives in the bucket. */
export function uploadKey({ slug, uploadId }: Pick<Photo, 'slug' | 'uploadId'>): string {
  return `${uploadsPrefix}${slug}/${uploadId}`;
}

/**
 * Says what a campaign's photo will show, and lets it be uploaded; one that was begun before is given up.
 * @throws Problem `not-found`
 */
export function beginPhoto(
  {
    slug,
    alt,
    idempotencyKey,
    permit,
  }: {
    readonly slug: string;
    readonly alt: Bilingual;
    readonly idempotencyKey: string;
    readonly permit: Permitted;
  },
  { table, now }: Ctx,
): Promise<Photo> {
  const keyed = { caller: permit.actor.id, route: `campaigns/${slug}/photo`, key: idempotencyKey, body: alt };
  return once({ table, now }, keyed, {
    attempt: async (record) => {
      const known =
        isSlug(slug) && (await readItems(table, [keys.campaign(slug)])).itemAt(keys.campaign(slug));
      if (!known) throw new Problem('not-found', 'There is no such campaign.');
      const uploadId = newId('upload');
      const begun = {
        slug,
        uploadId,
        alt,
        state: 'awaited',
        fault: undefined,
        sizes: [],
        madeAt: now,
      } as const;
      const outcome = await commit(table, () => ({
        once: record(slug),
        photo: { put: toPhotoItem(begun) },
        audit: auditChange(
          permit,
          { object: { kind: 'campaign', id: slug }, after: { photo: uploadId } },
          now,
        ),
      }));
      return outcome.committed ? begun : undefined;
    },
    answer: () => readPhoto({ slug, permit }, { table }),
  });
}

/** The photo that is uploaded for a campaign. @throws Problem `not-found` */
export async function readPhoto(
  { slug }: { readonly slug: string; readonly permit: Permitted },
  { table }: Pick<Context, 'table'>,
): Promise<Photo> {
  const key = keys.photo(slug);
  const item = isSlug(slug) ? (await readItems(table, [key], { consistent: true })).itemAt(key) : undefined;
  if (!item) throw new Problem('not-found', 'No photo was begun for this campaign.');
  return fromPhotoItem(item);
}

/**
 * Lets pictures be made of a photo, once: its upload has ended.
 * @throws Problem `not-found`
 */
export async function takePhoto(
  { slug, permit }: { readonly slug: string; readonly permit: Permitted },
  { table, now }: Ctx,
): Promise<Photo> {
  const photo = await readPhoto({ slug, permit }, { table });
  const { uploadId } = photo;
  if (photo.state !== 'awaited') return photo;
  const outcome = await commit(table, () => ({
    photo: {
      update: keys.photo(slug),
      set: {
        expression: 'SET #state = :asked',
        names: { '#state': 'state' },
        values: { ':asked': 'asked', ':awaited': 'awaited', ':upload': uploadId },
      },
      condition: '#state = :awaited AND uploadId = :upload',
    },
    outbox: { put: toOutboxItem(photoMessage({ slug, uploadId, createdAt: now })), condition: isNew },
  }));
  return outcome.committed ? { ...photo, state: 'asked' } : readPhoto({ slug, permit }, { table });
}
