import { matches } from '../template/conditions.ts';
import type { Model, ModelResource } from '../template/model.ts';
import { TemplateError } from '../template/template.ts';
import { detailedRoutes } from './alarms.ts';
import type { Functions } from './functions.ts';
import type { FunctionDefinition } from './instance.ts';
import { type Authorizer, readAuthorizers } from './jwt-authorizer.ts';
import type { Metrics } from './metrics.ts';
import { httpEvent, httpResponse } from './payload.ts';
import { matchRoute, type RoutePattern } from './routes.ts';
import type { Report } from './services.ts';

const maximumBodyBytes = 10 * 1024 * 1024;
// Local servers listen on this address alone, so that every peer has it.
const sourceIp = '127.0.0.1';

/** A function behind a route, and whether API Gateway may invoke it there. */
interface Target {
  readonly definition: FunctionDefinition;
  readonly permitted: boolean;
  readonly timeoutMs: number;
  /** Checks the token before the function is invoked; undefined for an open route. */
  readonly authorizer: Authorizer | undefined;
  readonly scopes: readonly string[];
}

/**
 * The HTTP API of the template as a fetch handler.
 *
 * @throws TemplateError for a route without integration, function or the authorizer it names
 */
export async function httpApi(options: {
  model: Model;
  findFunction: (nameOrArn: string) => { definition: FunctionDefinition } | undefined;
  functions: Pick<Functions, 'invoke'>;
  report: Report;
  metrics?: Metrics;
}): Promise<(request: Request) => Promise<Response>> {
  const { model, functions, report } = options;
  const [api, ...others] = model.of('AWS::ApiGatewayV2::Api');
  if (!api) return async () => message(404, 'Not Found');
  if (others[0])
    throw new TemplateError(`${others[0].id}: the local cloud runs one HTTP API, this is a second.`);
  if (model.of('AWS::ApiGatewayV2::Stage').length === 0) {
    throw new TemplateError(`${api.id}: the HTTP API has no $default stage.`);
  }
  const routes = readRoutes(options, api.ref, await readAuthorizers(model));
  const detailed = detailedRoutes(model);
  /** API Gateway counts for the whole API, and for the routes that have metrics of their own. */
  const counted = (routeKey: string, response: Response): Response => {
    if (response.status < 500) return response;
    const metric = { namespace: 'AWS/ApiGateway', name: '5xx' };
    const dimensions = { ApiId: api.ref, Stage: '$default' };
    options.metrics?.record({ ...metric, dimensions });
    const [Method = '', Resource = ''] = routeKey.split(' ');
    if (detailed.includes(routeKey)) {
      options.metrics?.record({ ...metric, dimensions: { ...dimensions, Method, Resource } });
    }
    return response;
  };
  return async (request) => {
    const { pathname } = new URL(request.url);
    const found = matchRoute(routes, request.method, pathname);
    if (!found) {
      report(`No route of the HTTP API answers ${request.method} ${pathname}.`);
      return message(404, 'Not Found');
    }
    const { routeKey, target } = found.route;
    if (!target.permitted) {
      report(
        `The HTTP API may not invoke ${target.definition.name} for the route ${routeKey}: no AWS::Lambda::Permission allows it.`,
      );
      return counted(routeKey, message(500, 'Internal Server Error'));
    }
    const authorized = await target.authorizer?.(request, target.scopes);
    if (authorized && 'refused' in authorized) return authorized.refused;
    const body = Buffer.from(await request.arrayBuffer());
    if (body.length > maximumBodyBytes) return message(413, 'Request Entity Too Large');
    const { pathParameters } = found;
    const taken = { routeKey, pathParameters, apiId: api.ref, account: model.place.account };
    const event = httpEvent(request, body, { ...taken, ...(authorized && { jwt: authorized }) }, sourceIp);
    const result = await Promise.race([
      functions.invoke(target.definition.arn, event),
      after(target.timeoutMs).then(() => 'timed out' as const),
    ]);
    if (result === 'timed out') return counted(routeKey, message(503, 'Service Unavailable'));
    const response = result.ok ? httpResponse(result.value) : undefined;
    if (result.ok && !response)
      report(`${target.definition.name} answered ${routeKey} in no shape of payload 2.0.`);
    // A caller that posts means a route; where the fallback knows none either, nobody would notice in production.
    if (routeKey === '$default' && request.method === 'POST' && response?.status === 404)
      report(`No route of the HTTP API answers POST ${pathname}: the fallback did, with 404.`);
    return counted(routeKey, response ?? message(500, 'Internal Server Error'));
  };
}

function readRoutes(
  options: Parameters<typeof httpApi>[0],
  apiId: string,
  authorizers: ReadonlyMap<string, Authorizer>,
): readonly RoutePattern<Target>[] {
  const { model } = options;
  return model.of('AWS::ApiGatewayV2::Route').map((route) => {
    const { RouteKey: routeKey, Target: target, AuthorizationScopes: scopes } = route.properties;
    const integration = model
      .of('AWS::ApiGatewayV2::Integration')
      .find(({ ref }) => target === `integrations/${ref}`);
    if (!integration) throw new TemplateError(`${route.id}.Target: there is no integration ${target}.`);
    const uri = integration.properties.IntegrationUri;
    const arn = /\/functions\/(.+)\/invocations$/.exec(uri)?.[1] ?? uri;
    const definition = options.findFunction(arn)?.definition;
    if (!definition)
      throw new TemplateError(`${integration.id}.IntegrationUri: there is no function ${arn}.`);
    const permitted = isPermitted(model, definition, apiId, routeKey);
    const authorizer = authorizerOf(route, authorizers);
    const timeoutMs = integration.properties.TimeoutInMillis;
    return { routeKey, target: { definition, permitted, timeoutMs, authorizer, scopes } };
  });
}

function authorizerOf(
  { id, properties }: ModelResource<'AWS::ApiGatewayV2::Route'>,
  authorizers: ReadonlyMap<string, Authorizer>,
): Authorizer | undefined {
  const { AuthorizationType: type, AuthorizerId: wanted } = properties;
  if (type === 'NONE') {
    if (wanted) throw new TemplateError(`${id}.AuthorizationType: it is NONE, and an authorizer is named.`);
    return undefined;
  }
  const authorizer = authorizers.get(wanted ?? '');
  if (!authorizer) throw new TemplateError(`${id}.AuthorizerId: there is no authorizer ${wanted ?? ''}.`);
  return authorizer;
}

function isPermitted(model: Model, definition: FunctionDefinition, apiId: string, routeKey: string): boolean {
  const { region, account } = model.place;
  const [method, path = ''] = routeKey.split(' ');
  const caller = `arn:aws:execute-api:${region}:${account}:${apiId}/$default/${method}${path}`;
  return model.of('AWS::Lambda::Permission').some(
    ({ properties }) =>
      properties.Principal === 'apigateway.amazonaws.com' &&
      ['lambda:InvokeFunction', 'lambda:*'].includes(properties.Action) &&
      [definition.name, definition.arn].includes(properties.FunctionName) &&
      // The parameters in a route's own path stand in the permission as they are, or as a wildcard.
      (properties.SourceArn === undefined || matches(properties.SourceArn, caller)),
  );
}

function message(status: number, text: string): Response {
  return Response.json({ message: text }, { status });
}

function after(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
}
