import { createHash } from 'node:crypto';
import { S3ServiceException } from '@aws-sdk/client-s3';
import { readBooks } from '#accounting/accounts/read-books.ts';
import { toDoneChange } from '#kernel/outbox/end-message.ts';
import { exportMessageKey, exportOf } from '#kernel/outbox/outbox.ts';
import type { Clock } from '#platform/clock.ts';
import { byteOrderMark, type Cell, csvLines, csvType } from '#platform/files/csv.ts';
import type { FileStore } from '#platform/files/file-store.ts';
import { writeFile } from '#platform/files/write-file.ts';
import { newId } from '#platform/ids.ts';
import { count } from '#platform/log.ts';
import { commit } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { isOfTable, readItems, type Table } from '#platform/table/table.ts';
import { type Export, type ExportFailure, type ExportFile, isFree, mostAttempts } from './export.ts';
import { exportFileKey, fromExportItem } from './export-item.ts';
import { ledgerHeader, ledgerRows } from './read-ledger-rows.ts';
import { monthHeader, monthRows } from './read-month-rows.ts';
import { giftRows, paymentsHeader } from './read-payment-rows.ts';
import { receiptHeader, receiptRows } from './read-receipt-rows.ts';

export interface ExportContext {
  readonly table: Table;
  readonly files: FileStore;
  readonly clock: Clock;
  /** Milliseconds after which a silent writer counts as gone: longer than the function's timeout. */
  readonly lease: number;
}

/** What became of an outbox message, for the log. */
export type Exported = 'done' | 'already-over' | 'gone' | 'being-written' | 'failed';

/**
 * Writes the file of an export, once: duplicate messages, even at the same time, write one file. An attempt that fails leaves the
 * export waiting for the next attempt; the last attempt marks it failed, with the reason.
 * @param outboxKey the key of its message
 * @throws the error of the attempt, while there are attempts left
 */
export async function runExport(outboxKey: string, ctx: ExportContext): Promise<Exported> {
  const key = keys.export(exportOf(outboxKey));
  const item = (await readItems(ctx.table, [key], { consistent: true })).itemAt(key);
  if (!item) return 'gone';
  const found = fromExportItem(item);
  if (found.state === 'done' || found.state === 'failed') return 'already-over';
  const now = ctx.clock();
  if (!isFree(found, now)) return 'being-written';
  if (found.attempts >= mostAttempts) {
    return giveUp(found, read(item).text('run'), found.reason ?? 'out-of-time', ctx);
  }
  const run = newId('exportRun');
  if (!(await begin(found, run, now, ctx))) return 'being-written';
  try {
    const file = await writeExport(found, ctx);
    return (await end(found, run, { state: 'done', file }, ctx)) ? 'done' : 'being-written';
  } catch (error) {
    const reason = reasonOf(error);
    if (found.attempts + 1 >= mostAttempts) return giveUp(found, run, reason, ctx);
    await release(found, run, reason, ctx);
    throw error;
  }
}

/** Gives the lease to this writer; false when another writer was faster. */
async function begin(
  found: Export,
  run: string,
  now: Date,
  { table, lease }: ExportContext,
): Promise<boolean> {
  const outcome = await commit(table, () => ({
    export: {
      update: keys.export(found.id),
      set: {
        expression:
          'SET #state = :running, #run = :run, attempts = :next, runningUntil = :until REMOVE #reason',
        names: { '#state': 'state', '#run': 'run', '#reason': 'reason' },
        values: {
          ':running': 'running',
          ':run': run,
          ':seen': found.attempts,
          ':before': found.state,
          ':next': found.attempts + 1,
          ':until': new Date(now.getTime() + lease).toISOString(),
        },
      },
      condition: '#state = :before AND attempts = :seen',
    },
  }));
  return outcome.committed;
}

async function writeExport(request: Export, { table, files, clock }: ExportContext): Promise<ExportFile> {
  const { slugs } = await readBooks({ table, now: clock() });
  const hash = createHash('sha256');
  let rows = 0;
  const text = (lines: string): string => {
    hash.update(lines);
    return lines;
  };
  const source = async function* () {
    const { header, pages } = contentOf(request, slugs, { table, now: clock() });
    yield text(byteOrderMark + csvLines([header]));
    for await (const page of pages) {
      rows += page.length;
      if (page.length > 0) yield text(csvLines(page));
    }
  };
  const bytes = await writeFile(files, exportFileKey(request.id), source(), { contentType: csvType });
  return { rows, bytes, sha256: hash.digest('hex'), writtenAt: clock() };
}

interface Content {
  readonly header: readonly string[];
  readonly pages: AsyncGenerator<Cell[][]>;
}

function contentOf(
  request: Export,
  slugs: readonly string[],
  { table, now }: { readonly table: Table; readonly now: Date },
): Content {
  if (request.kind === 'ledger')
    return { header: ledgerHeader, pages: ledgerRows({ ...request, slugs }, { table }) };
  if (request.kind === 'month')
    return { header: monthHeader(request), pages: monthRows({ ...request, slugs }, { table }) };
  if (request.kind === 'receipts')
    return { header: receiptHeader, pages: receiptRows({ ...request, slugs }, { table, now }) };
  const wanted = request.campaign === undefined ? slugs : [request.campaign];
  return { header: paymentsHeader(request), pages: giftRows({ ...request, slugs: wanted }, { table }) };
}

/** Ends an export and its message together; false when another writer has the lease by now. */
async function end(
  { id }: Export,
  run: string,
  result:
    | { readonly state: 'done'; readonly file: ExportFile }
    | { readonly state: 'failed'; readonly reason: ExportFailure },
  { table, clock }: ExportContext,
): Promise<boolean> {
  const file = result.state === 'done' && { ...result.file, writtenAt: result.file.writtenAt.toISOString() };
  const outcome = await commit(table, () => ({
    export: {
      update: keys.export(id),
      set: {
        expression: `SET #state = :state, ${file ? '#file = :result' : '#reason = :result'} REMOVE runningUntil`,
        names: {
          '#state': 'state',
          '#run': 'run',
          ...(file ? { '#file': 'file' } : { '#reason': 'reason' }),
        },
        values: {
          ':state': result.state,
          ':run': run,
          ':result': result.state === 'done' ? file : result.reason,
        },
      },
      condition: '#run = :run',
    },
    outbox: toDoneChange({ key: exportMessageKey(id) }, clock()),
  }));
  return outcome.committed;
}

async function giveUp(
  found: Export,
  run: string,
  reason: ExportFailure,
  ctx: ExportContext,
): Promise<Exported> {
  if (!(await end(found, run, { state: 'failed', reason }, ctx))) return 'being-written';
  count('ExportFailed', { exportId: found.id, reason });
  return 'failed';
}

/** Lets the next attempt begin at once; changes nothing when another writer has the lease by now. */
async function release(
  { id }: Export,
  run: string,
  reason: ExportFailure,
  { table }: ExportContext,
): Promise<void> {
  await commit(table, () => ({
    export: {
      update: keys.export(id),
      set: {
        expression: 'SET #state = :asked, #reason = :reason REMOVE runningUntil',
        names: { '#state': 'state', '#reason': 'reason', '#run': 'run' },
        values: { ':asked': 'asked', ':reason': reason, ':run': run },
      },
      condition: '#run = :run',
    },
  }));
}

function reasonOf(error: unknown): ExportFailure {
  if (error instanceof S3ServiceException) return 'files-unavailable';
  return isOfTable(error) ? 'books-unavailable' : 'unexpected';
}
