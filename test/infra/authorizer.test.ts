import { expect } from 'vitest';
import type { Assembly } from '../../infra/local/template/template.ts';
import { openStaffApi } from '../support/staff-api.ts';
import { story } from '../support/story.ts';
import { freshTable } from '../support/table.ts';
import { startTokenIssuer } from '../support/token-issuer.ts';

const it = story.extend('staff', { scope: 'file' }, async ({}, { onCleanup }) => {
  const [issuer, table] = await Promise.all([startTokenIssuer(), freshTable()]);
  onCleanup(() => issuer.close());
  async function ask(mutate: (assembly: Assembly) => void) {
    const api = await openStaffApi(table, issuer.signIn, mutate);
    const response = await api.call(route, { token: await issuer.token(['finance']) });
    return { status: response.status, body: await response.json(), invoked: api.invoked.length };
  }
  return { ask };
});

const route = 'GET /api/staff/me';
type Properties = Record<string, unknown>;

function resources(assembly: Assembly, type: string): [id: string, properties: Properties][] {
  return assembly.stacks.flatMap(({ template }) =>
    Object.entries(template.Resources)
      .filter(([, { Type }]) => Type === type)
      .map(([id, { Properties }]) => [id, Properties as Properties] as [string, Properties]),
  );
}

/** Changes the properties of the authorizer. */
const authorizer = (change: (properties: Properties) => void) => (assembly: Assembly) => {
  for (const [, properties] of resources(assembly, 'AWS::ApiGatewayV2::Authorizer')) change(properties);
};
const jwtOf = (properties: Properties) => properties.JwtConfiguration as { Issuer: string };
/** Changes the properties of the route of the staff. */
const staffRoute = (change: (properties: Properties) => void) => (assembly: Assembly) => {
  for (const [, properties] of resources(assembly, 'AWS::ApiGatewayV2::Route')) {
    if (properties.RouteKey === 'ANY /api/staff/{proxy+}') change(properties);
  }
};

it('as it is written the template lets a token in and hands its claims on', async ({ staff: { ask } }) => {
  expect(await ask(() => {})).toMatchObject({ status: 200, body: { roles: ['finance'] }, invoked: 1 });
});

it.for<[string, (assembly: Assembly) => void, object]>([
  [
    'another audience',
    authorizer((p) => {
      p.JwtConfiguration = { ...jwtOf(p), Audience: ['another'] };
    }),
    { status: 401, body: { message: 'Unauthorized' }, invoked: 0 },
  ],
  [
    'another scope',
    staffRoute((p) => {
      p.AuthorizationScopes = ['another'];
    }),
    { status: 403, body: { message: 'Forbidden' }, invoked: 0 },
  ],
  [
    'no authorizer at the route',
    staffRoute((p) => {
      for (const name of ['AuthorizationType', 'AuthorizerId', 'AuthorizationScopes']) delete p[name];
    }),
    { status: 401, body: expect.objectContaining({ code: 'unauthorized' }), invoked: 1 },
  ],
])('with %s nobody gets in', async ([_, mutate, answer], { staff: { ask } }) => {
  expect(await ask(mutate)).toEqual(answer);
});

it.for<[string, (assembly: Assembly) => void, RegExp]>([
  [
    'no authorizer',
    (assembly) => {
      const [[id = ''] = []] = resources(assembly, 'AWS::ApiGatewayV2::Authorizer');
      for (const { template } of assembly.stacks) delete template.Resources[id];
    },
    /there is no resource .*SignIn/,
  ],
  [
    'a route that names none',
    staffRoute((p) => delete p.AuthorizerId),
    /AuthorizerId: there is no authorizer/,
  ],
  [
    'a route that names one and does not ask it',
    staffRoute((p) => {
      p.AuthorizationType = 'NONE';
    }),
    /AuthorizationType: it is NONE, and an authorizer is named/,
  ],
  [
    'an issuer that nobody is',
    authorizer((p) => {
      p.JwtConfiguration = { Issuer: `${jwtOf(p).Issuer}/elsewhere`, Audience: ['x'] };
    }),
    /Issuer: .*elsewhere\/.well-known\/openid-configuration is no discovery document/,
  ],
  [
    'a token looked for in the query',
    authorizer((p) => {
      p.IdentitySource = ['$request.querystring.token'];
    }),
    /IdentitySource: the local cloud reads headers only/,
  ],
  [
    'an authorizer of another kind',
    authorizer((p) => {
      p.AuthorizerType = 'REQUEST';
    }),
    /AuthorizerType .*cannot run this property/,
  ],
])('with %s nothing starts and the cause is named', async ([_, mutate, cause], { staff: { ask } }) => {
  await expect(ask(mutate)).rejects.toThrow(cause);
});
