import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { purePlatform } from './quiet.ts';
import { circleRules, clockReaders, environmentReaders, rules } from './rules.ts';
import { importsOf, type SourceFile } from './syntax.ts';

const root = join(import.meta.dirname, '../..');

const filesOf = (folder: string): SourceFile[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[mc]?[jt]sx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({
      path: relative(root, path).replaceAll(sep, '/'),
      text: readFileSync(path, 'utf8'),
    }));
const files = ['functions', 'emails', 'infra'].flatMap(filesOf);
const allFiles = [...files, ...filesOf('test')];

describe('the layout', () => {
  it.each(Object.entries(circleRules))('%s', (_name, violations) => {
    expect(allFiles.length).toBeGreaterThan(files.length + 200);
    expect(violations(allFiles)).toEqual([]);
  });

  it.each(Object.entries(rules))('%s', (_name, violations) => {
    expect(violations(files)).toEqual([]);
  });

  it('is kept for files that are there: no name in the lists is of yesterday', () => {
    const paths = files.map(({ path }) => path);
    expect(
      [...purePlatform, ...environmentReaders, ...clockReaders].filter((path) => !paths.includes(path)),
    ).toEqual([]);
  });

  it('is read whole: every relative import leads to a file that is there', () => {
    const paths = new Set(allFiles.map(({ path }) => path));
    const lost = allFiles.flatMap((file) =>
      importsOf(file)
        .map(({ target }) => target)
        .filter(
          (target) =>
            /^(?:functions|emails|infra|test)\/.*\.[mc]?[jt]sx?$/.test(target) && !paths.has(target),
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
      'no files stand in a circle',
      ['test/support/a.ts', "import { b } from './b.ts';"],
      ['test/support/b.ts', "import type { A } from './a.ts';"],
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
      ['functions/payments/x.ts', 'await ctx.table.client.send(command);'],
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
    [
      'what is given all that it needs asks no clock, no chance, no environment and no network',
      ['functions/payments/gifts/gift.ts', 'const at = Date.now();'],
    ],
    [
      'what is given all that it needs asks no clock, no chance, no environment and no network',
      ['functions/payments/gifts/gift.ts', 'const at = new Date();'],
    ],
    [
      'what is given all that it needs asks no clock, no chance, no environment and no network',
      ['functions/payments/gifts/gift.ts', "const a = fetch('https://example.org');"],
    ],
    [
      'what is given all that it needs asks no clock, no chance, no environment and no network',
      ['functions/payments/gifts/gift.ts', 'const draw = Math.random();'],
    ],
    [
      'what is given all that it needs asks no clock, no chance, no environment and no network',
      ['functions/payments/gifts/gift.ts', 'const id = crypto.randomUUID();'],
    ],
    [
      'what is given all that it needs asks no clock, no chance, no environment and no network',
      ['functions/payments/gifts/gift.ts', 'const { A } = process.env;'],
    ],
    [
      'what is given all that it needs asks no clock, no chance, no environment and no network',
      ['functions/payments/x-item.ts', 'const at = Date.now();'],
    ],
    [
      'what is given all that it needs asks no clock, no chance, no environment and no network',
      ['functions/payments/x-item.ts', 'const at = new Date();'],
    ],
    [
      'what is given all that it needs asks no clock, no chance, no environment and no network',
      ['functions/payments/x-item.ts', "const a = fetch('https://example.org');"],
    ],
    [
      'what is given all that it needs asks no clock, no chance, no environment and no network',
      ['functions/payments/x-item.ts', 'const draw = Math.random();'],
    ],
    [
      'what is given all that it needs asks no clock, no chance, no environment and no network',
      ['functions/payments/x-item.ts', 'const id = crypto.randomUUID();'],
    ],
    [
      'what is given all that it needs asks no clock, no chance, no environment and no network',
      ['functions/payments/x-item.ts', 'const { A } = process.env;'],
    ],
    [
      'what is given all that it needs asks no clock, no chance, no environment and no network',
      ['functions/payments/x-input.ts', 'const at = Date.now();'],
    ],
    [
      'what is given all that it needs asks no clock, no chance, no environment and no network',
      ['functions/payments/x-input.ts', 'const at = new Date();'],
    ],
    [
      'what is given all that it needs asks no clock, no chance, no environment and no network',
      ['functions/payments/x-input.ts', "const a = fetch('https://example.org');"],
    ],
    [
      'what is given all that it needs asks no clock, no chance, no environment and no network',
      ['functions/payments/x-input.ts', 'const draw = Math.random();'],
    ],
    [
      'what is given all that it needs asks no clock, no chance, no environment and no network',
      ['functions/payments/x-input.ts', 'const id = crypto.randomUUID();'],
    ],
    [
      'what is given all that it needs asks no clock, no chance, no environment and no network',
      ['functions/payments/x-input.ts', 'const { A } = process.env;'],
    ],
    [
      'what is given all that it needs asks no clock, no chance, no environment and no network',
      ['functions/payments/gifts/gift.ts', 'const { random } = Math;'],
    ],
    [
      'what is given all that it needs asks no clock, no chance, no environment and no network',
      ['functions/payments/gifts/gift.ts', 'const now = Date.now;'],
    ],
    [
      'what is given all that it needs asks no clock, no chance, no environment and no network',
      ['functions/payments/gifts/gift.ts', 'const { now } = Date;'],
    ],
    [
      'what is given all that it needs asks no clock, no chance, no environment and no network',
      ['functions/payments/gifts/gift.ts', 'later(setTimeout);'],
    ],
    [
      'what is given all that it needs asks no clock, no chance, no environment and no network',
      ['functions/payments/gifts/gift.ts', 'const log = { log: console.log };'],
    ],
    [
      'what is given all that it needs asks no clock, no chance, no environment and no network',
      ['functions/payments/gifts/gift.ts', 'export const x = (draw = Math.random) => draw;'],
    ],
    [
      'what is given all that it needs asks no clock, no chance, no environment and no network',
      ['functions/payments/gifts/gift.ts', 'const a = globalThis.fetch;'],
    ],
    [
      'what is given all that it needs imports nothing that reads, writes or waits',
      ['functions/payments/x-item.ts', "import Stripe from 'stripe';"],
    ],
    [
      'what is given all that it needs imports nothing that reads, writes or waits',
      ['functions/payments/x-item.ts', "import { readFileSync } from 'node:fs';"],
    ],
    [
      'what is given all that it needs imports nothing that reads, writes or waits',
      ['functions/payments/x-item.ts', "import { commit, isNew } from '#platform/table/commit.ts';"],
    ],
    [
      'what is given all that it needs imports nothing that reads, writes or waits',
      ['functions/payments/x-item.ts', "import { readItems } from '#platform/table/table.ts';"],
    ],
    [
      'what is given all that it needs imports nothing that reads, writes or waits',
      ['functions/payments/x-item.ts', "import { recordGift } from '#payments/gifts/record-gift.ts';"],
    ],
    [
      'what is given all that it needs imports nothing that reads, writes or waits',
      ['functions/payments/x-item.ts', "const { commit } = await import('#platform/table/commit.ts');"],
    ],
    [
      'what is given all that it needs imports nothing that reads, writes or waits',
      ['functions/payments/x-input.ts', "import Stripe from 'stripe';"],
    ],
    [
      'what is given all that it needs imports nothing that reads, writes or waits',
      ['functions/payments/x-input.ts', "import { readFileSync } from 'node:fs';"],
    ],
    [
      'what is given all that it needs imports nothing that reads, writes or waits',
      ['functions/payments/x-input.ts', "import { commit, isNew } from '#platform/table/commit.ts';"],
    ],
    [
      'what is given all that it needs imports nothing that reads, writes or waits',
      ['functions/payments/x-input.ts', "import { readItems } from '#platform/table/table.ts';"],
    ],
    [
      'what is given all that it needs imports nothing that reads, writes or waits',
      ['functions/payments/x-input.ts', "import { recordGift } from '#payments/gifts/record-gift.ts';"],
    ],
    [
      'what is given all that it needs imports nothing that reads, writes or waits',
      ['functions/payments/x-input.ts', "const { commit } = await import('#platform/table/commit.ts');"],
    ],
    [
      'what is given all that it needs imports nothing that reads, writes or waits',
      ['functions/giving/x-words.ts', "import Stripe from 'stripe';"],
    ],
    [
      'what is given all that it needs imports nothing that reads, writes or waits',
      ['functions/giving/x-words.ts', "import { readFileSync } from 'node:fs';"],
    ],
    [
      'what is given all that it needs imports nothing that reads, writes or waits',
      ['functions/giving/x-words.ts', "import { commit, isNew } from '#platform/table/commit.ts';"],
    ],
    [
      'what is given all that it needs imports nothing that reads, writes or waits',
      ['functions/giving/x-words.ts', "import { readItems } from '#platform/table/table.ts';"],
    ],
    [
      'what is given all that it needs imports nothing that reads, writes or waits',
      ['functions/giving/x-words.ts', "import { recordGift } from '#payments/gifts/record-gift.ts';"],
    ],
    [
      'what is given all that it needs imports nothing that reads, writes or waits',
      ['functions/giving/x-words.ts', "const { commit } = await import('#platform/table/commit.ts');"],
    ],
    [
      'what is given all that it needs waits for nothing',
      ['functions/payments/gifts/gift.ts', 'export const readX = async (table: Table) => table;'],
    ],
    [
      'what is given all that it needs waits for nothing',
      ['functions/payments/x-item.ts', 'export async function* readX() {}'],
    ],
    [
      'what is given all that it needs waits for nothing',
      ['functions/payments/gifts/gift.ts', 'const gift = await given;'],
    ],
    [
      'the clock and chance come in through the entries',
      ['functions/payments/guard/admit-x.ts', 'const at = Date.now();'],
    ],
    [
      'the clock and chance come in through the entries',
      ['functions/payments/guard/admit-x.ts', 'const at = new Date();'],
    ],
    [
      'the clock and chance come in through the entries',
      ['functions/payments/guard/admit-x.ts', 'const id = crypto.randomUUID();'],
    ],
    [
      'the clock and chance come in through the entries',
      ['functions/payments/guard/admit-x.ts', 'const { random = Math.random } = ctx;'],
    ],
    [
      'the clock and chance come in through the entries',
      ['functions/payments/guard/admit-x.ts', "import { createHash, randomUUID } from 'node:crypto';"],
    ],
    [
      'the clock and chance come in through the entries',
      ['functions/payments/guard/admit-x.ts', "import * as secrets from 'crypto';"],
    ],
    [
      'a context uses only those below it',
      ['functions/payments/x-item.ts', "import {\n  a, // the donor's\n} from '#giving/x-item.ts';"],
    ],
    [
      'a context uses only those below it',
      ['functions/payments/x-item.ts', "import /* it's */ { a } from '#giving/x-item.ts';"],
    ],
    [
      'a context uses only those below it',
      ['functions/payments/x-item.ts', "type A = import('#giving/x-item.ts').A;"],
    ],
    [
      'a context uses only those below it',
      ['functions/payments/x-item.ts', 'const a = await import(`#giving/x-item.ts`);'],
    ],
    [
      'a verb takes its input, then a context',
      ['functions/payments/gifts/gift.ts', 'export const readX = async (table: Table, id: string) => id;'],
    ],
    [
      'a verb takes its input, then a context',
      [
        'functions/payments/gifts/read-x.ts',
        'const readX = (id: string, clock: Clock) => clock();\nexport { readX };',
      ],
    ],
    [
      'the table is called through functions/platform/table alone',
      ['functions/payments/gifts/record-x.ts', 'const { client } = table; client.send(command);'],
    ],
    [
      'the table is called through functions/platform/table alone',
      ['functions/payments/gifts/record-x.ts', 'const { client: raw } = ctx.table;'],
    ],
    [
      'the table is called through functions/platform/table alone',
      ['functions/payments/gifts/record-x.ts', 'const { table: { client } } = ctx;'],
    ],
    [
      'the table is called through functions/platform/table alone',
      ['functions/payments/gifts/record-x.ts', 'export function f({ client }: Table) {}'],
    ],
  ])('%s: %j', (rule, ...made) => {
    const violations = { ...rules, ...circleRules }[rule]?.(made.map(([path, text]) => ({ path, text })));
    expect(violations).toHaveLength(1);
    expect(violations?.[0]).toContain(made.at(-1)?.[0]);
  });
});

it.each([
  ['functions/kernel/a', 'functions/kernel/b'],
  ['infra', 'infra/service'],
  ['emails', 'emails/components'],
  ['test/support', 'test/unit'],
])('folders in a circle are found, though no two of their files stand in one: %s, %s', (a, b) => {
  const importing = (from: string, to: string) => `import type { A } from './${posix.relative(from, to)}';`;
  const made = [
    { path: `${a}/x.ts`, text: importing(a, `${b}/y.ts`) },
    { path: `${b}/z.ts`, text: importing(b, `${a}/w.ts`) },
  ];
  expect(circleRules['no folders stand in a circle']?.(made)).toEqual([`${a}, ${b} stand in a circle`]);
  expect(circleRules['no files stand in a circle']?.(made)).toEqual([]);
});

describe('what is allowed is not called a violation', () => {
  it.each<[path: string, text: string]>([
    [budget, "import { type Month, monthsBetween } from '#platform/clock.ts';"],
    [budget, "import type { Item } from '#platform/table/table.ts';"],
    [budget, "import { type Item, type Table } from '#platform/table/table.ts';"],
    ['functions/platform/table/x.ts', 'await table.client.send(new PutItemCommand(put));'],
    ['functions/kernel/send-x.ts', 'await queue.client.send(command);'],
    ['functions/kernel/x.ts', 'const throttle = 1; // the ttl of an item'],
    [
      'functions/kernel/people/person-item.ts',
      "const a = { facts: item.facts } as MailAttempt;\nconst b = fields.text('action') as Operation;",
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
    ['functions/payments/gifts/gift.ts', 'const at = new Date(1);\nconst draw = Math.floor(at.getTime());'],
    [
      'functions/payments/gifts/gift.ts',
      'interface Given {\n  readonly fetch: string;\n  readonly process: () => number;\n}',
    ],
    ['functions/payments/gifts/gift.ts', 'const made = { crypto: given.process, console: 1 };'],
    ['functions/giving/x-words.ts', "import { TooManyProblem } from '#payments/guard/limit-x.ts';"],
    ['functions/sweep.ts', 'const ctx = { now: new Date(), random: Math.random };'],
    [
      'functions/payments/gifts/record-x.ts',
      'export async function recordX(id: string, { table }: Context) {}',
    ],
  ])('%s: %j', (path, text) => {
    expect(
      Object.values({ ...rules, ...circleRules }).flatMap((violations) => violations([{ path, text }])),
    ).toEqual([]);
  });
});
