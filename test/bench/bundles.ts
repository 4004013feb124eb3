import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

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

/** The functions of an assembly. */
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
export async function bundleLike(entry: string, outfile: string): Promise<string> {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    banner: { js: "import{createRequire}from'module';const require=createRequire(import.meta.url);" },
  });
  return outfile;
}
