import type { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { TideoverApp } from '../../infra/tideover-app.ts';
import { type Resource, resourcesOf, someSignIn, synthesize } from '../support/synthesis.ts';

const isStaffRoute = ({ Properties }: Resource) => String(Properties.RouteKey).includes('/api/staff/');
const isDeskRoute = ({ Properties }: Resource) => / \/staff(?:\/|$)/.test(String(Properties.RouteKey));
const routesOf = (template: Template) => [...resourcesOf(template, 'AWS::ApiGatewayV2::Route').values()];

const it = test.extend('service', { scope: 'file' }, () => synthesize('dev', someSignIn).service);

describe('the routes of the staff', () => {
  it('are one, which takes every address below it behind the sign-in and its scope', ({ service }) => {
    const [authorizer] = resourcesOf(service, 'AWS::ApiGatewayV2::Authorizer').keys();
    const routes = routesOf(service).filter(isStaffRoute);
    expect(routes.map(({ Properties }) => Properties.RouteKey)).toEqual(['ANY /api/staff/{proxy+}']);
    for (const { Properties } of routes) {
      expect(Properties).toMatchObject({
        AuthorizationType: 'JWT',
        AuthorizerId: { Ref: authorizer },
        AuthorizationScopes: ['staff'],
      });
    }
  });

  it('of the desk are two, which take everybody and lead to the same function', ({ service }) => {
    const desk = routesOf(service).filter(isDeskRoute);
    const keys = desk.map(({ Properties }) => Properties.RouteKey);
    expect(keys.sort()).toEqual(['ANY /staff', 'ANY /staff/{proxy+}']);
    const [api] = routesOf(service).filter(isStaffRoute);
    for (const { Properties } of desk) {
      expect(Properties).toMatchObject({ AuthorizationType: 'NONE', Target: api?.Properties.Target });
    }
  });

  it('trust the issuer and the audience of the stage, and nobody else', ({ service }) => {
    const authorizers = [...resourcesOf(service, 'AWS::ApiGatewayV2::Authorizer').values()];
    expect(authorizers.map(({ Properties }) => Properties)).toEqual([
      expect.objectContaining({
        AuthorizerType: 'JWT',
        IdentitySource: ['$request.header.Authorization'],
        JwtConfiguration: { Issuer: someSignIn.issuer, Audience: [someSignIn.audience] },
      }),
    ]);
  });

  it('leave every other route open', ({ service }) => {
    const others = routesOf(service).filter((route) => !isStaffRoute(route));
    for (const { Properties } of others) expect(Properties).toMatchObject({ AuthorizationType: 'NONE' });
  });

  it('let no browser on another site in: there is no CORS', ({ service }) => {
    const [api] = resourcesOf(service, 'AWS::ApiGatewayV2::Api').values();
    expect(api?.Properties).not.toHaveProperty('CorsConfiguration');
  });

  it('lead to a function that is given the table, the bucket, the sign-in and where its secrets are, and nothing else', ({
    service,
  }) => {
    const staff = [...resourcesOf(service, 'AWS::Lambda::Function').values()].find(
      ({ Properties }) => Properties.FunctionName === 'tideover-dev-staff',
    );
    expect(staff?.Properties.Environment).toEqual({
      Variables: {
        FILES_BUCKET: expect.anything(),
        HASH_KEY_PARAMETER: '/tideover/dev/hash-key',
        NODE_OPTIONS: '--enable-source-maps',
        ROLES_CLAIM: 'cognito:groups',
        SESSION_KEY_PARAMETER: '/tideover/dev/session-key',
        SIGN_IN_AUDIENCE: 'tideover',
        SIGN_IN_CLIENT: 'desk',
        SIGN_IN_ISSUER: 'https://sign-in.example.org',
        SIGN_IN_SCOPE: 'staff',
        SITE_URL: expect.anything(),
        STAFF_POOL: 'local_staff',
        STRIPE_LIVEMODE: 'false',
        STRIPE_SECRET_KEY_PARAMETER: '/tideover/dev/stripe-key-staff',
        TABLE_NAME: expect.anything(),
      },
    });
  });
});

describe('a stage without a sign-in', () => {
  it.each(['dev', 'prod'] as const)('has no route and no function for the staff: %s', (stage) => {
    const { service } = synthesize(stage);
    expect(routesOf(service).filter((route) => isStaffRoute(route) || isDeskRoute(route))).toEqual([]);
    service.resourceCountIs('AWS::ApiGatewayV2::Authorizer', 0);
    const names = [...resourcesOf(service, 'AWS::Lambda::Function').values()];
    expect(names.map(({ Properties }) => Properties.FunctionName)).not.toContain(`tideover-${stage}-staff`);
  });
});

describe('a sign-in from the context', () => {
  it.each([
    '{"issuer":"https://sign-in.example.org"}',
    { issuer: 'https://sign-in.example.org', audience: 'tideover' },
    { ...someSignIn, issuer: 'not an address' },
    { ...someSignIn, audience: '' },
    { ...someSignIn, client: '' },
    { ...someSignIn, scope: 7 },
  ])('%j is refused', (signIn) => {
    expect(() => new TideoverApp({ context: { signIn } })).toThrow(/^infra\/stages\.ts: dev\.signIn/);
  });
});
