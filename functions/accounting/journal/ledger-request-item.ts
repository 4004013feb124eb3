import { createHash } from 'node:crypto';
import type { EntryKind } from '#kernel/ledger/ledger-entry.ts';
import { keys } from '#platform/table/keys.ts';
import { type Item, toItem } from '#platform/table/table.ts';

/** A request of the staff that wrote an entry: kept for ever, so that its repetition writes nothing. */
export interface LedgerRequest {
  readonly id: string;
  readonly bodyDigest: string;
  readonly sourceId: string;
  readonly kind: EntryKind;
}

/** The id of a request: the same for the same person, route and key. */
export function ledgerRequestId(actor: string, path: string, idempotencyKey: string): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([actor, path, idempotencyKey]))
    .digest('hex');
  return `led_${digest.slice(0, 32)}`;
}

/** The item of a request. */
export function toLedgerRequestItem({ id, bodyDigest, sourceId, kind }: LedgerRequest): Item {
  return toItem(keys.ledgerRequest(id), 'ledger-request', 1, { id, bodyDigest, sourceId, kind });
}

/** Reads a request's item. */
export function fromLedgerRequestItem(item: Item): LedgerRequest {
  return {
    id: item.id as string,
    bodyDigest: item.bodyDigest as string,
    sourceId: item.sourceId as string,
    kind: item.kind as EntryKind,
  };
}
