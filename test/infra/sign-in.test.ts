import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Role, roles } from '#kernel/staff/actor.ts';
import { demoSignIns } from '../../infra/demo/staff.ts';
import { type LocalSignIn, startLocalSignIn } from '../../infra/local/sign-in/server.ts';
import { openStaffApi } from '../support/staff-api.ts';
import { freshTable } from '../support/table.ts';

let signIn: LocalSignIn<Role>;
beforeAll(async () => {
  signIn = await startLocalSignIn({ port: 0 }, demoSignIns);
});
afterAll(() => signIn.close());

it('gives the demonstration’s staff tokens that open the staff’s API, each with its own rights', async () => {
  const api = await openStaffApi(await freshTable(), signIn.settings);
  const tokens = await signIn.staffTokens();
  expect(Object.keys(tokens)).toEqual([...roles]);
  for (const role of roles) {
    const response = await api.call('GET /api/staff/me', { token: tokens[role] });
    expect(await response.json()).toMatchObject({ id: `staff_${role}`, roles: [role] });
  }
});
