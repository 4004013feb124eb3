import { auditChange } from '#kernel/audit-log/audit-change.ts';
import type { AuditFields } from '#kernel/audit-log/audit-entry.ts';
import type { Seen } from '#kernel/staff/revision-input.ts';
import type { Permit } from '#kernel/staff/rights.ts';
import type { Context } from '#platform/context/context.ts';
import { Problem } from '#platform/errors.ts';
import { bodyDigest } from '#platform/ids.ts';
import { commit } from '#platform/table/commit.ts';
import { readSettings } from './read-settings.ts';
import { type RevisedSettings, toSettingsChange } from './settings-item.ts';
import type { StoredSettings } from './settings-request.ts';

/**
 * Writes the settings over those that the writer saw, with the audit entry.
 * @throws Problem `precondition-failed` when another person wrote them meanwhile
 */
export async function writeSettings(
  {
    settings,
    seen,
    permit,
  }: {
    readonly settings: StoredSettings;
    readonly seen: Seen;
    readonly permit: Permit<'settings.write'>;
  },
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<RevisedSettings> {
  const stored = await readSettings({ table }, { consistent: true });
  const known = seen === 'nothing' ? 0 : seen;
  if (known !== 'any' && known !== stored.revision) throw changedMeanwhile();
  const written = { settings, revision: stored.revision + 1 };
  const outcome = await commit(table, () => ({
    settings: toSettingsChange(written),
    audit: auditChange(
      permit,
      { object: { kind: 'settings', id: 'charity' }, before: audited(stored), after: audited(written) },
      now,
    ),
  }));
  if (!outcome.committed) throw changedMeanwhile();
  return written;
}

function changedMeanwhile(): Problem {
  return new Problem(
    'precondition-failed',
    'The settings are not as you saw them: read them again, and send your change with their new ETag.',
  );
}

/** Texts as digests: the audit entry shows that one changed, and never an address. */
function audited({ settings, revision }: RevisedSettings): AuditFields<'settings'> {
  const { feesBorneBy, replyTo, otherWays = {}, telephone, whatsApp, digestTo } = settings;
  return {
    ...{ revision, feesBorneBy },
    otherWaysDigest: bodyDigest(otherWays),
    contactsDigest: bodyDigest([replyTo, telephone ?? '', whatsApp ?? '']),
    digestToDigest: bodyDigest(digestTo ?? ''),
  };
}
