import type * as z from 'zod/mini';
import { endpoint } from '#kernel/staff/endpoint.ts';
import { overwriting } from '#kernel/staff/revision-input.ts';
import { reply } from '#platform/http/endpoint.ts';
import { unreadJson } from '#platform/http/input.ts';
import { readSettings } from './read-settings.ts';
import type { RevisedSettings } from './settings-item.ts';
import { parseSettings, settingsSchema } from './settings-request.ts';
import { writeSettings } from './write-settings.ts';

const example: z.input<typeof settingsSchema> = {
  replyTo: 'hello@example.org',
  telephone: '+852 2345 6789',
  whatsApp: '85261234567',
  otherWays: { fps: { id: '1234567', payee: 'EXAMPLE CHARITY LIMITED' } },
  feesBorneBy: 'receiver',
  digestTo: 'desk@example.org',
};

const read = endpoint({
  id: 'getSettings',
  method: 'get',
  path: '/api/staff/settings',
  right: 'settings.read',
  summary: 'How the charity is reached and paid',
  description:
    'As the configuration has it until an admin sets it. What is read can be changed and sent back, with the ETag of the answer as If-Match.',
  input: {},
  answer: () => settingsSchema,
  answerName: 'Settings',
  run: async (_, { table }) => answered(await readSettings({ table }, { consistent: true })),
});

export const writeSettingsEndpoint = endpoint({
  id: 'putSettings',
  method: 'put',
  path: '/api/staff/settings',
  right: 'settings.write',
  summary: 'Set how the charity is reached and paid',
  description:
    'Writes the whole settings, unless another person wrote them since you read them. What is left out is not offered. Donors see the change within seconds.',
  input: { seen: overwriting('settings'), body: unreadJson({ Settings: settingsSchema }, example) },
  answer: () => settingsSchema,
  answerName: 'Settings',
  run: async ({ seen, body }, { table, now, permit }) =>
    answered(await writeSettings({ settings: parseSettings(body), seen, permit }, { table, now })),
});

/** How the charity is reached and paid. */
export const settingsApi = [read, writeSettingsEndpoint];

function answered({ settings, revision }: RevisedSettings) {
  return reply(settings, { status: 200, revision });
}
