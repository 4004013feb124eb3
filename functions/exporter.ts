import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { runExport } from '#accounting/exports/run-export.ts';
import { variable } from '#platform/config.ts';
import { openFiles } from '#platform/files/file-store.ts';
import { errorFields, log } from '#platform/log.ts';
import { openTable } from '#platform/table/table.ts';

const ctx = {
  table: openTable(variable('TABLE_NAME')),
  files: openFiles(variable('FILES_BUCKET')),
  clock: () => new Date(),
  // A minute more than the function may run (infra/constructs/service-parts.ts): after it the writer is certainly gone.
  lease: 11 * 60_000,
};

/** Lambda `exporter`: writes the exports that the staff asked for, one after the other. */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const failed: string[] = [];
  for (const record of event.Records) {
    try {
      const { outboxKey } = JSON.parse(record.body) as { outboxKey: string };
      log('info', 'export', { outboxKey, outcome: await runExport(outboxKey, ctx) });
    } catch (error) {
      log('error', 'export-failed', { messageId: record.messageId, ...errorFields(error) });
      failed.push(record.messageId);
    }
  }
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}
