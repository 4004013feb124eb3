import type { LedgerEntry } from './ledger-entry.ts';

/** An entry of the ledger as the staff reads it. */
export function entryAnswer({
  sourceId,
  kind,
  sides,
  currency,
  at,
  month,
  campaign,
  borneBy,
  reason,
}: LedgerEntry) {
  return {
    sourceId,
    kind,
    sides,
    currency: currency.toUpperCase(),
    at: at.toISOString(),
    month,
    campaign: campaign ?? null,
    ...(borneBy && { borneBy }),
    ...(reason && { reason }),
  };
}
