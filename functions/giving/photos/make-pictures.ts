import { createHash } from 'node:crypto';
import type { PhotoSize } from '#giving/campaigns/campaign.ts';
import { toDoneChange } from '#kernel/outbox/end-message.ts';
import { photoOf } from '#kernel/outbox/outbox.ts';
import type { Clock } from '#platform/clock.ts';
import { picturesPrefix } from '#platform/files/file-keys.ts';
import { type FileStore, putFile, readFile, removeFile } from '#platform/files/file-store.ts';
import { commit } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems, type Table } from '#platform/table/table.ts';
import { uploadKey } from './begin-photo.ts';
import { faultOfPhoto, largestUpload, type Photo, type PhotoFault, widthsOf } from './photo.ts';
import { isOnSide, type PhotoFacts, type Pixels, readPhotoHeader } from './photo-header.ts';
import { fromPhotoItem } from './photo-item.ts';

/** A photo that is unpacked. */
export interface OpenPhoto {
  /** The photo at a width, upright, with nothing but its pixels in it. */
  readonly at: (width: number) => Pixels & { readonly jpeg: Uint8Array };
  readonly close: () => void;
}

export interface PictureContext {
  readonly table: Table;
  readonly files: FileStore;
  readonly clock: Clock;
  /** Unpacks a photo. @throws Error for one that cannot be read */
  readonly open: (bytes: Uint8Array, facts: PhotoFacts) => OpenPhoto;
}

/**
 * Makes the pictures of a photo and puts them on its campaign, once. What is no usable photo is refused with its fault; the upload is
 * deleted either way, and nothing of it but pixels is kept.
 * @param outboxKey the key of its message
 */
export async function makePictures(
  outboxKey: string,
  ctx: PictureContext,
): Promise<'done' | 'refused' | 'already-over'> {
  const { slug, uploadId } = photoOf(outboxKey);
  const key = keys.photo(slug);
  const item = (await readItems(ctx.table, [key], { consistent: true })).itemAt(key);
  const photo = item && fromPhotoItem(item);
  if (photo?.uploadId !== uploadId || photo.state !== 'asked') {
    await removeFile(ctx.files, uploadKey({ slug, uploadId }));
    await commit(ctx.table, () => ({ outbox: toDoneChange({ key: outboxKey }, ctx.clock()) }));
    return 'already-over';
  }
  const made = await picturesOf(photo, ctx);
  if (Array.isArray(made)) {
    for (const { hash, jpeg } of made) {
      await putFile(ctx.files, picturesPrefix + hash, jpeg, { contentType: 'image/jpeg' });
    }
  }
  await end(photo, outboxKey, made, ctx);
  await removeFile(ctx.files, uploadKey(photo));
  return Array.isArray(made) ? 'done' : 'refused';
}

type Made = (PhotoSize & { readonly jpeg: Uint8Array })[];

async function picturesOf(photo: Photo, { files, open }: PictureContext): Promise<Made | PhotoFault> {
  const bytes = await readFile(files, uploadKey(photo));
  if (!bytes) return 'not-there';
  const facts = bytes.length <= largestUpload ? readPhotoHeader(bytes) : undefined;
  const fault = faultOfPhoto(facts);
  if (fault || !facts) return fault ?? 'no-picture';
  try {
    return shrink(open(bytes, facts), facts);
  } catch {
    // Whatever its unpacking stumbles over, the file is at fault.
    return 'unreadable';
  }
}

function shrink(opened: OpenPhoto, { width, height, orientation }: PhotoFacts): Made {
  try {
    return widthsOf(isOnSide(orientation) ? height : width).map((each) => {
      const { jpeg, width: made, height: tall } = opened.at(each);
      return { hash: createHash('sha256').update(jpeg).digest('hex'), width: made, height: tall, jpeg };
    });
  } finally {
    opened.close();
  }
}

/** Writes how it ended; the campaign has the pictures in the same transaction, as its next revision. */
async function end(photo: Photo, outboxKey: string, made: Made | PhotoFault, ctx: PictureContext) {
  const { slug, uploadId, alt } = photo;
  const sizes = Array.isArray(made) && made.map(({ hash, width, height }) => ({ hash, width, height }));
  await commit(ctx.table, () => ({
    photo: {
      update: keys.photo(slug),
      set: {
        expression: `SET #state = :state, ${sizes ? 'sizes' : '#fault'} = :made`,
        names: { '#state': 'state', ...(!sizes && { '#fault': 'fault' }) },
        values: {
          ':state': sizes ? 'done' : 'refused',
          ':made': sizes || made,
          ':asked': 'asked',
          ':upload': uploadId,
        },
      },
      condition: '#state = :asked AND uploadId = :upload',
    },
    ...(sizes && {
      campaign: {
        update: keys.campaign(slug),
        set: {
          expression: 'SET picture = :picture, revision = if_not_exists(revision, :zero) + :one',
          values: { ':picture': { sizes, alt }, ':zero': 0, ':one': 1 },
        },
        condition: 'attribute_exists(pk)',
      },
    }),
    outbox: toDoneChange({ key: outboxKey }, ctx.clock()),
  }));
}
