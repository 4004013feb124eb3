import { posix } from 'node:path';
import { allowedArrows, circlesOf, contextOf, roleOf } from './rooms.ts';

/** A file of the repository: its path from the root, with `/`, and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** One import or re-export of a file. */
export interface Import {
  /** As it stands there, or the path from the root for a relative one. */
  readonly target: string;
  /** Nothing of it is left when types are taken away. */
  readonly typesOnly: boolean;
}

/** What of the platform is as pure as a rule: words, numbers and times, without a clock, a store or a library. */
export const purePlatform = [
  'functions/platform/charity.ts',
  'functions/platform/clock.ts',
  'functions/platform/errors.ts',
  'functions/platform/id-shapes.ts',
  'functions/platform/linkable.ts',
  'functions/platform/mail-address.ts',
  'functions/platform/money.ts',
  'functions/platform/read-amount.ts',
  'functions/platform/receiver-words.ts',
  'functions/platform/values.ts',
];

/** The files that may read the environment. */
export const environmentReaders = [
  'functions/platform/config.ts',
  'functions/payments/checkout/gateway.ts',
  'infra/local/stripe-listen.ts',
  'infra/start.ts',
  'infra/start/synthesize.ts',
  'infra/tools/audit.ts',
];

const importPattern =
  /^[ \t]*(?:import|export)\s+(?:(type)\s+)?([^'"`;]*?)\s*\bfrom\s*['"]([^'"]+)['"]|^[ \t]*import\s*['"]([^'"]+)['"]|\b(?:import|require)\s*\(\s*['"`]([^'"`]+)['"`]/gm;

/** Reads what a file imports and re-exports, `import()` included. */
export function importsOf({ path, text }: SourceFile): Import[] {
  return [...text.matchAll(importPattern)].map(([, type, names = '', from, bare, dynamic]) => {
    const target = from ?? bare ?? dynamic ?? '';
    return {
      target: fromRoot(path, target),
      typesOnly: type !== undefined || hasOnlyTypes(names),
    };
  });
}

/** `#payments/x.ts` stands for `functions/payments/x.ts`, as package.json says. */
function fromRoot(path: string, target: string): string {
  if (target.startsWith('#')) return `functions/${target.slice(1)}`;
  return target.startsWith('.') ? posix.join(posix.dirname(path), target) : target;
}

function hasOnlyTypes(names: string): boolean {
  const list = /^\{([^}]*)\}$/
    .exec(names)?.[1]
    ?.split(',')
    .map((name) => name.trim());
  return list?.some(Boolean) === true && list.every((name) => name === '' || name.startsWith('type '));
}

const isBelow = (folder: string) => (path: string) => path.startsWith(`${folder}/`);
const isEntry = (path: string) => /^functions\/[^/]+\.tsx?$/.test(path);
const isPackage = (name: string) => (target: string) => target === name || target.startsWith(`${name}/`);
const isReact = (target: string) => /^(?:react|react-dom|@react-email\/[^/]+)(?:\/|$)/.test(target);

/** The imports of files that satisfy `from` and `to`, as `file imports target`. */
function imports(
  files: readonly SourceFile[],
  from: (path: string) => boolean,
  to: (found: Import) => boolean,
): string[] {
  return files
    .filter(({ path }) => from(path))
    .flatMap((file) =>
      importsOf(file)
        .filter(to)
        .map(({ target }) => `${file.path} imports ${target}`),
    );
}

function holding(files: readonly SourceFile[], pattern: RegExp, where: (path: string) => boolean): string[] {
  return files
    .filter(({ path, text }) => where(path) && pattern.test(text))
    .map(({ path }) => `${path} holds ${pattern.source}`);
}

const isPure = (path: string) => roleOf(path) === 'pure' || purePlatform.includes(path);

function mayRulesImport({ target, typesOnly }: Import): boolean {
  // Node's own tables of domain names: no store and no clock behind them.
  if (target === 'node:url') return true;
  return isBelow('functions')(target) && !isEntry(target) && (typesOnly || isPure(target));
}

/** What people see is made of what was read before: it asks neither the table nor Stripe. */
function mayPageImport({ target, typesOnly }: Import): boolean {
  return typesOnly || !/^(?:stripe$|@aws-sdk\/|functions\/platform\/(?:table|stripe)\/)/.test(target);
}

const isShape = (path: string) => roleOf(path) === 'item';

function arrowsBetween(
  files: readonly SourceFile[],
  nameOf: (path: string) => string,
): Map<string, Set<string>> {
  const arrows = new Map<string, Set<string>>();
  for (const file of files) {
    for (const { target } of importsOf(file)) {
      if (!/^(?:functions|emails|infra)\//.test(target)) continue;
      const [from, to] = [nameOf(file.path), nameOf(target)];
      if (from === to && nameOf !== samePath) continue;
      arrows.set(from, (arrows.get(from) ?? new Set()).add(to));
    }
  }
  return arrows;
}

const samePath = (path: string) => path;
const circles = (files: readonly SourceFile[], nameOf: (path: string) => string) =>
  circlesOf(arrowsBetween(files, nameOf)).map((circle) => `${circle.join(', ')} stand in a circle`);

export function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '$1');
}

const isOfTheProduct = (target: string) =>
  /^(?:functions|emails|infra|test)\//.test(target) && !isBelow('infra/local')(target);
const isDeployed = (path: string) =>
  /^infra\/(?:constructs\/|service\/|[^/]+\.ts$)/.test(path) && path !== 'infra/start.ts';
const isOfTheLaptop = (target: string) => /^infra\/(?:(?:local|demo|tools|start)\/|start\.ts$)/.test(target);
const isTestOfTheLocalCloud = isBelow('infra/local/test');

const isCode = (path: string) => isBelow('functions')(path) || isBelow('emails')(path);

/** Every rule of the layout by name; each gives the violations among the files. */
export const rules: Readonly<Record<string, (files: readonly SourceFile[]) => string[]>> = {
  'nothing imports an entry': (files) =>
    imports(
      files,
      () => true,
      ({ target }) => isEntry(target),
    ),
  'a context uses only those below it': (files) =>
    files.flatMap((file) => {
      const context = contextOf(file.path);
      const allowed = context === undefined ? undefined : [context, ...(allowedArrows[context] ?? [])];
      if (!allowed) return [];
      return importsOf(file)
        .map(({ target }) => ({ target, to: contextOf(target) }))
        .filter(({ to }) => to !== undefined && !allowed.includes(to))
        .map(({ target }) => `${file.path} imports ${target}`);
    }),
  'every folder of functions is a context of the table': (files) =>
    files
      .map(({ path }) => ({ path, context: contextOf(path) }))
      .filter(({ context }) => context !== undefined && !Object.hasOwn(allowedArrows, context))
      .map(({ path }) => `${path} stands in no context`),
  'no files stand in a circle': (files) => circles(files, samePath),
  'no folders stand in a circle': (files) =>
    circles(
      files.filter(({ path }) => isCode(path)),
      posix.dirname,
    ),
  'a file without a role word and without a verb is pure': (files) =>
    imports(files, isPure, (found) => !mayRulesImport(found)),
  'what people see reads neither the table nor Stripe': (files) =>
    imports(
      files,
      (path) => ['page', 'words', 'csv'].includes(roleOf(path) ?? ''),
      (found) => !mayPageImport(found),
    ),
  'the shape of an item reads and writes nothing': (files) =>
    imports(
      files,
      isShape,
      ({ target }) =>
        isPackage('@aws-sdk/client-dynamodb')(target) || isPackage('@aws-sdk/lib-dynamodb')(target),
    ),
  'an item of the ledger is made in one place, where it has to balance': (files) =>
    holding(
      files.filter(({ path }) => path !== 'functions/kernel/ledger/ledger-entry-item.ts'),
      /toItem\([^;]*'ledger-entry'/,
      isCode,
    ),
  'emails import nothing but types from functions': (files) =>
    imports(files, isBelow('emails'), ({ target, typesOnly }) => isBelow('functions')(target) && !typesOnly),
  'functions and emails import nothing from infra or test': (files) =>
    imports(files, isCode, ({ target }) => isBelow('infra')(target) || isBelow('test')(target)),
  'the local cloud imports nothing of the product': (files) =>
    imports(files, isBelow('infra/local'), ({ target }) => isOfTheProduct(target)),
  'what is deployed imports nothing that only the laptop has': (files) =>
    imports(files, isDeployed, ({ target }) => isOfTheLaptop(target)),
  'React is in no function': (files) => imports(files, isBelow('functions'), ({ target }) => isReact(target)),
  'the components of mails come in through one file': (files) =>
    imports(
      files,
      () => true,
      ({ target }) => isPackage('@react-email/components')(target),
    ).slice(1),
  'a verb takes its input, then a context': (files) =>
    holding(
      files,
      /export (?:async )?function\*? \w+(?:<[^(]*>)?\((?:[^()]|\([^()]*\))*?(?<!readonly )\b(?:table\??: Table|stripe: (?:Stripe|\(\))|clock: Clock)\b/,
      // Every entry of the ledger goes through it in place of `commit`, whose form it has.
      (path) => /^functions\/(?!platform\/)[^/]+\//.test(path) && !path.endsWith('/in-open-month.ts'),
    ),
  'the environment is read in named files only': (files) =>
    files
      .filter(({ path }) => !environmentReaders.includes(path) && !isTestOfTheLocalCloud(path))
      .filter(({ text }) =>
        /(?<!['"`])\bprocess\s*(?:\.|\[['"])\s*env\b|=\s*process\b\s*;|['"](?:node:)?process['"]/.test(
          withoutComments(text),
        ),
      )
      .map(({ path }) => `${path} reads process.env`),
  'no file has more than 300 lines': (files) =>
    files
      .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
      .filter(({ lines }) => lines > 300)
      .map(({ path, lines }) => `${path} has ${lines} lines`),
  'there is no drawer': (files) =>
    files.map(({ path }) => path).filter((path) => /(?:^|[/.-])(?:utils?|helpers?)(?:[/.-]|$)/i.test(path)),
  'the table is called through functions/platform/table alone': (files) => {
    const isElsewhere = (path: string) =>
      isBelow('functions')(path) && !isBelow('functions/platform/table')(path);
    return [
      ...imports(files, isElsewhere, ({ target }) => isPackage('@aws-sdk/client-dynamodb')(target)),
      ...imports(files, isElsewhere, ({ target }) => isPackage('@aws-sdk/lib-dynamodb')(target)),
      ...holding(files, /\b[tT]able\.client\b/, isElsewhere),
    ];
  },
  'what comes back from the table is read, never cast': (files) => [
    ...holding(files, / as (?:string|number|boolean|Date)\b/, (path) =>
      /^functions\/(?!platform\/table\/read-item\.ts).*(?:-item|-message|-request|\/once)\.ts$/.test(path),
    ),
    ...holding(files, /(?:\b[iI]tem|\bitemAt\([^()]*(?:\([^()]*\))?\))\??\.\w+ as \w/, isBelow('functions')),
  ],
  'the time to live of an item is named in one place': (files) =>
    holding(
      files.map(({ path, text }) => ({ path, text: withoutComments(text) })),
      /\bttl\b/,
      (path) => isBelow('functions')(path) && path !== 'functions/platform/table/time-to-live.ts',
    ),
  'a person is read as of a moment, by personAt': (files) =>
    holding(
      files,
      /\bfromPersonItem\b/,
      (path) => isBelow('functions')(path) && !isBelow('functions/kernel/people')(path),
    ),
  'what only the laptop has is in no function and no mail': (files) => holding(files, /__local/, isCode),
};
