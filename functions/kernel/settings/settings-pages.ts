import { deskPage } from '#kernel/staff/desk-endpoint.ts';
import type { DeskField } from '#kernel/staff/desk-input.ts';
import { deskForm } from '#kernel/staff/form-endpoint.ts';
import { charity } from '#platform/charity.ts';
import { readSettings } from './read-settings.ts';
import { writeSettingsEndpoint } from './settings-api.ts';
import { Settings, SettingsChanged, waysOf, whatsAppNumber } from './settings-desk.tsx';
import { parseSettings, type StoredSettings } from './settings-request.ts';
import { settingsWords as words } from './settings-words.ts';

const show = deskPage({
  path: '/staff/settings',
  right: 'settings.write',
  label: words.label,
  input: {},
  read: (_, { table }) => readSettings({ table }, { consistent: true }),
  title: () => words.title,
  show: (stored, view) => Settings({ stored, view }),
});

const change = deskForm({
  operation: writeSettingsEndpoint,
  path: '/staff/settings/change',
  read: (_, { table }) => readSettings({ table }, { consistent: true }),
  title: () => words.changeTitle,
  about: ({ settings }, problem) => SettingsChanged({ settings, problem }),
  fields: ({ settings }) => fieldsOf(settings),
  button: words.save,
  whole: { revision: ({ revision }) => revision, body: (said) => said },
  confirm: (body) => {
    const details = waysOf(parseSettings(body));
    const offered = (['fps', 'payMe', 'bank', 'cheque'] as const).flatMap((way) =>
      details[way] === undefined ? [] : words.way(words.names[way], details[way]),
    );
    return { sentence: words.confirm(offered.join(words.between)), button: words.saveConfirmed };
  },
  back: () => '/staff/settings',
  done: 'saved',
});

/** The desk's pages of settings. */
export const settingsPages = [show, ...change];

function fieldsOf({
  replyTo,
  telephone,
  whatsApp,
  otherWays,
  feesBorneBy,
  digestTo,
}: StoredSettings): DeskField[] {
  const { fps, payMe, bank, cheque } = otherWays ?? {};
  return [
    { name: 'replyTo', kind: 'email', label: words.names.replyTo, hint: words.hints.replyTo, value: replyTo },
    maybe('telephone', words.names.telephone, telephone),
    maybe('whatsApp', words.names.whatsApp, whatsApp && whatsAppNumber(whatsApp), words.hints.whatsApp),
    way('otherWays/fps/id', fps?.id, words.hints.fps),
    way('otherWays/fps/payee', fps?.payee),
    way('otherWays/payMe/link', payMe?.link, words.hints.way),
    way('otherWays/payMe/payee', payMe?.payee),
    way('otherWays/bank/name', bank?.name),
    way('otherWays/bank/account', bank?.account),
    way('otherWays/bank/payee', bank?.payee),
    ...(charity.address ? [way('otherWays/cheque/payee', cheque?.payee)] : []),
    {
      ...{ name: 'feesBorneBy', kind: 'choice', label: words.names.feesBorneBy, value: feesBorneBy },
      options: Object.entries(words.bearers),
    },
    maybe('digestTo', words.names.digestTo, digestTo, words.hints.digestTo),
  ];
}

function way(name: keyof typeof words.fields, value: string | undefined, hint?: string): DeskField {
  return maybe(name, words.fields[name], value, hint);
}

function maybe(name: string, label: string, value: string | undefined, hint?: string): DeskField {
  return {
    ...{ name, kind: 'text', label, isOptional: true },
    ...(hint !== undefined && { hint }),
    ...(value !== undefined && { value }),
  };
}
