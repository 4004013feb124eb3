import type { DeskView } from '#kernel/staff/desk-endpoint.ts';
import { Done } from '#kernel/staff/desk-form.tsx';
import type { Problem } from '#platform/errors.ts';
import type { RevisedSettings } from './settings-item.ts';
import type { StoredSettings } from './settings-request.ts';
import { settingsWords as words } from './settings-words.ts';

/** What is set, as rows of names and values. */
function Facts({ settings }: { readonly settings: StoredSettings }) {
  const ways = waysOf(settings);
  const rows: readonly (readonly [string, string | undefined])[] = [
    [words.names.replyTo, settings.replyTo],
    [words.names.telephone, settings.telephone],
    [words.names.whatsApp, settings.whatsApp && whatsAppNumber(settings.whatsApp)],
    ...(['fps', 'payMe', 'bank', 'cheque'] as const).map((way) => [words.names[way], ways[way]] as const),
    [words.names.feesBorneBy, words.bearers[settings.feesBorneBy]],
    [words.names.digestTo, settings.digestTo],
  ];
  return (
    <dl class="facts">
      {rows.map(([name, value]) => (
        <div>
          <dt>{name}</dt>
          <dd>{value ?? words.none}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Each way with its details in one line; undefined where it is not offered. */
export function waysOf({ otherWays }: Pick<StoredSettings, 'otherWays'>) {
  const { fps, payMe, bank, cheque } = otherWays ?? {};
  return {
    fps: fps && `${fps.id}, ${fps.payee}`,
    payMe: payMe && `${payMe.link}, ${payMe.payee}`,
    bank: bank && `${bank.name}, ${bank.account}, ${bank.payee}`,
    cheque: cheque?.payee,
  };
}

/** The number behind a link of WhatsApp; a link that holds none stays. */
export function whatsAppNumber(link: string): string {
  return /^https:\/\/wa\.me\/(\d+)$/.exec(link)?.[1] ?? link;
}

export function Settings({ stored, view }: { readonly stored: RevisedSettings; readonly view: DeskView }) {
  return (
    <>
      <h1>{words.title}</h1>
      <Done word={view.done} sentences={words.done} />
      <p class="lead">{words.intro}</p>
      {stored.revision === 0 && <p>{words.asConfigured}</p>}
      <Facts settings={stored.settings} />
      <p>
        <a class="button" href="/staff/settings/change">
          {words.change}
        </a>
      </p>
    </>
  );
}

/** What stands now, for a writer whom another one overtook. */
export function SettingsChanged({
  settings,
  problem,
}: {
  readonly settings: StoredSettings;
  readonly problem: Problem | undefined;
}) {
  if (problem?.code !== 'precondition-failed') return null;
  return (
    <section class="notice">
      <h2>{words.changedTitle}</h2>
      <p>{words.changed}</p>
      <Facts settings={settings} />
    </section>
  );
}
