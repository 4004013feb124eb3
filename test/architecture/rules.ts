import { posix } from 'node:path';

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

/** The files that hold rules: no I/O, no clock of their own, no library. */
export const ruleFiles = [
  'functions/accounting/accounts/account.ts',
  'functions/kernel/people/display-name.ts',
  'functions/platform/linkable.ts',
  'functions/kernel/audit-log/audit-entry.ts',
  'functions/giving/campaigns/campaign.ts',
  'functions/accounting/funds/monthly-budget.ts',
  'functions/kernel/totals/totals.ts',
  'functions/giving/thanks/address-correction.ts',
  'functions/payments/checkout/checkout.ts',
  'functions/payments/guard/guard-limits.ts',
  'functions/payments/guard/guard.ts',
  'functions/payments/disputes/dispute.ts',
  'functions/accounting/disbursements/categories.ts',
  'functions/accounting/disbursements/disbursement.ts',
  'functions/accounting/exports/export.ts',
  'functions/payments/gifts/gift.ts',
  'functions/payments/gifts/held.ts',
  'functions/giving/latest-gifts/public-gift.ts',
  'functions/accounting/payouts/balance-movement.ts',
  'functions/kernel/ledger/closed-month.ts',
  'functions/accounting/accounts/coverage.ts',
  'functions/kernel/ledger/ledger-entry.ts',
  'functions/accounting/payouts/payout.ts',
  'functions/accounting/journal/staff-entry.ts',
  'functions/payments/checkout/fee-cover.ts',
  'functions/accounting/funds/fund-month.ts',
  'functions/accounting/funds/passed-on-proof.ts',
  'functions/accounting/funds/public-money.ts',
  'functions/accounting/funds/shown-groups.ts',
  'functions/platform/clock.ts',
  'functions/platform/money.ts',
  'functions/accounting/reconciliation/difference.ts',
  'functions/payments/refunds/refund.ts',
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

function mayRuleFileImport({ target, typesOnly }: Import): boolean {
  if (!isBelow('functions')(target) || isEntry(target)) return false;
  return typesOnly || ruleFiles.includes(target) || target === 'functions/platform/charity.ts';
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '$1');
}

const isOfTheProduct = (target: string) =>
  /^(?:functions|emails|infra|test)\//.test(target) && !isBelow('infra/local')(target);
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
  'rule files import only rule files, types and pure words': (files) =>
    imports(
      files,
      (path) => ruleFiles.includes(path),
      (found) => !mayRuleFileImport(found),
    ),
  'emails import nothing but types from functions': (files) =>
    imports(files, isBelow('emails'), ({ target, typesOnly }) => isBelow('functions')(target) && !typesOnly),
  'functions and emails import nothing from infra or test': (files) =>
    imports(files, isCode, ({ target }) => isBelow('infra')(target) || isBelow('test')(target)),
  'the local cloud imports nothing of the product': (files) =>
    imports(files, isBelow('infra/local'), ({ target }) => isOfTheProduct(target)),
  'React is in no function': (files) => imports(files, isBelow('functions'), ({ target }) => isReact(target)),
  'the components of mails come in through one file': (files) =>
    imports(
      files,
      () => true,
      ({ target }) => isPackage('@react-email/components')(target),
    ).slice(1),
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
      .filter(({ path }) => !isTestOfTheLocalCloud(path))
      .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
      .filter(({ lines }) => lines > 300)
      .map(({ path, lines }) => `${path} has ${lines} lines`),
  'there is no drawer': (files) =>
    files.map(({ path }) => path).filter((path) => /(?:^|[/.-])(?:utils?|helpers?)(?:[/.-]|$)/i.test(path)),
  'what only the laptop has is in no function and no mail': (files) => holding(files, /__local/, isCode),
};
