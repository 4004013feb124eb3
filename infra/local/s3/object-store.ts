import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, type ReadStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Received } from './body.ts';
import { S3Error } from './errors.ts';

/** What is known of an object besides its bytes. */
export interface ObjectFacts {
  readonly key: string;
  readonly size: number;
  /** With its quotation marks. */
  readonly etag: string;
  /** ISO 8601. */
  readonly modified: string;
  readonly contentType: string;
  readonly contentDisposition?: string | undefined;
}

/** What the writer of an object says of it. */
export type Described = Pick<ObjectFacts, 'contentType' | 'contentDisposition'>;

/** A part of an upload, as the writer names it when it completes. */
export interface NamedPart {
  readonly number: number;
  readonly etag: string;
}

type Stored = ObjectFacts & { readonly file: string };

/** S3 refuses parts below this size, but for the last one (S3, "Multipart upload limits"). */
const smallestPart = 5 * 1024 * 1024;

/** The objects of one bucket, in a folder: bytes lie in files, and an object is there once its facts are. */
export class ObjectStore {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** @param folder is made when it is not there; what an earlier run left in it is there again */
  static async open(folder: string): Promise<ObjectStore> {
    for (const part of ['data', 'objects', 'uploads']) await mkdir(join(folder, part), { recursive: true });
    return new ObjectStore(folder);
  }

  /** A path for bytes that arrive. */
  newFile(): string {
    return join(this.#folder, 'data', randomUUID());
  }

  /**
   * Makes what arrived an object, in the place of an earlier one of the key.
   * @param onlyNew with true, an object that is there stays
   * @throws S3Error `PreconditionFailed`
   */
  async put(
    key: string,
    file: string,
    received: Received,
    described: Described,
    onlyNew: boolean,
  ): Promise<ObjectFacts> {
    return this.#place({ key, file, size: received.size, etag: `"${received.md5}"`, ...described }, onlyNew);
  }

  /** The facts of an object; undefined when there is none. */
  async facts(key: string): Promise<ObjectFacts | undefined> {
    return this.#stored(key);
  }

  /** The bytes of an object, which stay whole while they are read, whatever is written meanwhile. */
  async read(key: string): Promise<{ facts: ObjectFacts; bytes: ReadStream } | undefined> {
    const stored = await this.#stored(key);
    if (!stored) return undefined;
    const bytes = createReadStream(stored.file);
    await new Promise((resolve, reject) => bytes.once('open', resolve).once('error', reject));
    return { facts: stored, bytes };
  }

  /** Takes an object away; nothing happens where there is none. */
  async remove(key: string): Promise<void> {
    const stored = await this.#stored(key);
    await rm(this.#factsFile(key), { force: true });
    if (stored) await rm(stored.file, { force: true });
  }

  /** The keys of all objects, in their order. */
  async keys(): Promise<string[]> {
    const names = await readdir(join(this.#folder, 'objects'));
    const all = await Promise.all(names.map((name) => this.#readFacts(join(this.#folder, 'objects', name))));
    return all.flatMap((each) => each?.key ?? []).sort();
  }

  /** How many uploads were begun and neither completed nor aborted. */
  async openUploads(): Promise<number> {
    return (await readdir(join(this.#folder, 'uploads'))).length;
  }

  /** Begins an upload in parts. */
  async begin(key: string, described: Described): Promise<string> {
    const uploadId = randomUUID().replaceAll('-', '');
    const folder = join(this.#folder, 'uploads', uploadId);
    await mkdir(folder);
    await writeFile(join(folder, 'upload.json'), JSON.stringify({ key, ...described }));
    return uploadId;
  }

  /** Takes what arrived as a part of an upload, in the place of an earlier one of the number. */
  async putPart(
    key: string,
    uploadId: string,
    number: number,
    file: string,
    received: Received,
  ): Promise<string> {
    const { folder } = await this.#upload(key, uploadId);
    await rename(file, join(folder, String(number)));
    await writeFile(join(folder, `${number}.md5`), received.md5);
    return `"${received.md5}"`;
  }

  /**
   * Joins the parts of an upload into an object.
   * @throws S3Error `NoSuchUpload`, `InvalidPart`, `InvalidPartOrder`, `EntityTooSmall`, `PreconditionFailed`
   */
  async complete(
    key: string,
    uploadId: string,
    parts: readonly NamedPart[],
    onlyNew: boolean,
  ): Promise<ObjectFacts> {
    const { folder, described } = await this.#upload(key, uploadId);
    const hash = createHash('md5');
    let size = 0;
    for (const [index, { number, etag }] of parts.entries()) {
      const md5 = await readFile(join(folder, `${number}.md5`), 'utf8').catch(() => undefined);
      if (md5 === undefined || etag.replaceAll('"', '') !== md5) {
        throw new S3Error(
          'InvalidPart',
          `One or more of the specified parts could not be found: ${number}.`,
          400,
        );
      }
      if (index > 0 && number <= (parts[index - 1]?.number ?? 0)) {
        throw new S3Error('InvalidPartOrder', 'The list of parts was not in ascending order.', 400);
      }
      const bytes = (await stat(join(folder, String(number)))).size;
      if (index < parts.length - 1 && bytes < smallestPart) {
        const message = 'Your proposed upload is smaller than the minimum allowed size';
        throw new S3Error('EntityTooSmall', message, 400);
      }
      size += bytes;
      hash.update(Buffer.from(md5, 'hex'));
    }
    const file = this.newFile();
    for (const { number } of parts) {
      await pipeline(createReadStream(join(folder, String(number))), createWriteStream(file, { flags: 'a' }));
    }
    const etag = `"${hash.digest('hex')}-${parts.length}"`;
    const facts = await this.#place({ key, file, size, etag, ...described }, onlyNew);
    await rm(folder, { recursive: true });
    return facts;
  }

  /** Gives an upload up. */
  async abort(key: string, uploadId: string): Promise<void> {
    const { folder } = await this.#upload(key, uploadId);
    await rm(folder, { recursive: true });
  }

  async #place(object: Omit<Stored, 'modified'>, onlyNew: boolean): Promise<ObjectFacts> {
    const earlier = await this.#stored(object.key);
    if (earlier && onlyNew) {
      await rm(object.file);
      const message = 'At least one of the pre-conditions you specified did not hold';
      throw new S3Error('PreconditionFailed', message, 412);
    }
    const stored: Stored = { ...object, modified: new Date().toISOString() };
    // A rename is atomic: a reader finds the earlier object or this one.
    const draft = `${this.#factsFile(object.key)}.${randomUUID()}`;
    await writeFile(draft, JSON.stringify(stored));
    await rename(draft, this.#factsFile(object.key));
    if (earlier) await rm(earlier.file, { force: true });
    return stored;
  }

  async #upload(key: string, uploadId: string) {
    const folder = join(this.#folder, 'uploads', uploadId);
    const text = /^[0-9a-f]{32}$/.test(uploadId)
      ? await readFile(join(folder, 'upload.json'), 'utf8').catch(() => undefined)
      : undefined;
    const upload = text === undefined ? undefined : (JSON.parse(text) as Described & { key: string });
    if (upload?.key !== key) {
      throw new S3Error('NoSuchUpload', 'The specified multipart upload does not exist.', 404);
    }
    const { contentType, contentDisposition } = upload;
    return { folder, described: { contentType, contentDisposition } };
  }

  #stored(key: string): Promise<Stored | undefined> {
    return this.#readFacts(this.#factsFile(key));
  }

  async #readFacts(path: string): Promise<Stored | undefined> {
    const text = await readFile(path, 'utf8').catch(() => undefined);
    return text === undefined ? undefined : (JSON.parse(text) as Stored);
  }

  #factsFile(key: string): string {
    return join(this.#folder, 'objects', createHash('sha256').update(key).digest('hex'));
  }
}
