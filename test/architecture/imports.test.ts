import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { environmentReaders, importsOf, purePlatform, rules, type SourceFile } from './rules.ts';

const root = join(import.meta.dirname, '../..');

const files: SourceFile[] = ['functions', 'emails', 'infra'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[mc]?[jt]sx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({
      path: relative(root, path).replaceAll(sep, '/'),
      text: readFileSync(path, 'utf8'),
    })),
);

describe('the layout', () => {
  it.each(Object.entries(rules))('%s', (_name, violations) => {
    expect(violations(files)).toEqual([]);
  });

  it('is kept for files that are there: no name in the lists is of yesterday', () => {
    const paths = files.map(({ path }) => path);
    expect([...purePlatform, ...environmentReaders].filter((path) => !paths.includes(path))).toEqual([]);
  });

  it('is read whole: every relative import leads to a file that is there', () => {
    const paths = new Set(files.map(({ path }) => path));
    const lost = files.flatMap((file) =>
      importsOf(file)
        .map(({ target }) => target)
        .filter(
          (target) => /^(?:functions|emails|infra)\/.*\.[mc]?[jt]sx?$/.test(target) && !paths.has(target),
        )
        .map((target) => `${file.path} → ${target}`),
    );
    expect(lost).toEqual([]);
  });

  it('has the components of mails in exactly one file', () => {
    const importers = files.filter((file) =>
      importsOf(file).some(({ target }) => target.startsWith('@react-email/components')),
    );
    expect(importers.map(({ path }) => path)).toEqual(['emails/components/primitives.ts']);
  });
});

const budget = 'functions/accounting/funds/monthly-budget.ts';

describe('a made-up violation is found', () => {
  it.each<[rule: string, ...made: [path: string, text: string][]]>([
    ['nothing imports an entry', ['infra/x.ts', "import { handler } from '../functions/site.ts';"]],
    ['nothing imports an entry', ['functions/kernel/x.ts', "import type { A } from '../sweep.ts';"]],
    [
      'a context uses only those below it',
      ['functions/payments/x-item.ts', "import { a } from '#giving/x-item.ts';"],
    ],
    [
      'a context uses only those below it',
      ['functions/platform/x.ts', "import type { A } from '#kernel/x-item.ts';"],
    ],
    [
      'a context uses only those below it',
      ['functions/giving/x-item.ts', "import { a } from '#families/x.ts';"],
    ],
    ['every folder of functions is a context of the table', ['functions/mail/x.ts', '']],
    [
      'an item of the ledger is made in one place, where it has to balance',
      ['functions/accounting/x-item.ts', "toItem(keys.ledgerEntry('a', 'gift'), 'ledger-entry', 1, {});"],
    ],
    [
      'no files stand in a circle',
      ['functions/kernel/a/a.ts', "import type { B } from './b.ts';"],
      ['functions/kernel/a/b.ts', "import type { A } from './a.ts';"],
    ],
    [
      'what people see reads neither the table nor Stripe',
      ['functions/giving/x-page.tsx', "import { readItems } from '#platform/table/table.ts';"],
    ],
    [
      'what people see reads neither the table nor Stripe',
      ['functions/giving/x-words.ts', "import Stripe from 'stripe';"],
    ],
    [
      'the shape of an item reads and writes nothing',
      ['functions/kernel/x-item.ts', "import { PutCommand } from '@aws-sdk/lib-dynamodb';"],
    ],
    ['a file without a role word and without a verb is pure', [budget, "import Stripe from 'stripe';"]],
    ['a file without a role word and without a verb is pure', [budget, "import type Stripe from 'stripe';"]],
    [
      'a file without a role word and without a verb is pure',
      [budget, "import { readFile } from 'node:fs';"],
    ],
    ['a file without a role word and without a verb is pure', [budget, "import { Hono } from 'hono';"]],
    [
      'a file without a role word and without a verb is pure',
      [budget, "import {\n  keys,\n  type Key,\n} from '#platform/table/keys.ts';"],
    ],
    [
      'a file without a role word and without a verb is pure',
      [budget, "const sdk = await import('@aws-sdk/client-ssm');"],
    ],
    [
      'a file without a role word and without a verb is pure',
      [budget, "export * from './roll-up-months.ts';"],
    ],
    [
      'emails import nothing but types from functions',
      ['emails/x.tsx', "import { charity } from '../functions/platform/charity.ts';"],
    ],
    [
      'functions and emails import nothing from infra or test',
      ['functions/apps/mailer/x.ts', "import type { Stage } from '../../../infra/stages.ts';"],
    ],
    [
      'the local cloud imports nothing of the product',
      ['infra/local/stripe/x.ts', "import type { Role } from '../../../functions/kernel/staff/rights.ts';"],
    ],
    [
      'the local cloud imports nothing of the product',
      ['infra/local/x.ts', "const { demo } = await import('../demo/write-demo-data.ts');"],
    ],
    [
      'the local cloud imports nothing of the product',
      ['infra/local/test/x.test.ts', "import { freshTable } from '../../../test/support/table.ts';"],
    ],
    [
      'the local cloud imports nothing of the product',
      ['infra/local/x.ts', "import { openTable } from '#platform/table.ts';"],
    ],
    [
      'what is deployed imports nothing that only the laptop has',
      ['infra/constructs/x.ts', "import { demoCampaigns } from '../demo/campaigns.ts';"],
    ],
    [
      'what is deployed imports nothing that only the laptop has',
      ['infra/x-stack.ts', "import type { Person } from './local/sign-in/people.ts';"],
    ],
    ['React is in no function', ['functions/apps/mailer/x.tsx', "import { createElement } from 'react';"]],
    [
      'React is in no function',
      ['functions/apps/mailer/x.tsx', "import { renderToString } from 'react-dom/server';"],
    ],
    [
      'the components of mails come in through one file',
      ['emails/a.tsx', "import { Text } from '@react-email/components';"],
      ['emails/b.tsx', "import { Link } from '@react-email/components';"],
    ],
    [
      'the environment is read in named files only',
      ['functions/apps/mailer/x.ts', 'const { A } = process.env;'],
    ],
    [
      'the environment is read in named files only',
      ['functions/apps/mailer/x.ts', "const a = process['env'].A;"],
    ],
    [
      'the environment is read in named files only',
      ['functions/apps/mailer/x.ts', 'const { env } = process;'],
    ],
    [
      'the environment is read in named files only',
      ['functions/apps/mailer/x.ts', "import { env } from 'node:process';"],
    ],
    ['no file has more than 300 lines', ['infra/x.ts', '\n'.repeat(300).concat('end')]],
    ['no file has more than 300 lines', ['infra/local/test/x.test.ts', '\n'.repeat(300).concat('end')]],
    [
      'a verb takes its input, then a context',
      ['functions/payments/gifts/read-x.ts', 'export async function readX(table: Table, id: string) {}'],
    ],
    [
      'a verb takes its input, then a context',
      [
        'functions/giving/x/open-x.ts',
        'export function* openX<A>(\n  x: (y: A) => void,\n  stripe: Stripe,\n) {}',
      ],
    ],
    ['there is no drawer', ['functions/platform/utils/x.ts', '']],
    ['there is no drawer', ['infra/local/helpers.ts', '']],
    ['there is no drawer', ['emails/date-utils.ts', '']],
    [
      'the table is called through functions/platform/table alone',
      [
        'functions/kernel/x.ts',
        "import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';",
      ],
    ],
    [
      'the table is called through functions/platform/table alone',
      ['functions/sweep.ts', "import { PutCommand } from '@aws-sdk/lib-dynamodb';"],
    ],
    [
      'the table is called through functions/platform/table alone',
      ['functions/payments/x.ts', 'await deps.table.client.send(command);'],
    ],
    [
      'what comes back from the table is read, never cast',
      ['functions/payments/gifts/gift-item.ts', 'amount: stored.amount as number,'],
    ],
    [
      'what comes back from the table is read, never cast',
      ['functions/payments/x.ts', 'return new Date(item.at as string);'],
    ],
    [
      'what comes back from the table is read, never cast',
      ['functions/kernel/x.ts', 'const kind = (item?.kind as AttentionKind | undefined) ?? fallback;'],
    ],
    [
      'what comes back from the table is read, never cast',
      ['functions/kernel/x.ts', 'const at = read.itemAt(keys.closedMonth(month))?.closedAt as string;'],
    ],
    [
      'the time to live of an item is named in one place',
      ['functions/kernel/x.ts', 'if (item.ttl !== undefined) return;'],
    ],
    [
      'the time to live of an item is named in one place',
      ['functions/payments/x.ts', "const names = { '#ttl': 'ttl' };"],
    ],
    [
      'a person is read as of a moment, by personAt',
      ['functions/giving/x.ts', 'const person = fromPersonItem(item);'],
    ],
    [
      'what only the laptop has is in no function and no mail',
      ['functions/apps/site/x.ts', "app.get('/__local/logs')"],
    ],
  ])('%s: %j', (rule, ...made) => {
    const violations = rules[rule]?.(made.map(([path, text]) => ({ path, text })));
    expect(violations).toHaveLength(1);
    expect(violations?.[0]).toContain(made.at(-1)?.[0]);
  });
});

it('folders in a circle are found, though no two of their files stand in one', () => {
  const made = [
    { path: 'functions/kernel/a/x.ts', text: "import type { B } from '../b/y.ts';" },
    { path: 'functions/kernel/b/z.ts', text: "import type { A } from '../a/w.ts';" },
  ];
  expect(rules['no folders stand in a circle']?.(made)).toEqual([
    'functions/kernel/a, functions/kernel/b stand in a circle',
  ]);
  expect(rules['no files stand in a circle']?.(made)).toEqual([]);
});

describe('what is allowed is not called a violation', () => {
  it.each<[path: string, text: string]>([
    [budget, "import { type Month, monthsBetween } from '#platform/clock.ts';"],
    [budget, "import type { Item } from '#platform/table/table.ts';"],
    [budget, "import { type Item, type Table } from '#platform/table/table.ts';"],
    ['functions/platform/table/x.ts', 'await table.client.send(new PutItemCommand(put));'],
    ['functions/kernel/x.ts', 'await queue.client.send(command);'],
    ['functions/kernel/x.ts', 'const throttle = 1; // the ttl of an item'],
    [
      'functions/kernel/people/person-item.ts',
      "facts: item.facts } as MailAttempt; fields.text('action') as Operation;",
    ],
    ['functions/apps/webhooks/x.ts', 'const event = { id: object.id as string };'],
    ['emails/x.tsx', "import type { Charity } from '../functions/platform/charity.ts';"],
    ['functions/apps/mailer/x.ts', "import { renderMail } from '../../../emails/render.tsx';"],
    ['functions/apps/mailer/x.ts', '/** Not from `process.env`. */\nexport const a = 1; // process.env'],
    ['infra/x.ts', "const define = { 'process.env.NODE_ENV': '1' };"],
    ['infra/x.ts', '\n'.repeat(299).concat('end\n')],
    ['infra/local/x.ts', "const path = '/__local/logs';"],
    ['infra/local/cloud/x.ts', "import { serveLocally } from '../serve.ts';\nimport Stripe from 'stripe';"],
    ['infra/start.ts', "import { demoSignIns } from './demo/staff.ts';"],
    ['infra/demo/x.ts', "import { startLocalStripe } from '../local/stripe/server.ts';"],
  ])('%s: %j', (path, text) => {
    expect(Object.values(rules).flatMap((violations) => violations([{ path, text }]))).toEqual([]);
  });
});
