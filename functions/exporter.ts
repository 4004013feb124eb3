import { runExport } from '#accounting/exports/run-export.ts';
import { variable } from '#platform/config.ts';
import { openFiles } from '#platform/files/file-store.ts';
import { log } from '#platform/log.ts';
import { openTable } from '#platform/table/table.ts';

const ctx = {
  table: openTable(variable('TABLE_NAME')),
  files: openFiles(variable('FILES_BUCKET')),
  clock: () => new Date(),
  // A minute more than the function may run (infra/constructs/service-parts.ts): after it the writer is certainly gone.
  lease: 11 * 60_000,
};

/** Lambda `exporter`: writes one export that the staff asked for. A failure is repeated by Lambda, and later by the sweep. */
export async function handler({ outboxKey }: { readonly outboxKey: string }): Promise<void> {
  log('info', 'export', { outboxKey, outcome: await runExport(outboxKey, ctx) });
}
