import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { PhotonImage } from '@silvia-odwyer/photon-node';
import { describe, expect } from 'vitest';
import { createPicturesApp } from '#apps/pictures/pictures-app.ts';
import { fromCampaignItem } from '#giving/campaigns/campaign-item.ts';
import { makePictures } from '#giving/photos/make-pictures.ts';
import { openPhoto } from '#giving/photos/open-photo.ts';
import { readPhotoHeader } from '#giving/photos/photo-header.ts';
import { deskOn } from '../support/desk.ts';
import { startFiles } from '../support/files.ts';
import { nobody } from '../support/local-stripe.ts';
import { siteOn } from '../support/site.ts';
import { campaignStory } from '../support/story.ts';
import { everything } from '../support/table.ts';

const upload = '/staff/campaigns/education/photo/upload';

/** A desk with a bucket that browsers send photos to, and the function that makes pictures of them. */
const it = campaignStory.extend('photos', async ({ table }, { onCleanup }) => {
  const files = await startFiles(() => new Date());
  onCleanup(() => files.close());
  const more = { files: files.store, site: 'https://give.example.org' };
  const desk = deskOn(table, 'campaigns', new Date(), undefined, undefined, more);
  const describePhoto = () =>
    desk.send('/staff/campaigns/education/photo', {
      'alt/en': 'A child reads.',
      'alt/zh-HK': '孩子正在看書。',
    });
  /** Sends a file by the form that the page holds, as a browser does; answers where it leads. */
  const send = async (bytes: Uint8Array, name = 'photo.jpg', changes: Record<string, string> = {}) => {
    await describePhoto();
    const { html } = await desk.get(upload);
    const form = new FormData();
    for (const [, field = '', value = ''] of html.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)) {
      if (field !== 'csrf') form.append(field, changes[field] ?? value.replaceAll('&amp;', '&'));
    }
    form.append('file', new File([new Uint8Array(bytes)], name));
    const action = /action="(http[^"]+)"/.exec(html)?.[1] ?? '';
    const answer = await fetch(action, { method: 'POST', body: form, redirect: 'manual' });
    return {
      status: answer.status,
      location: answer.headers.get('location') ?? '',
      body: await answer.text(),
    };
  };
  const make = async () => {
    const messages = await everything(table, 'outbox');
    const ctx = { table, files: files.store, clock: () => new Date(), open: openPhoto };
    return Promise.all(
      messages.filter(({ uploadId }) => uploadId).map(({ key }) => makePictures(String(key), ctx)),
    );
  };
  return {
    ...{ desk, send, make, describePhoto, objects: files.objects },
    /** Sends a file and lets pictures be made of it. */
    take: async (bytes: Uint8Array, name?: string) => {
      const { location } = await send(bytes, name);
      await desk.get(new URL(location).pathname);
      await make();
      return (await desk.get(upload)).html;
    },
    pictures: createPicturesApp({ files: files.store }),
    site: siteOn(table, nobody),
  };
});

/** A photo of one colour with another in its upper left corner. */
function photo(width: number, height: number): Uint8Array {
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let y = 0; y < height / 2; y += 1) {
    for (let x = 0; x < width / 2; x += 1) rgba.set([200, 0, 0, 255], (y * width + x) * 4);
  }
  return new PhotonImage(rgba, width, height).get_bytes_jpeg(90);
}

/** Puts EXIF into a JPEG: to be turned as the camera was held, and where it was taken. */
function withExif(jpeg: Uint8Array, orientation: number): Uint8Array {
  const tiff = Buffer.alloc(26);
  tiff.write('MM\0*', 0, 'latin1');
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  tiff.writeUInt16BE(0x0112, 10);
  tiff.writeUInt16BE(3, 12);
  tiff.writeUInt32BE(1, 14);
  tiff.writeUInt16BE(orientation, 18);
  const body = Buffer.concat([
    Buffer.from('Exif\0\0', 'latin1'),
    tiff,
    Buffer.from('GPS 22.3193 N 114.1694 E'),
  ]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]);
}

/** A PNG that says it is 30,000 pixels wide and high, in a few bytes. */
function hugePng(): Uint8Array {
  const chunk = (type: string, data: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4)]);
  };
  const size = Buffer.alloc(13);
  size.writeUInt32BE(30_000, 0);
  size.writeUInt32BE(30_000, 4);
  size.set([8, 0, 0, 0, 0], 8);
  const mark = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([mark, chunk('IHDR', size), chunk('IDAT', deflateSync(Buffer.alloc(5000)))]);
}

describe('a photo of a campaign', () => {
  it('is described, sent to the bucket by a plain form, and stands on the campaign in three widths, upright and without where it was taken', async ({
    table,
    photos,
  }) => {
    expect((await photos.describePhoto()).location).toBe(`${upload}?done=described`);
    const html = await photos.take(withExif(photo(2000, 1000), 6));
    expect(html).toContain('The photo stands on the campaign.');
    const campaign = (await everything(table, 'campaign')).find(({ slug }) => slug === 'education');
    const picture = campaign && fromCampaignItem(campaign).picture;
    const sizes = picture && 'sizes' in picture ? picture.sizes : [];
    expect(sizes.map(({ width, height }) => [width, height])).toEqual([
      [480, 960],
      [960, 1920],
    ]);
    expect(campaign?.revision).toBe(1);
    const page = await (await photos.site.request('/zh/campaigns/education')).text();
    expect(page).toContain('alt="孩子正在看書。"');
    for (const { hash } of sizes) {
      expect(page).toContain(`/pictures/${hash}`);
      const served = await photos.pictures.request(`/pictures/${hash}`);
      expect(Object.fromEntries(served.headers)).toMatchObject({
        'content-type': 'image/jpeg',
        'cache-control': 'public, max-age=31536000, immutable',
      });
      const bytes = Buffer.from(await served.arrayBuffer());
      expect(bytes.includes('GPS') || bytes.includes('Exif')).toBe(false);
      const { width, height, orientation } = readPhotoHeader(bytes) ?? {};
      const said = sizes.find((each) => each.hash === hash);
      expect([width, height, orientation]).toEqual([said?.width, said?.height, 1]);
      // What was left above is right above once the photo is turned.
      const pixels = PhotonImage.new_from_byteslice(bytes);
      const at = (Math.floor((height ?? 0) / 4) * (width ?? 0) + Math.floor((width ?? 0) * 0.75)) * 4;
      expect([...pixels.get_raw_pixels().subarray(at, at + 3)].map((part) => part > 128)).toEqual([
        true,
        false,
        false,
      ]);
    }
    expect((await photos.objects.keys()).filter((key) => key.startsWith('uploads/'))).toEqual([]);
    expect(await photos.make()).toEqual(['already-over']);
  });

  it.for<[string, () => Uint8Array, string]>([
    ['a ZIP named .jpg', () => Buffer.from('PK\u0003\u0004 and so on'), 'no JPEG and no PNG'],
    ['an SVG with a script', () => Buffer.from('<svg><script>alert(1)</script></svg>'), 'no JPEG and no PNG'],
    ['a PNG of 30,000 by 30,000 pixels', hugePng, 'more than 50 megapixels'],
    ['a photo that is cut off', () => photo(800, 600).subarray(0, 2000), 'seems to be damaged'],
    ['a photo of 10 by 10 pixels', () => photo(10, 10), 'smaller than 320 pixels'],
    ['a program', () => readFileSync(process.execPath).subarray(0, 100_000), 'no JPEG and no PNG'],
  ])(
    'that is %s is refused with a sentence, and nothing is kept',
    async ([_, bytes, sentence], { table, photos }) => {
      const before = (await everything(table, 'campaign')).map((each) => each.picture);
      expect(await photos.take(bytes())).toContain(sentence);
      expect(await photos.objects.keys()).toEqual([]);
      expect((await everything(table, 'campaign')).map((each) => each.picture)).toEqual(before);
    },
  );

  it('of 20 MB, under another key or with another way back is refused by the bucket', async ({ photos }) => {
    const large = await photos.send(new Uint8Array(20 * 1024 * 1024));
    expect([large.status, large.body]).toEqual([400, expect.stringContaining('EntityTooLarge')]);
    for (const [field, value] of [
      ['key', 'pictures/own'],
      ['success_action_redirect', 'https://elsewhere.example'],
      ['Policy', 'e30='],
    ] as const) {
      expect((await photos.send(photo(400, 400), 'photo.jpg', { [field]: value })).status, field).toBe(403);
    }
    expect(await photos.objects.keys()).toEqual([]);
  });

  it('needs both descriptions, and shows that it is worked on without a script', async ({ photos }) => {
    const refused = await photos.desk.send('/staff/campaigns/education/photo', { 'alt/en': 'A child' });
    expect(refused.status).toBe(422);
    expect((await photos.desk.get(upload)).status).toBe(404);
    const { location } = await photos.send(photo(400, 400));
    const led = await photos.desk.app.request(new URL(location).pathname);
    expect([led.status, led.headers.get('location')]).toEqual([303, upload]);
    expect((await photos.desk.get(upload)).html).toContain('<meta http-equiv="refresh" content="2"');
    expect((await photos.pictures.request('/pictures/none')).status).toBe(404);
  });
});
