import { join } from 'node:path';
import { startLocalS3 } from '../s3/server.ts';
import { type PortChoice, serveLocally } from '../serve.ts';
import { bucketDenials, type Role, readRoles, refusalOf } from '../template/access.ts';
import { buildModel, type Model } from '../template/model.ts';
import { type Assembly, TemplateError } from '../template/template.ts';
import { temporaryFolder } from '../temporary-folders.ts';
import { type LocalAlarm, readAlarms } from './alarms.ts';
import { asynchronousInvocations, invocationService } from './asynchronous.ts';
import { type LaidOut, layOutFunctions } from './definitions.ts';
import { dynamoDbClient } from './dynamodb-client.ts';
import { dynamoDbGateway } from './dynamodb-gateway.ts';
import { Functions } from './functions.ts';
import { httpApi } from './http-api.ts';
import { type Journey, type LocalPage, localRoutes } from './local-routes.ts';
import { startMappings } from './mappings.ts';
import { Metrics } from './metrics.ts';
import { parameterStore } from './parameters.ts';
import { createQueues, type Queues, queueService } from './queues.ts';
import { type Schedules, startSchedules } from './schedules.ts';
import { awsServices, type Report, type ServiceCall } from './services.ts';
import { createWake } from './streams.ts';
import { createTables, type Fill, tableKeys } from './tables.ts';
import { restOf } from './travel.ts';

/** What lies outside AWS. */
export interface Surroundings {
  /** SSM parameters by name; all are SecureStrings. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Variables of every function that say where the outside is, for example `STRIPE_API_BASE`. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Where a user pool stands, and who hears what is refused there. */
export interface PoolPlace {
  readonly region: string;
  readonly account: string;
  readonly report: Report;
}

export interface LocalCloudOptions {
  readonly assembly: Assembly;
  /** A DynamoDB Local that answers and has no tables of the template yet, or those of an earlier run. */
  readonly dynamodbUrl: string;
  readonly sitePort: PortChoice;
  /** Asked once the site's address is known and before any function runs. */
  readonly surroundings: (siteUrl: string) => Promise<Surroundings>;
  /** Asked for each table that is made, before anything reads it; not for those of an earlier run. */
  readonly fill?: Fill | undefined;
  /** What takes part when the time is moved on; without it nobody can. */
  readonly journey?: Journey | undefined;
  /** Pages under `/__local/` that the starting program adds, by their area. */
  readonly localPages?: ReadonlyMap<string, LocalPage> | undefined;
  /** The user pool whose people sign in; without one nobody is invited. */
  readonly userPool?: ((place: PoolPlace) => ServiceCall) | undefined;
  /** Where the buckets' objects lie; a temporary folder when absent. */
  readonly filesFolder?: string | undefined;
  /** What time it is for what is recorded and for alarms, milliseconds since 1970; the machine's own time when absent. */
  readonly now?: (() => number) | undefined;
  /** Takes each problem as it happens; the local cloud keeps them too. */
  readonly report?: (problem: string) => void;
}

/** A local cloud that runs. */
export interface LocalCloud {
  /** Address of the HTTP API, without a trailing slash. */
  readonly siteUrl: string;
  /** Names of the tables. */
  readonly tables: readonly string[];
  /** Everything that was refused, missing or failed since the start, in order. */
  readonly problems: readonly string[];
  readonly functions: Functions;
  readonly queues: Queues;
  /** The alarms of the template, by what was recorded since the start. */
  readonly alarms: readonly LocalAlarm[];
  readonly schedules: Schedules;
  /** Ends every process, server and timer. */
  close(): Promise<void>;
}

const maximumInstances = 8;

/**
 * Runs a synthesized assembly on this machine.
 *
 * @throws TemplateError for whatever in the template it cannot run or AWS would not deploy; nothing is left running then
 */
export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const closers: (() => unknown)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    return await start(options, closers, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function start(
  options: LocalCloudOptions,
  closers: (() => unknown)[],
  close: () => Promise<void>,
): Promise<LocalCloud> {
  const { assembly } = options;
  const problems: string[] = [];
  const report = (problem: string): void => {
    problems.push(problem);
    options.report?.(problem);
  };
  const [services, site] = [lateHandler(), lateHandler()];
  const servicesServer = await serveLocally(services.handle, { port: 0 });
  closers.push(() => servicesServer.close());
  const siteServer = await serveLocally(site.handle, options.sitePort);
  closers.push(() => siteServer.close());
  const { url: siteUrl } = siteServer;

  const model = buildModel(assembly, { ...whereIs(assembly), siteUrl, servicesUrl: servicesServer.url });
  const { region, account } = model.place;
  const roles = readRoles(model);
  const outside = await options.surroundings(siteUrl);
  const temporary = await temporaryFolder('cloud');
  const directory = temporary.path;
  closers.push(() => temporary.remove());
  let laidOut: readonly LaidOut[] = [];
  const files = await startLocalS3({
    port: { port: 0 },
    folder: options.filesFolder ?? join(directory, 's3'),
    buckets: model.of('AWS::S3::Bucket').map(({ ref }) => ref),
    holderOf: (key) => holderOf(laidOut, key),
    denials: bucketDenials(model),
    clock: () => new Date(),
    report,
  });
  closers.push(() => files.close());
  laidOut = await layOutFunctions({
    model,
    assembly,
    roles,
    directory,
    variables: { ...serviceVariables(servicesServer.url, files.url), ...outside.variables },
  });
  requireInvoked(model, laidOut, [...roles.values()]);
  const now = options.now ?? Date.now;
  const metrics = new Metrics(now);
  const alarms = readAlarms(model, metrics, now());
  const functions = new Functions(
    new Map(laidOut.map(({ definition }) => [definition.arn, definition])),
    maximumInstances,
    report,
    metrics,
  );
  closers.push(() => functions.close());
  const findFunction = (name: string) =>
    laidOut.find(({ definition }) => definition.name === name || definition.arn === name);

  const call = dynamoDbClient(options.dynamodbUrl, region);
  const tables = await createTables(model, call, options.fill);
  const queues = createQueues(model, report);
  for (const queue of queues.values()) {
    const dimensions = { QueueName: queue.settings.name };
    const name = 'ApproximateNumberOfMessagesVisible';
    metrics.measure({ namespace: 'AWS/SQS', name, dimensions }, () => queue.counts().visible);
  }
  const invoke = asynchronousInvocations({ model, callerOf: findFunction, functions, queues, report });
  const wake = createWake();
  let writes = 0;
  const common = { region, account, report };
  services.use(
    awsServices(
      {
        DynamoDB_20120810: dynamoDbGateway({
          url: options.dynamodbUrl,
          tables: tableKeys(model),
          written: () => {
            writes += 1;
            wake.now();
          },
          report,
        }),
        AmazonSQS: queueService(queues, report),
        Lambda: invocationService({ callerOf: findFunction, invoke, report }),
        ...(options.userPool && { AWSCognitoIdentityProviderService: options.userPool(common) }),
        AmazonSSM: parameterStore({ values: outside.parameters, ...common }),
      },
      (key) => laidOut.find(({ accessKey }) => accessKey === key)?.caller,
      report,
    ),
  );
  const joined = { model, findFunction, functions, queues, tables, call, wake, report };
  const api = await httpApi({ model, findFunction, functions, report, metrics });
  const schedules = startSchedules({
    model,
    roles,
    invoke,
    hasFunction: (arn) => findFunction(arn) !== undefined,
    hasQueue: (arn) => queues.has(arn),
  });
  closers.push(() => schedules.close());
  closers.push(startMappings(joined));
  const tableNames = tables.map(({ name }) => name);
  const pages = options.localPages ?? new Map<string, LocalPage>();
  const rest = restOf({ functions, queues, writes: () => writes });
  const parts = { schedules, functions, queues, alarms, problems, pages, journey: options.journey, rest };
  site.use(async (request) => (await localRoutes(request, parts)) ?? api(request));
  return { siteUrl, tables: tableNames, problems, functions, queues, alarms, schedules, close };
}

/** A handler that is set after its server listens, because the handler needs the server's address. */
function lateHandler() {
  let handler: (request: Request) => Promise<Response> = async () =>
    new Response('The local cloud is starting.\n', { status: 503 });
  return {
    handle: (request: Request) => handler(request),
    use: (other: (request: Request) => Promise<Response>) => {
      handler = other;
    },
  };
}

// The local cloud stands in one region and account; stacks without their own take Hong Kong's.
function whereIs(assembly: Assembly): { region: string; account: string } {
  return {
    region: assembly.stacks.find(({ region }) => region)?.region ?? 'ap-east-1',
    account: assembly.stacks.find(({ account }) => account)?.account ?? '000000000000',
  };
}

function holderOf(laidOut: readonly LaidOut[], key: string) {
  const found = laidOut.find(({ accessKey }) => accessKey === key);
  return found && { secret: found.secretKey, caller: found.caller };
}

function serviceVariables(url: string, filesUrl: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: url,
    AWS_ENDPOINT_URL_DYNAMODB: url,
    AWS_ENDPOINT_URL_LAMBDA: url,
    AWS_ENDPOINT_URL_S3: filesUrl,
    AWS_ENDPOINT_URL_SQS: url,
    AWS_ENDPOINT_URL_SSM: url,
  };
}

/** A function that nothing invokes lacks a connection in the template; AWS would deploy it without a warning. */
function requireInvoked(model: Model, laidOut: readonly LaidOut[], roles: readonly Role[]): void {
  const targets = [
    ...model.of('AWS::Lambda::EventSourceMapping').map(({ properties }) => properties.FunctionName),
    ...model.of('AWS::Scheduler::Schedule').map(({ properties }) => properties.Target.Arn),
    ...model.of('AWS::ApiGatewayV2::Integration').map(({ properties }) => properties.IntegrationUri),
  ];
  for (const { definition } of laidOut) {
    const named = targets.some((target) => target === definition.name || target.includes(definition.arn));
    const need = { action: 'lambda:InvokeFunction', resource: definition.arn };
    const isCalled = roles.some((role) => refusalOf({ name: role.name, role }, [need]) === undefined);
    if (!named && !isCalled) {
      throw new TemplateError(
        `${definition.name} is never invoked: no event source mapping, schedule or route of the template names it, and no role may invoke it.`,
      );
    }
  }
}
