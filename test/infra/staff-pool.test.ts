import type { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { roles } from '#kernel/staff/actor.ts';
import { TideoverApp } from '../../infra/tideover-app.ts';
import { idleMonth, type Resources, totalOf } from '../bench/idle-month.ts';
import { type Resource, resourcesOf, someSignIn, synthesize } from '../support/synthesis.ts';

const withPool = { staffPool: { name: 'give-example-staff' } };

type Kept = Resource & { DeletionPolicy?: string; UpdateReplacePolicy?: string };
const only = (template: Template, type: string) => {
  const [found, ...others] = resourcesOf(template, type).values();
  expect(others).toEqual([]);
  return found as Kept;
};

const it = test
  .extend('dev', { scope: 'file' }, () => synthesize('dev', undefined, withPool))
  .extend('prod', { scope: 'file' }, () => synthesize('prod', undefined, withPool));

describe('the staff’s user pool', () => {
  it('outlives every deployment, with its groups and its address', ({ prod }) => {
    const kept = ['AWS::Cognito::UserPool', 'AWS::Cognito::UserPoolDomain', 'AWS::Cognito::UserPoolGroup'];
    for (const type of kept) {
      for (const resource of resourcesOf(prod.data, type).values()) {
        expect(resource, type).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
      }
    }
    expect(only(prod.data, 'AWS::Cognito::UserPool').Properties.DeletionProtection).toBe('ACTIVE');
  });

  it('takes nobody who was not invited, and asks where money is real for a second factor without text messages', ({
    dev,
    prod,
  }) => {
    for (const [stage, mfa] of [
      [dev, 'OPTIONAL'],
      [prod, 'ON'],
    ] as const) {
      const { Properties } = only(stage.data, 'AWS::Cognito::UserPool');
      expect(Properties).toMatchObject({
        AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
        MfaConfiguration: mfa,
        EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
        UserPoolTier: 'ESSENTIALS',
        UsernameAttributes: ['email'],
      });
      expect(Properties).not.toHaveProperty('SmsConfiguration');
    }
  });

  it('has a group of each role, under its very name', ({ prod }) => {
    const groups = [...resourcesOf(prod.data, 'AWS::Cognito::UserPoolGroup').values()];
    expect(groups.map(({ Properties }) => Properties.GroupName).sort()).toEqual([...roles].sort());
  });
});

describe('the desk as its client', () => {
  it('keeps no secret, takes the code alone, and leads back to the site’s own address', ({ prod }) => {
    const { Properties } = only(prod.service, 'AWS::Cognito::UserPoolClient');
    expect(Properties).toMatchObject({
      GenerateSecret: false,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid', 'profile'],
      CallbackURLs: ['https://give.example.org/staff/signed-in'],
      LogoutURLs: ['https://give.example.org/staff/signed-out'],
      ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
      AccessTokenValidity: 60,
      RefreshTokenValidity: 480,
      TokenValidityUnits: { AccessToken: 'minutes', RefreshToken: 'minutes' },
      PreventUserExistenceErrors: 'ENABLED',
    });
  });

  it('is whom authorizer and desk trust, with the scope that no ID token has', ({ dev }) => {
    const [client] = resourcesOf(dev.service, 'AWS::Cognito::UserPoolClient').keys();
    const authorizer = only(dev.service, 'AWS::ApiGatewayV2::Authorizer');
    const { Audience, Issuer } = authorizer.Properties.JwtConfiguration as Record<string, unknown>;
    expect(Audience).toEqual([{ Ref: client }]);
    expect(JSON.stringify(Issuer)).toContain('ProviderURL');
    const staff = [...resourcesOf(dev.service, 'AWS::Lambda::Function').values()].find(
      ({ Properties }) => Properties.FunctionName === 'tideover-dev-staff',
    );
    expect(staff?.Properties.Environment).toMatchObject({
      Variables: {
        ROLES_CLAIM: 'cognito:groups',
        SIGN_IN_AUDIENCE: { Ref: client },
        SIGN_IN_CLIENT: { Ref: client },
        SIGN_IN_ISSUER: Issuer,
        SIGN_IN_SCOPE: 'openid',
      },
    });
  });
});

describe('a stage with a pool of its own', () => {
  it.for(['dev', 'prod'] as const)('passes the rules of cdk-nag: %s', (stage) => {
    const context = { stage, 'aws:cdk:bundling-stacks': [] };
    expect(() => new TideoverApp({ context }, withPool).synth()).not.toThrow();
  });

  it('has at most 260 resources in its service stack, and an idle month that costs no cent more', ({
    prod,
  }) => {
    const resources = ({ service }: typeof prod) => (service.toJSON() as { Resources: Resources }).Resources;
    expect(Object.keys(resources(prod)).length).toBeLessThanOrEqual(260);
    const bill = (of: Resources) => totalOf(idleMonth(of, { ms: () => 100 })).dollars;
    expect(bill(resources(prod))).toBe(bill(resources(synthesize('prod', someSignIn))));
  });
});
