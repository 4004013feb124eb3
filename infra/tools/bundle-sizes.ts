import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { synthesize } from '../start/synthesize.ts';

/** A function of the synthesized templates with the code that a deploy would upload. */
interface Bundle {
  /** The entry's name, such as `stripe-webhook`. */
  readonly name: string;
  readonly bytes: number;
  readonly holdsReact: boolean;
  readonly code: string;
}

interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
}

interface Resource {
  readonly Type: string;
  readonly Properties?: { readonly FunctionName?: string };
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

/** Bytes of minified code that a function may have; one that is not named may have any number. */
const largest: Readonly<Record<string, number>> = {
  'stripe-webhook': 900_000,
  // With the desk: its pages, forms, style and help, 47 kB of openid-client with what it needs for the sign-in, the client for Cognito
  // by which it invites people, the public page of a campaign for its preview, and 100 kB of markdown-it, which renders stories
  // when they are written.
  staff: 1_600_000,
};
/** The type that React gives its elements: minifying leaves it as it is. */
const reactMarker = 'react.transitional.element';
const withReact = 'mailer';
/** The path of all that only the local cloud answers. */
const localOnly = '__local';

function bundlesOf(templateFile: string): Bundle[] {
  const { Resources } = JSON.parse(readFileSync(templateFile, 'utf8')) as Template;
  return Object.entries(Resources)
    .filter(([, resource]) => resource.Type === 'AWS::Lambda::Function')
    .map(([id, { Properties, Metadata }]) => {
      const asset = Metadata?.['aws:asset:path'];
      const name = Properties?.FunctionName?.replace(/^tideover-[a-z]+-/, '');
      if (!name || typeof asset !== 'string') throw new Error(`${id} names no function and bundle.`);
      const code = readFileSync(join(dirname(templateFile), asset, 'index.mjs'), 'utf8');
      return { name, code, bytes: Buffer.byteLength(code), holdsReact: code.includes(reactMarker) };
    });
}

function faultsOf({ name, code, bytes, holdsReact }: Bundle): string[] {
  const most = largest[name];
  return [
    most !== undefined && bytes > most && `${name} has ${bytes} bytes and may have ${most}.`,
    holdsReact && name !== withReact && `${name} holds React, which belongs to the ${withReact} alone.`,
    // Else the check above would look for words that React no longer has.
    !holdsReact && name === withReact && `${name} lacks "${reactMarker}": find what marks React now.`,
    code.includes(localOnly) && `${name} holds "${localOnly}", which belongs to the local cloud alone.`,
  ].filter((fault) => fault !== false);
}

/** Any sign-in: without one the staff's function is not built. */
const signIn = {
  issuer: 'https://sign-in.example.org',
  audience: 'tideover',
  client: 'desk',
  rolesClaim: 'groups',
};

/** Checks a synthesized app: sizes of bundles, React, and what may only be local. Prints a table; exit 1 with each fault. */
function check(folder: string): void {
  const templates = readdirSync(folder)
    .filter((file) => file.endsWith('.template.json'))
    .map((file) => join(folder, file));
  const bundles = templates.flatMap(bundlesOf);
  const missing = [...Object.keys(largest), withReact].filter(
    (name) => !bundles.some((bundle) => bundle.name === name),
  );
  console.table(
    Object.fromEntries(
      bundles.map(({ name, bytes, holdsReact }) => [
        name,
        { bytes, 'at most': largest[name] ?? '', React: holdsReact ? 'yes' : '' },
      ]),
    ),
  );
  const faults = [
    ...missing.map((name) => `There is no function ${name}.`),
    ...bundles.flatMap(faultsOf),
    ...templates
      .filter((file) => readFileSync(file, 'utf8').includes(localOnly))
      .map((file) => `${file} holds "${localOnly}", which belongs to the local cloud alone.`),
  ];
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
}

const folder = mkdtempSync(join(tmpdir(), 'tideover-sizes-'));
try {
  await synthesize(fileURLToPath(new URL('../..', import.meta.url)), folder, signIn);
  check(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
