import { randomBytes } from 'node:crypto';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect } from 'vitest';
import { csvType } from '#platform/files/csv.ts';
import { linkTo, putFile } from '#platform/files/file-store.ts';
import { writeFile } from '#platform/files/write-file.ts';
import { startFiles } from '../support/files.ts';
import { story } from '../support/story.ts';

const csv = { contentType: csvType };
const mebibyte = 1024 * 1024;

const it = story.extend('bucket', { scope: 'file' }, async ({}, { onCleanup }) => {
  const files = await startFiles(() => new Date());

  onCleanup(() => files.close());

  async function read(key: string): Promise<Buffer> {
    const { client, bucket } = files.store;
    const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return Buffer.from((await answer.Body?.transformToByteArray()) ?? []);
  }

  return { files, read };
});

async function* pieces(count: number, piece: Buffer): AsyncGenerator<Buffer> {
  for (let index = 0; index < count; index += 1) yield piece;
}

describe('a file written as it is made', () => {
  it('goes in parts of 5 MiB and is whole', async ({ bucket: { files, read } }) => {
    const piece = randomBytes(mebibyte);
    expect(await writeFile(files.store, 'exports/large.csv', pieces(12, piece), csv)).toBe(12 * mebibyte);
    const all = await read('exports/large.csv');
    expect(all.equals(Buffer.concat(Array.from({ length: 12 }, () => piece)))).toBe(true);
    expect((await files.objects.facts('exports/large.csv'))?.etag).toMatch(/-3"$/);
  });

  it('is not there when its making fails, the earlier one stays, and no parts are left', async ({
    bucket: { files, read },
  }) => {
    await putFile(files.store, 'exports/torn.csv', 'earlier', csv);
    const torn = async function* () {
      yield* pieces(7, Buffer.alloc(mebibyte));
      throw new Error('the table hung');
    };
    await expect(writeFile(files.store, 'exports/torn.csv', torn(), csv)).rejects.toThrow('the table hung');
    expect((await read('exports/torn.csv')).toString()).toBe('earlier');
    expect(await files.objects.openUploads()).toBe(0);
  });
});

it('a link lets anybody fetch a file under the name that it gives', async ({ bucket: { files } }) => {
  await putFile(files.store, 'exports/link.csv', 'rows', csv);
  const options = { seconds: 900, filename: 'gifts 2026-10.csv', now: new Date() };
  const fetched = await fetch(await linkTo(files.store, 'exports/link.csv', options));
  expect(await fetched.text()).toBe('rows');
  expect(fetched.headers.get('content-type')).toBe(csvType);
  expect(fetched.headers.get('content-disposition')).toBe('attachment; filename="gifts 2026-10.csv"');
});
