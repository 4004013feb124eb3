import { expect } from 'vitest';
import { roles } from '#kernel/staff/actor.ts';
import { demoSignIns } from '../../infra/demo/staff.ts';
import { startLocalSignIn } from '../../infra/local/sign-in/server.ts';
import { openStaffApi } from '../support/staff-api.ts';
import { story } from '../support/story.ts';
import { freshTable } from '../support/table.ts';

const it = story.extend('offices', { scope: 'file' }, async ({}, { onCleanup }) => {
  const signIn = await startLocalSignIn({ port: 0 }, demoSignIns);

  onCleanup(() => signIn.close());

  return { signIn };
});

it('the local sign-in gives the demonstration’s staff tokens that open the staff’s API, each with its own rights', async ({
  offices: { signIn },
}) => {
  const api = await openStaffApi(await freshTable(), signIn.settings);
  const tokens = await signIn.staffTokens();
  expect(Object.keys(tokens)).toEqual([...roles]);
  for (const role of roles) {
    const response = await api.call('GET /api/staff/me', { token: tokens[role] });
    expect(await response.json()).toMatchObject({ id: `staff_${role}`, roles: [role] });
  }
});
