import { cpSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { type BuildOptions, buildSync } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What goes into a function's bundle besides its entry and what that imports. */
export interface BundleContents {
  /** Packages that an import drags in and nothing reaches: an empty module takes their place in the bundle. */
  readonly unreachedModules?: readonly string[] | undefined;
  /** A folder, from the root, that is copied beside the bundle under its own name. */
  readonly files?: string | undefined;
  /** Packages that are copied beside the bundle as they are, because they look for files of their own. */
  readonly copiedModules?: readonly string[] | undefined;
  /** Files that are made for the bundle and stand beside it, by their names. */
  readonly written?: Readonly<Record<string, () => string>> | undefined;
}

/**
 * The code of a Lambda: its entry as one file. The installed esbuild makes it in one call; `NodejsFunction` would start npx for each
 * function, which takes longer than the bundling.
 *
 * @param entry the entry's file, from the root
 */
export function bundle(
  entry: string,
  { unreachedModules = [], copiedModules = [], files, written = {} }: BundleContents,
): Code {
  return Code.fromAsset(root, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Never run: the local way below does it all. CDK takes bundles with the same command for the same.
      image: DockerImage.fromRegistry('dummy'),
      command: [entry, ...unreachedModules, ...copiedModules, files ?? '', ...Object.keys(written)],
      local: {
        tryBundle: (outputFolder) => {
          buildSync({
            ...bundleOptions,
            entryPoints: [join(root, entry)],
            outfile: join(outputFolder, 'index.mjs'),
            external: [...copiedModules],
            alias: Object.fromEntries(
              unreachedModules.map((name) => [name, join(root, 'infra/constructs/unreached.ts')]),
            ),
          });
          // There `new URL('./<name>/…', import.meta.url)` finds it as it does in the source.
          if (files) cpSync(join(root, files), join(outputFolder, basename(files)), { recursive: true });
          for (const name of copiedModules) {
            const module = join('node_modules', name);
            cpSync(join(root, module), join(outputFolder, module), { recursive: true });
          }
          for (const [name, make] of Object.entries(written)) writeFileSync(join(outputFolder, name), make());
          return true;
        },
      },
    },
  });
}

/** How every entry becomes one file: the SDK goes in, so that a deploy and not Amazon chooses its version. */
export const bundleOptions = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  mainFields: ['module', 'main'],
  minify: true,
  sourcemap: true,
  sourcesContent: false,
  logLevel: 'warning',
  // Else React's development build goes in beside the other.
  define: { 'process.env.NODE_ENV': '"production"' },
  // The CommonJS parts of stripe and resend call require, which an ES module has not got.
  banner: { js: "import{createRequire}from'module';const require=createRequire(import.meta.url);" },
} satisfies BuildOptions;
