import { auditChange } from '#kernel/audit-log/audit-change.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { commit, isNew } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { once } from '#platform/table/once.ts';
import { readItems, type Table } from '#platform/table/table.ts';
import type { Disbursement } from './disbursement.ts';
import { toDisbursementItem } from './disbursement-item.ts';
import type { DisbursementRequest } from './disbursement-request.ts';
import { readDisbursement } from './transition-disbursement.ts';

/**
 * Requests money for a recipient, once under the request's key.
 * @throws Problem `invalid` when there is no such campaign, `idempotency-key-reused` when the key was used for another request
 */
export async function requestDisbursement(
  {
    idempotencyKey,
    permit,
    ...request
  }: DisbursementRequest & { readonly idempotencyKey: string; readonly permit: Permit<'passed-on.request'> },
  ctx: Pick<Context, 'table' | 'now'>,
): Promise<Disbursement> {
  const { table, now } = ctx;
  const keyed = { caller: permit.actor.id, route: 'passed-on', key: idempotencyKey, body: request };
  return once(ctx, keyed, {
    attempt: async (record) => {
      await requireCampaign(request.campaign, table);
      const disbursement: Disbursement = {
        id: newId('disbursement'),
        ...request,
        note: request.note,
        currency: 'hkd',
        state: 'requested',
        requestedBy: permit.actor.id,
        requestedAt: now,
        taken: {},
        payOut: undefined,
      };
      const { id, state, amount, currency, category, campaign } = disbursement;
      const after = { state, amount, currency, category, campaign };
      const outcome = await commit(table, () => ({
        once: record(id),
        disbursement: { put: toDisbursementItem(disbursement), condition: isNew },
        audit: auditChange(permit, { object: { kind: 'passed-on', id }, after }, now),
      }));
      return outcome.committed ? disbursement : undefined;
    },
    answer: (id) => readDisbursement(id, { table }),
  });
}

async function requireCampaign(slug: string, table: Table): Promise<void> {
  const campaign = keys.campaign(slug);
  if ((await readItems(table, [campaign])).itemAt(campaign)) return;
  const detail = 'There is no such campaign.';
  throw new Problem('invalid', detail, { errors: [{ pointer: '/campaign', detail }] });
}
