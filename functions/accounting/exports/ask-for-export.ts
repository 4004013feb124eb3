import { auditChange } from '#kernel/audit-log/audit-change.ts';
import { exportMessage } from '#kernel/outbox/outbox.ts';
import { toOutboxItem } from '#kernel/outbox/outbox-item.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { commit, isNew } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { once } from '#platform/table/once.ts';
import { readItems, type Table } from '#platform/table/table.ts';
import type { Export, ExportRequest } from './export.ts';
import { toExportItem } from './export-item.ts';
import { readExport } from './read-exports.ts';

/** Who may have an export made: an export with people needs both permits. */
export interface ExportPermits {
  readonly exporting: Permit<'export.make'>;
  readonly people: Permit<'person.read'> | undefined;
}

/**
 * Asks for an export: writes the export, its audit entry and the outbox message for the exporter together, once under the request's
 * key.
 * @throws Problem `invalid` when there is no such campaign, `idempotency-key-reused` when the key was used for another request
 */
export async function askForExport(
  {
    request,
    idempotencyKey,
    exporting,
    people,
  }: ExportPermits & { readonly request: ExportRequest; readonly idempotencyKey: string },
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<Export> {
  if (request.people && !people) throw new Error('An export with people was asked for without the permit.');
  const keyed = { caller: exporting.actor.id, route: 'exports', key: idempotencyKey, body: request };
  return once({ table, now }, keyed, {
    attempt: async (record) => {
      await requireCampaign(table, request.campaign);
      const asked: Export = {
        ...request,
        id: newId('export'),
        askedBy: exporting.actor.id,
        askedAt: now,
        state: 'asked',
        attempts: 0,
        runningUntil: undefined,
        reason: undefined,
        file: undefined,
      };
      const { kind, from, to, campaign } = request;
      const after = { kind, from, to, people: request.people, ...(campaign && { campaign }) };
      const outcome = await commit(table, () => ({
        once: record(asked.id),
        export: { put: toExportItem(asked), condition: isNew },
        outbox: { put: toOutboxItem(exportMessage(asked.id, now)), condition: isNew },
        audit: auditChange(exporting, { object: { kind: 'export', id: asked.id }, after }, now),
      }));
      return outcome.committed ? asked : undefined;
    },
    answer: (id) => readExport({ id, permit: exporting }, { table }),
  });
}

async function requireCampaign(table: Table, slug: string | undefined): Promise<void> {
  if (slug === undefined) return;
  const key = keys.campaign(slug);
  if ((await readItems(table, [key])).itemAt(key)) return;
  const detail = 'There is no such campaign.';
  throw new Problem('invalid', detail, { errors: [{ pointer: '/campaign', detail }] });
}
