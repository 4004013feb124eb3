import type { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { siteRoutes } from '../../functions/site/routes.ts';
import { type Resource, resourcesOf, synthesize } from './synthesis.ts';

describe('the front door', () => {
  let template: Template;
  let routes: Resource[];
  let stage: Resource;

  beforeAll(() => {
    template = synthesize().service;
    routes = [...resourcesOf(template, 'AWS::ApiGatewayV2::Route').values()];
    const [only] = resourcesOf(template, 'AWS::ApiGatewayV2::Stage').values();
    if (!only) throw new Error('The API has no stage.');
    stage = only;
  });

  it('has the routes of the site and of the webhooks, and no catch-all', () => {
    const keys = routes.map((each) => each.Properties.RouteKey);
    expect(new Set(keys)).toEqual(new Set([...siteRoutes, 'POST /stripe/webhook', 'POST /resend/webhook']));
    expect(keys.length).toBe(siteRoutes.length + 2);
    for (const key of keys) expect(key).not.toMatch(/^\$default$|^ANY |\+\}/);
  });

  it('may call a function only on that function’s own paths, with one permission for each', () => {
    const permissions = [...resourcesOf(template, 'AWS::Lambda::Permission').values()];
    const paths = routes.map((each) => String(each.Properties.RouteKey).replace(/^\w+ /, ''));
    const permitted = permissions.map(({ Properties }) => {
      expect(Properties).toMatchObject({ Principal: 'apigateway.amazonaws.com' });
      return /\/\*\/\*(\/[^"]*)"/.exec(JSON.stringify(Properties.SourceArn))?.[1];
    });
    expect(permitted.sort()).toEqual([...new Set(paths)].sort());
  });

  it('stays below the 20 kB that a function’s policy may have', () => {
    // A statement with its names at their longest, as Lambda writes it.
    const statements = [...resourcesOf(template, 'AWS::Lambda::Permission').entries()].map(([id, each]) => ({
      Sid: `tideover-prod-service-${id}-012345678901`,
      Effect: 'Allow',
      Principal: { Service: 'apigateway.amazonaws.com' },
      Action: 'lambda:InvokeFunction',
      Resource: 'arn:aws:lambda:ap-southeast-1:111122223333:function:tideover-prod-stripe-webhook',
      Condition: { ArnLike: { 'AWS:SourceArn': each.Properties.SourceArn } },
    }));
    expect(JSON.stringify(statements).length).toBeLessThan(20_480);
  });

  it('logs the route of each request as JSON, and never a path, a query or an address', () => {
    const { Format } = stage.Properties.AccessLogSettings as { Format: string };
    const format = JSON.parse(Format) as Record<string, string>;
    expect(Object.values(format)).toContain('$context.routeKey');
    expect(Format).not.toMatch(/path|querystring|identity|sourceIp|userAgent|authorizer/i);
  });

  it('throttles all routes together, and each webhook apart from them', () => {
    expect(stage.Properties).toMatchObject({
      StageName: '$default',
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
      RouteSettings: {
        'POST /stripe/webhook': { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
        'POST /resend/webhook': { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
      },
    });
  });

  it('holds nothing that only the laptop has', () => {
    expect(JSON.stringify(template.toJSON())).not.toContain('__local');
  });
});

describe('a stage with a domain of its own', () => {
  it('is reached there only, and tells its functions so', () => {
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
