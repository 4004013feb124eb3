import { auditChange } from '#kernel/audit-log/audit-change.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import { Problem } from '#platform/errors.ts';
import { bodyDigest, disbursementId } from '#platform/ids.ts';
import { commit, isNew } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { readItems, type Table } from '#platform/table/table.ts';
import type { Disbursement } from './disbursement.ts';
import { fromDisbursementItem, toDisbursementItem } from './disbursement-item.ts';
import type { DisbursementRequest } from './disbursement-request.ts';

/**
 * Asks that money be passed on. The same request under the same key is the same one for ever: its id follows from both.
 * @throws Problem `invalid` when there is no such campaign, `idempotency-key-reused` for another request under a used key
 */
export async function requestDisbursement(
  request: DisbursementRequest,
  idempotencyKey: string,
  permit: Permit<'passed-on.request'>,
  deps: { readonly table: Table; readonly now: Date },
): Promise<Disbursement> {
  const { table, now } = deps;
  const campaign = keys.campaign(request.campaign);
  if (!(await readItems(table, [campaign])).itemAt(campaign)) {
    const detail = 'There is no such campaign.';
    throw new Problem('invalid', detail, { errors: [{ pointer: '/campaign', detail }] });
  }
  const disbursement: Disbursement = {
    id: disbursementId(permit.actor.id, idempotencyKey),
    ...request,
    note: request.note,
    currency: 'hkd',
    state: 'requested',
    requestedBy: permit.actor.id,
    requestedAt: now,
    bodyDigest: bodyDigest(request),
    taken: {},
    handOver: undefined,
  };
  const { id, state, amount, currency, category } = disbursement;
  const outcome = await commit(table, () => ({
    disbursement: { put: toDisbursementItem(disbursement), condition: isNew },
    audit: auditChange(
      permit,
      {
        object: { kind: 'passed-on', id },
        after: { state, amount, currency, category, campaign: request.campaign },
      },
      now,
    ),
  }));
  if (outcome.committed) return disbursement;
  const standing = outcome.failed.get('disbursement');
  const before = standing && fromDisbursementItem(standing);
  if (!before) throw new Error(`Disbursement ${id}: its audit entry stands without it.`);
  if (before.bodyDigest !== disbursement.bodyDigest) {
    throw new Problem('idempotency-key-reused', 'The Idempotency-Key was used for another request.');
  }
  return before;
}
