import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A resource as CDK writes it into a template, intrinsic functions unresolved. */
export interface TemplateResource {
  Type: string;
  Properties?: Record<string, unknown>;
  Condition?: string;
}

/** A synthesized CloudFormation template, as far as the local cloud reads it. */
export interface Template {
  Resources: Record<string, TemplateResource>;
  Outputs?: Record<string, { Value: unknown; Export?: { Name: unknown } }>;
  Parameters?: Record<string, { Default?: unknown }>;
  Transform?: unknown;
}

/** One stack of the assembly. Region and account are absent when the stack is environment-agnostic. */
export interface Stack {
  readonly name: string;
  readonly template: Template;
  readonly region?: string;
  readonly account?: string;
}

/** All that `cdk synth` produced and the local cloud runs: the templates, and where each asset's files lie. */
export interface Assembly {
  readonly stacks: readonly Stack[];
  /** S3 object key (as in `Code.S3Key`) → absolute path of the bundled folder. */
  readonly assets: ReadonlyMap<string, string>;
}

/** Thrown for whatever in the template the local cloud cannot run. The message names logical id and property. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

interface Manifest {
  artifacts: Record<
    string,
    {
      type: string;
      environment?: string;
      properties?: { templateFile?: string; stackName?: string; file?: string };
    }
  >;
}

interface AssetManifest {
  files?: Record<string, { source: { path: string }; destinations: Record<string, { objectKey: string }> }>;
}

/**
 * Reads a CDK cloud assembly (`cdk.out`).
 *
 * @param directory the folder with `manifest.json`
 * @returns its stacks and assets; the templates are plain objects that a test may alter before they run
 */
export async function loadAssembly(directory: string): Promise<Assembly> {
  const manifest = await readJson<Manifest>(join(directory, 'manifest.json'));
  const stacks: Stack[] = [];
  const assets = new Map<string, string>();
  for (const [id, artifact] of Object.entries(manifest.artifacts)) {
    const { templateFile, stackName, file } = artifact.properties ?? {};
    if (artifact.type === 'aws:cloudformation:stack' && templateFile) {
      const template = await readJson<Template>(join(directory, templateFile));
      stacks.push({ name: stackName ?? id, template, ...environmentOf(artifact.environment) });
    }
    if (artifact.type === 'cdk:asset-manifest' && file) {
      const { files } = await readJson<AssetManifest>(join(directory, file));
      for (const asset of Object.values(files ?? {})) {
        for (const { objectKey } of Object.values(asset.destinations)) {
          assets.set(objectKey, join(directory, asset.source.path));
        }
      }
    }
  }
  return { stacks, assets };
}

function environmentOf(environment = ''): { region?: string; account?: string } {
  const [, account, region] = /^aws:\/\/([^/]+)\/(.+)$/.exec(environment) ?? [];
  return {
    ...(account && account !== 'unknown-account' && { account }),
    ...(region && region !== 'unknown-region' && { region }),
  };
}

async function readJson<T>(file: string): Promise<T> {
  return JSON.parse(await readFile(file, 'utf8')) as T;
}
