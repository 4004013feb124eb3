import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { bundleOptions } from '../../infra/constructs/bundle.ts';

/** A function of the synthesized app, with the file that a deploy would upload. */
export interface BuiltFunction {
  /** The entry's name, such as `stripe-webhook`. */
  readonly name: string;
  readonly file: string;
  readonly memoryMb: number;
}

interface Resource {
  readonly Type: string;
  readonly Properties?: { readonly FunctionName?: unknown; readonly MemorySize?: number };
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

export function functionsOf(assembly: string): BuiltFunction[] {
  return readdirSync(assembly)
    .filter((file) => file.endsWith('.template.json'))
    .flatMap((file) => {
      const { Resources } = JSON.parse(readFileSync(join(assembly, file), 'utf8')) as {
        Resources: Record<string, Resource>;
      };
      return Object.values(Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
    })
    .map(({ Properties, Metadata }) => ({
      name: String(Properties?.FunctionName).replace(/^tideover-[a-z]+-/, ''),
      file: join(assembly, String(Metadata?.['aws:asset:path']), 'index.mjs'),
      memoryMb: Properties?.MemorySize ?? 128,
    }));
}

/** Bundles an entry as the functions are (infra/constructs/service-function.ts), to compare with them. */
export async function bundleLike(
  entry: string,
  outfile: string,
  plugins: readonly Plugin[] = [],
): Promise<string> {
  await build({ ...bundleOptions, entryPoints: [entry], outfile, plugins: [...plugins] });
  return outfile;
}
