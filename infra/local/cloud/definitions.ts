import { randomBytes } from 'node:crypto';
import { cp, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Caller, Role } from '../template/access.ts';
import type { Model, ModelResource } from '../template/model.ts';
import { type Assembly, TemplateError } from '../template/template.ts';
import type { FunctionDefinition } from './instance.ts';

/** A function of the template, laid out to run. */
export interface LaidOut {
  readonly definition: FunctionDefinition;
  readonly caller: Caller;
  /** Its own access key: the services know the caller by it. */
  readonly accessKey: string;
  /** What it signs with; S3 checks it. */
  readonly secretKey: string;
}

/**
 * Copies each function's asset to a folder of its own and says how it runs.
 *
 * @param options.directory a folder outside the repository, so that a bundle finds no node_modules but its own
 * @param options.variables what the runtime and the outside add to every function's own variables
 * @throws TemplateError when an asset, handler file or role is not there
 */
export async function layOutFunctions(options: {
  model: Model;
  assembly: Assembly;
  roles: ReadonlyMap<string, Role>;
  directory: string;
  variables: Readonly<Record<string, string>>;
}): Promise<readonly LaidOut[]> {
  return Promise.all(options.model.of('AWS::Lambda::Function').map((resource) => layOut(options, resource)));
}

async function layOut(
  options: Parameters<typeof layOutFunctions>[0],
  resource: ModelResource<'AWS::Lambda::Function'>,
): Promise<LaidOut> {
  const { properties, id, ref: name } = resource;
  const role = options.roles.get(properties.Role);
  if (!role) throw new TemplateError(`${id}.Role: there is no role ${properties.Role}.`);
  if (!role.trusted.includes('lambda.amazonaws.com')) {
    throw new TemplateError(`${id}.Role: lambda.amazonaws.com may not assume ${role.name}.`);
  }
  const asset = options.assembly.assets.get(properties.Code.S3Key);
  if (!asset) throw new TemplateError(`${id}.Code: the assembly holds no asset ${properties.Code.S3Key}.`);
  const directory = join(options.directory, name);
  await mkdir(directory, { recursive: true });
  await cp(asset, directory, { recursive: true });
  const [base = '', exportName = ''] = properties.Handler.split('.');
  const file = (await readdir(directory)).find((entry) => [`${base}.mjs`, `${base}.js`].includes(entry));
  if (!file) throw new TemplateError(`${id}.Handler: the asset holds no ${base}.mjs.`);
  const accessKey = `LOCAL${name.replace(/[^A-Za-z0-9]/g, '').toUpperCase()}`;
  const secretKey = randomBytes(20).toString('hex');
  const own = properties.Environment?.Variables ?? {};
  const definition: FunctionDefinition = {
    name,
    arn: resource.attribute('Arn'),
    directory,
    file: join(directory, file),
    exportName,
    memoryMb: properties.MemorySize,
    timeoutSeconds: properties.Timeout,
    ...(properties.ReservedConcurrentExecutions !== undefined && {
      concurrency: properties.ReservedConcurrentExecutions,
    }),
    environment: {
      ...options.variables,
      AWS_REGION: options.model.place.region,
      AWS_ACCESS_KEY_ID: accessKey,
      AWS_SECRET_ACCESS_KEY: secretKey,
      AWS_SESSION_TOKEN: 'local',
      AWS_LAMBDA_FUNCTION_NAME: name,
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(properties.MemorySize),
      TZ: 'UTC',
      ...own,
    },
  };
  return { definition, caller: { name, role }, accessKey, secretKey };
}
