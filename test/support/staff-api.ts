import { handle, type LambdaContext, type LambdaEvent } from 'hono/aws-lambda';
import { inject } from 'vitest';
import { createStaffApp } from '#apps/staff/staff-app.ts';
import { actorOfRequest } from '#kernel/staff/read-actor.ts';
import type { Table } from '#platform/table/table.ts';
import type { SignIn } from '../../infra/constructs/stage.ts';
import { httpApi } from '../../infra/local/cloud/http-api.ts';
import { buildModel } from '../../infra/local/template/model.ts';
import type { Assembly } from '../../infra/local/template/template.ts';

/** Where the routes answer. */
export const place = {
  region: 'ap-east-1',
  account: '000000000000',
  siteUrl: 'http://127.0.0.1:1',
  servicesUrl: 'http://127.0.0.1:2',
};

/** The templates of a stage with this sign-in, as the local cloud reads them; the functions are not bundled. */
function assemblyWith({ issuer, audience, scope }: SignIn): Assembly {
  type Template = Assembly['stacks'][number]['template'];
  const templates = JSON.parse(inject('stacks')) as Record<string, Template>;
  const stacks = Object.entries(templates).map(([name, template]) => ({ name, template }));
  for (const { Type, Properties = {} } of stacks.flatMap(({ template }) =>
    Object.values(template.Resources),
  )) {
    if (Type === 'AWS::ApiGatewayV2::Authorizer') {
      Object.assign(Properties, { JwtConfiguration: { Issuer: issuer, Audience: [audience] } });
    }
    if (Type === 'AWS::ApiGatewayV2::Route' && Properties.AuthorizationType === 'JWT') {
      Object.assign(Properties, { AuthorizationScopes: [scope] });
    }
  }
  return { stacks, assets: new Map() };
}

type Handler = (event: LambdaEvent, context: LambdaContext) => Promise<unknown>;

/**
 * The routes and the authorizer of the template as the local cloud runs them, with one function of this process behind all of them.
 *
 * @param mutate changes the templates first
 * @throws TemplateError when the local cloud refuses them
 */
export async function openRoutes(handler: Handler, signIn: SignIn, mutate = (_: Assembly) => {}) {
  const assembly = assemblyWith(signIn);
  mutate(assembly);
  const invoked: string[] = [];
  const problems: string[] = [];
  const answer = await httpApi({
    model: buildModel(assembly, place),
    findFunction: (arn) => ({ definition: definitionOf(arn) }),
    functions: {
      invoke: async (arn, event) => {
        invoked.push(arn);
        return { ok: true, value: await handler(event as LambdaEvent, {} as LambdaContext) };
      },
    },
    report: (problem) => problems.push(problem),
  });
  return { answer, invoked, problems };
}

/**
 * The staff's API on a table.
 *
 * @param mutate changes the templates first
 * @throws TemplateError when the local cloud refuses them
 */
export async function openStaffApi(table: Table, signIn: SignIn, mutate = (_: Assembly) => {}) {
  const clock = () => new Date();
  const app = createStaffApp({
    random: Math.random,
    table,
    clock,
    actorOf: (c) => actorOfRequest(c, signIn.rolesClaim),
  });
  const { answer, invoked, problems } = await openRoutes(handle(app), signIn, mutate);
  const call = async (
    route: string,
    options: { token?: string; body?: unknown; headers?: Record<string, string> } = {},
  ) => {
    const [method = '', path = ''] = route.split(' ');
    const headers = new Headers(options.headers);
    if (options.token !== undefined) headers.set('authorization', `Bearer ${options.token}`);
    if (method === 'POST' && !headers.has('idempotency-key')) headers.set('idempotency-key', 'a-key');
    if (options.body !== undefined) headers.set('content-type', 'application/json');
    const body = options.body === undefined ? {} : { body: JSON.stringify(options.body) };
    return answer(new Request(`${place.siteUrl}${path}`, { method, headers, ...body }));
  };
  return { app, call, invoked, problems };
}

function definitionOf(arn: string) {
  const name = arn.split(':').at(-1) ?? '';
  return {
    name,
    arn,
    file: '',
    directory: '',
    exportName: 'handler',
    environment: {},
    memoryMb: 512,
    timeoutSeconds: 20,
  };
}
