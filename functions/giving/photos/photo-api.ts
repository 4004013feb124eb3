import * as z from 'zod/mini';
import { campaignInPath } from '#giving/campaigns/campaign-input.ts';
import { count, described, oneOf, text } from '#kernel/staff/answer.ts';
import { endpoint } from '#kernel/staff/endpoint.ts';
import type { FileStore, UploadForm } from '#platform/files/file-store.ts';
import { uploadForm } from '#platform/files/file-store.ts';
import { reply } from '#platform/http/endpoint.ts';
import { text as typed } from '#platform/http/fields.ts';
import { json } from '#platform/http/input.ts';
import { beginPhoto, readPhoto, takePhoto, uploadKey } from './begin-photo.ts';
import { largestUpload, type Photo, photoFaults, photoStates, uploadSeconds } from './photo.ts';

const schema = z.strictObject(
  {
    alt: z.strictObject(
      {
        en: typed('What the photo shows, in English,', 200),
        'zh-HK': typed('What the photo shows, in Chinese,', 200),
      },
      'What the photo shows is said in "en" and "zh-HK".',
    ),
  },
  'The body is an object with the field alt.',
);

const answer = () =>
  z.object({
    state: described(oneOf(photoStates), 'A photo that is `done` stands on the campaign.'),
    fault: described(z.nullable(oneOf(photoFaults)), 'Why it was refused.'),
    sizes: z.array(z.object({ hash: text, width: count, height: count })),
    upload: described(
      z.nullable(z.object({ url: text, fields: z.record(text, text) })),
      'While it is awaited: post these fields and then `file`, as multipart/form-data, at most 15 MB.',
    ),
  });

/** What is needed to let a photo be uploaded. */
export interface Uploading {
  readonly files?: FileStore;
  readonly site?: string;
}

/** The form with which a photo is sent to the bucket, while it is awaited; it leads back to the desk. */
export async function uploadFormOf(photo: Photo, { files, site }: Uploading): Promise<UploadForm | null> {
  if (photo.state !== 'awaited') return null;
  if (!files || site === undefined) throw new Error('There is no bucket to upload photos to.');
  const back = `${site}/staff/campaigns/${photo.slug}/photo/uploaded`;
  return uploadForm(files, uploadKey(photo), { largest: largestUpload, seconds: uploadSeconds, back });
}

async function toJson(photo: Photo, ctx: Uploading) {
  const { state, fault, sizes } = photo;
  return { state, fault: fault ?? null, sizes: [...sizes], upload: await uploadFormOf(photo, ctx) };
}

export const beginEndpoint = endpoint({
  id: 'beginPhoto',
  method: 'post',
  path: '/api/staff/campaigns/{slug}/photo',
  right: 'campaign.write',
  summary: 'Let a photo be uploaded for a campaign',
  description: 'JPEG or PNG, at most 15 MB and 50 megapixels. Say what it shows, for who does not see it.',
  input: {
    slug: campaignInPath(),
    body: json({ Photo: schema }, { alt: { en: 'Volunteers sort clothes.', 'zh-HK': '義工正在整理衣物。' } }),
  },
  answer,
  statuses: { 201: 'It can be uploaded.' },
  problems: ['idempotency-key-reused', 'not-found'],
  run: async ({ slug, body: { alt } }, { table, now, permit, idempotencyKey, ...ctx }) => {
    const photo = await beginPhoto({ slug, alt, idempotencyKey, permit }, { table, now });
    return reply(await toJson(photo, ctx), { status: 201 });
  },
});

const uploaded = endpoint({
  id: 'takePhoto',
  method: 'post',
  path: '/api/staff/campaigns/{slug}/photo/uploaded',
  right: 'campaign.write',
  summary: 'Make pictures of a photo that was uploaded',
  description:
    'Takes some seconds; read the photo until it is `done` or `refused`. Only its pixels are kept.',
  input: { slug: campaignInPath() },
  answer,
  problems: ['not-found'],
  run: async ({ slug }, { table, now, permit, ...ctx }) =>
    toJson(await takePhoto({ slug, permit }, { table, now }), ctx),
});

const read = endpoint({
  id: 'getPhoto',
  method: 'get',
  path: '/api/staff/campaigns/{slug}/photo',
  right: 'campaign.write',
  summary: 'The photo that was uploaded last for a campaign',
  description: 'How far it is, and what was wrong with it.',
  input: { slug: campaignInPath() },
  answer,
  problems: ['not-found'],
  run: async ({ slug }, { table, permit, ...ctx }) =>
    toJson(await readPhoto({ slug, permit }, { table }), ctx),
});

/** The staff's operations on photos of campaigns. */
export const photoApi = [beginEndpoint, uploaded, read];
