import { isNew } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import type { StoredSettings } from './settings-request.ts';

/** Settings with the number of times that they were written; 0 where the configuration alone holds. */
export interface RevisedSettings {
  readonly settings: StoredSettings;
  readonly revision: number;
}

function toSettingsItem({ settings, revision }: RevisedSettings): Item {
  const { otherWays, ...plain } = settings;
  return toItem(keys.settings(), 'settings', 1, {
    ...Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined)),
    ...(otherWays && { otherWays }),
    revision,
  });
}

export function fromSettingsItem(item: Item): RevisedSettings {
  const fields = read(item);
  const ways = fields.maybeRecord('otherWays');
  const [fps, payMe, bank, cheque] = (['fps', 'payMe', 'bank', 'cheque'] as const).map((way) =>
    ways?.maybeRecord(way),
  );
  return {
    settings: {
      replyTo: fields.text('replyTo'),
      telephone: fields.maybeText('telephone'),
      whatsApp: fields.maybeText('whatsApp'),
      ...(ways && {
        otherWays: {
          ...(fps && { fps: { id: fps.text('id'), payee: fps.text('payee') } }),
          ...(payMe && { payMe: { link: payMe.text('link'), payee: payMe.text('payee') } }),
          ...(bank && {
            bank: { name: bank.text('name'), account: bank.text('account'), payee: bank.text('payee') },
          }),
          ...(cheque && { cheque: { payee: cheque.text('payee') } }),
        },
      }),
      feesBorneBy: fields.oneOf('feesBorneBy', ['receiver', 'fund']),
      digestTo: fields.maybeText('digestTo'),
    },
    revision: fields.int('revision'),
  };
}

/** Writes settings over those that their writer saw. */
export function toSettingsChange(written: RevisedSettings) {
  const seen = written.revision - 1;
  return {
    put: toSettingsItem(written),
    condition: seen === 0 ? isNew : { expression: 'revision = :seen', values: { ':seen': seen } },
  };
}
