import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type Stripe from 'stripe';
import { listEvents } from '#payments/checkout/gateway.ts';
import { hongKongDay } from '#platform/clock.ts';
import { eventsPrefix } from '#platform/files/file-keys.ts';
import type { FileStore } from '#platform/files/file-store.ts';
import { writeNewFile } from '#platform/files/write-file.ts';
import { errorFields, log } from '#platform/log.ts';
import { eventTable } from './events.ts';
import { reduceEvent } from './reduce-event.ts';

export interface ArchiveContext {
  readonly stripe: Stripe;
  readonly files: FileStore;
  readonly now: Date;
}

const day = 86_400_000;

function eventsKey(dayOf: string): string {
  return `${eventsPrefix}${dayOf.replaceAll('-', '/')}.jsonl.gz`;
}

/** A Stripe event that cannot be reduced is archived as its id and type, so that the others still reach the day's file. */
function lineOf(event: Stripe.Event): string {
  try {
    return JSON.stringify(reduceEvent(event));
  } catch (error) {
    const { id, type }: Partial<Stripe.Event> = event ?? {};
    log('error', 'event-archived-by-name', { eventId: id, type, ...errorFields(error) });
    return JSON.stringify({ id, type });
  }
}

/**
 * Writes the Stripe events of the Hong Kong day before `now` into one file, a line each, reduced to ids and amounts, newest first:
 * Stripe deletes them after thirty days, and the books' proof must last longer. They are written while they are read; memory holds a
 * page. A day's file is written once: a second run leaves it as it is, and nobody who takes over the function can replace it.
 *
 * @returns the file's key, and how many events and bytes were written; 0 bytes when the day's file existed already
 */
export async function archiveEvents({ stripe, files, now }: ArchiveContext) {
  const yesterday = hongKongDay(new Date(now.getTime() - day));
  const since = new Date(`${yesterday}T00:00:00+08:00`);
  const until = new Date(since.getTime() + day);
  const key = eventsKey(yesterday);
  let events = 0;
  async function* lines() {
    for await (const event of listEvents({ types: Object.keys(eventTable), since, until }, { stripe })) {
      events += 1;
      yield `${lineOf(event)}\n`;
    }
  }
  const source = Readable.from(lines());
  const gzip = createGzip();
  // A pipe does not pass on an error of its source: without this line a broken list would look like a short day.
  source.on('error', (error) => gzip.destroy(error));
  const bytes = await writeNewFile(files, key, source.pipe(gzip), { contentType: 'application/gzip' });
  return bytes === undefined
    ? { key, events: 0, bytes: 0, existed: true }
    : { key, events, bytes, existed: false };
}
