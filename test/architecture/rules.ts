import { posix } from 'node:path';
import {
  isPure,
  isQuiet,
  mayQuietImport,
  passedWhatContextHolds,
  takesTableClient,
  waitsIn,
} from './quiet.ts';
import { allowedArrows, circlesOf, contextOf, roleOf } from './rooms.ts';
import { type Import, importsOf, outsideAskedBy, type SourceFile } from './syntax.ts';

/** The files that may read the environment. */
export const environmentReaders = [
  'functions/platform/config.ts',
  'functions/payments/checkout/gateway.ts',
  'infra/local/stripe-listen.ts',
  'infra/start.ts',
  'infra/start/synthesize.ts',
  'infra/tools/audit.ts',
];

/** The files outside the entries that ask the clock or chance themselves: for what is waited for, kept for a while, logged or named. */
export const clockReaders = [
  'functions/apps/mailer/pace.ts',
  'functions/platform/config.ts',
  'functions/platform/ids.ts',
  'functions/platform/log.ts',
  'functions/platform/stripe/deadline.ts',
  'functions/platform/stripe/signature.ts',
  'functions/platform/table/jitter.ts',
  'functions/platform/table/record-throttling.ts',
];

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

function mayRulesImport({ target, typesOnly }: Import): boolean {
  // Node's own tables of domain names, and what is in force while a request runs: no store and no clock behind them.
  if (target === 'node:url' || target === 'node:async_hooks') return true;
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
      if (!/^(?:functions|emails|infra|test)\//.test(target)) continue;
      const [from, to] = [nameOf(file.path), nameOf(target)];
      if (from === to && nameOf !== samePath) continue;
      arrows.set(from, (arrows.get(from) ?? new Set()).add(to));
    }
  }
  return arrows;
}

type Rules = Readonly<Record<string, (files: readonly SourceFile[]) => string[]>>;

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

/** The rules of the whole tree, tests included; types count. */
export const circleRules: Rules = {
  'no files stand in a circle': (files) => circles(files, samePath),
  'no folders stand in a circle': (files) => circles(files, posix.dirname),
};

/** Every other rule of the layout by name; each gives the violations among the files. */
export const rules: Rules = {
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
  'a file without a role word and without a verb is pure': (files) =>
    imports(files, isPure, (found) => !mayRulesImport(found)),
  'what is given all that it needs imports nothing that reads, writes or waits': (files) =>
    imports(files, isQuiet, (found) => !mayQuietImport(found)),
  'what is given all that it needs asks no clock, no chance, no environment and no network': (files) =>
    files
      .filter(({ path }) => isQuiet(path))
      .flatMap((file) => outsideAskedBy(file).map((asked) => `${file.path} asks ${asked}`)),
  'what is given all that it needs waits for nothing': (files) =>
    files.filter((file) => isQuiet(file.path) && waitsIn(file)).map(({ path }) => `${path} waits`),
  'the clock and chance come in through the entries': (files) =>
    files
      .filter(({ path }) => isBelow('functions')(path) && !isEntry(path) && !clockReaders.includes(path))
      .flatMap((file) =>
        [
          ...outsideAskedBy(file).filter((asked) =>
            /Date|Math|^(?:crypto$|performance)|^crypto\.(?:random|get)/.test(asked),
          ),
          ...importsOf(file).flatMap(({ target, values }) =>
            /^(?:node:)?crypto$/.test(target)
              ? values.filter((name) => /^(?:random|\*$|default$)/.test(name))
              : [],
          ),
        ].map((asked) => `${file.path} asks ${asked}`),
      ),
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
    files
      // Every entry of the ledger goes through `inOpenMonth` in place of `commit`, whose form it has.
      .filter(
        ({ path }) => /^functions\/(?!platform\/)[^/]+\//.test(path) && !path.endsWith('/in-open-month.ts'),
      )
      .flatMap((file) => passedWhatContextHolds(file).map((name) => `${file.path}: ${name} takes it alone`)),
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
      ...files
        .filter((file) => isElsewhere(file.path) && takesTableClient(file))
        .map(({ path }) => `${path} takes the client of the table`),
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
