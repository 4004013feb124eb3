import type { LedgerEntry } from './ledger-entry.ts';

/** An entry of the ledger as the staff reads it. */
export function entryAnswer({
  sourceId,
  kind,
  sides,
  currency,
  at,
  month,
  payment,
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
    ...(payment && { payment }),
    ...(borneBy && { borneBy }),
    ...(reason && { reason }),
  };
}
