import { describe, expect, test } from 'vitest';
import { pictureRoute } from '#apps/pictures/pictures-app.ts';
import { siteRoutes } from '#apps/site/routes.ts';
import { resourcesOf, someSignIn, synthesize } from '../support/synthesis.ts';

const it = test
  .extend('service', { scope: 'file' }, () => synthesize().service)
  .extend('stage', { scope: 'file' }, ({ service }) => {
    const [stage] = resourcesOf(service, 'AWS::ApiGatewayV2::Stage').values();
    if (!stage) throw new Error('The API has no stage.');
    return stage;
  });

describe('the front door', () => {
  it('has the routes of the site, of its pictures and of the webhooks, and leads all else to the site', ({
    service,
  }) => {
    const routes = [...resourcesOf(service, 'AWS::ApiGatewayV2::Route').values()];
    const keys = routes.map((each) => each.Properties.RouteKey);
    const all = [...siteRoutes, pictureRoute, 'POST /stripe/webhook', 'POST /resend/webhook', '$default'];
    expect(keys.sort()).toEqual(all.sort());
    for (const key of keys) expect(key).not.toMatch(/^(?:HEAD|OPTIONS|ANY) |\+\}/);
    const targetOf = (key: string) =>
      routes.find(({ Properties }) => Properties.RouteKey === key)?.Properties.Target;
    expect(targetOf('$default')).toEqual(targetOf('GET /'));
  });

  it('may call each function that has a route, with one permission that covers all its routes and no other API’s', ({
    service,
  }) => {
    const permissions = [...resourcesOf(service, 'AWS::Lambda::Permission').values()];
    const [api] = resourcesOf(service, 'AWS::ApiGatewayV2::Api').keys();
    const functions = permissions.map(({ Properties }) => {
      expect(Properties).toMatchObject({
        Action: 'lambda:InvokeFunction',
        Principal: 'apigateway.amazonaws.com',
        SourceArn: { 'Fn::Join': ['', expect.arrayContaining([{ Ref: api }, '/*']) as unknown[]] },
      });
      return JSON.stringify(Properties.FunctionName);
    });
    expect(functions).toHaveLength(4);
    expect(new Set(functions).size).toBe(4);
  });

  it('logs the route of each request as JSON, and never a path, a query or an address', ({ stage }) => {
    const { Format } = stage.Properties.AccessLogSettings as { Format: string };
    const format = JSON.parse(Format) as Record<string, string>;
    expect(Object.values(format)).toContain('$context.routeKey');
    expect(Format).not.toMatch(/path|querystring|identity|sourceIp|userAgent|authorizer/i);
  });

  it('throttles all routes together, and each webhook and the fallback apart from them', ({ stage }) => {
    expect(stage.Properties).toMatchObject({
      StageName: '$default',
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
      RouteSettings: {
        $default: { ThrottlingRateLimit: 20, ThrottlingBurstLimit: 40 },
        'POST /stripe/webhook': { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
        'POST /resend/webhook': { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
      },
    });
  });

  it('holds nothing that only the laptop has', ({ service }) => {
    expect(JSON.stringify(service.toJSON())).not.toContain('__local');
  });
});

describe('a stage with a domain of its own', () => {
  it('is reached there only, and its functions know its address', () => {
    const { service } = synthesize('prod');
    service.hasResourceProperties('AWS::ApiGatewayV2::Api', { DisableExecuteApiEndpoint: true });
    service.hasResourceProperties('AWS::ApiGatewayV2::DomainName', { DomainName: 'give.example.org' });
    service.resourceCountIs('AWS::ApiGatewayV2::ApiMapping', 1);
    service.hasResourceProperties('AWS::Lambda::Function', {
      FunctionName: 'tideover-prod-mailer',
      Environment: { Variables: { SITE_URL: 'https://give.example.org' } },
    });
  });
});

describe.each(['dev', 'prod'] as const)('with the sign-in of the staff, the stack of %s', (stage) => {
  const template = () => synthesize(stage, someSignIn).service;

  it('gives each function that has a route a policy of at most 2 kB, of the 20 that Lambda takes', () => {
    const policies = new Map<string, object[]>();
    for (const [id, { Properties }] of resourcesOf(template(), 'AWS::Lambda::Permission')) {
      const target = JSON.stringify(Properties.FunctionName);
      // A statement with its names at their longest, as Lambda writes it.
      const statement = {
        Sid: `tideover-prod-service-${id}-012345678901`,
        Effect: 'Allow',
        Principal: { Service: Properties.Principal },
        Action: Properties.Action,
        Resource: 'arn:aws:lambda:ap-southeast-1:111122223333:function:tideover-prod-stripe-webhook',
        Condition: { ArnLike: { 'AWS:SourceArn': Properties.SourceArn } },
      };
      policies.set(target, [...(policies.get(target) ?? []), statement]);
    }
    expect(policies.size).toBe(5);
    for (const [target, statements] of policies) {
      expect(JSON.stringify(statements).length, target).toBeLessThanOrEqual(2_048);
    }
  });

  it('has at most 260 resources, of the 500 that CloudFormation takes', () => {
    const { Resources } = template().toJSON() as { Resources: object };
    expect(Object.keys(Resources).length).toBeLessThanOrEqual(260);
  });
});
