import { parseArgs } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { auditTable } from '#accounting/integrity/audit-table.ts';
import { checkStripe, stripeComparedUntil } from '#accounting/integrity/check-stripe.ts';
import { checkNames, type Finding, Findings } from '#accounting/integrity/findings.ts';
import { openStripe } from '#payments/checkout/gateway.ts';
import { openTable, type Table } from '#platform/table/table.ts';
import { localEndpoints } from './local-cloud.ts';

const usage = `Usage: npm run audit -- [--table <name>] [--endpoint <URL>] [--region <region>] [--stripe-key-from <variable>] [--all]

Checks invariants 2 to 6 on a table and writes nothing. Without --table: the table of the running local cloud.
  --table            a table; the region and credentials are those of the AWS command line
  --endpoint         another DynamoDB, for example http://127.0.0.1:8000
  --region           instead of AWS_REGION
  --stripe-key-from  the environment variable that holds Stripe's secret key, to compare Stripe with the ledger too
  --stripe-base      where to ask instead of Stripe, for example http://127.0.0.1:12111
  --all              names every difference, as it is found; otherwise at most fifty of each check
Exit code: 0 when all holds, 1 with a difference, 2 when it could not be checked.`;

class UsageError extends Error {}

interface Subject {
  readonly table: Table;
  /** The moment of the audit; the local cloud's own, where its time was moved on. */
  readonly now: Date;
  readonly stripe?: { readonly key: string; readonly base?: string | undefined } | undefined;
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        table: { type: 'string' },
        endpoint: { type: 'string' },
        region: { type: 'string' },
        'stripe-key-from': { type: 'string' },
        'stripe-base': { type: 'string' },
        all: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

type Arguments = ReturnType<typeof readArguments>;

async function subjectOf(given: Arguments): Promise<Subject> {
  const { table: name, endpoint, region } = given;
  if (name === undefined && endpoint !== undefined) throw new UsageError('Say which table: --table <name>.');
  const stripe = stripeOf(given);
  if (name !== undefined) {
    const client = endpoint === undefined ? clientOfAws(region) : clientAt(endpoint, region);
    return { table: openTable(name, client), stripe, now: new Date() };
  }
  const local = await localEndpoints();
  if (!local) {
    throw new UsageError('The local cloud does not run: start it with npm start, or say --table <name>.');
  }
  return {
    table: openTable(local.table, clientAt(local.dynamodb, region)),
    stripe: stripe ?? { key: local.stripeKey, base: local.stripe },
    now: new Date(Date.now() + local.clockAhead),
  };
}

function stripeOf(given: Arguments): Subject['stripe'] {
  const variable = given['stripe-key-from'];
  if (variable === undefined) {
    if (given['stripe-base'] !== undefined) throw new UsageError('Say where the key is: --stripe-key-from.');
    return undefined;
  }
  const key = process.env[variable];
  if (!key) throw new UsageError(`The environment variable ${variable} is not set.`);
  return { key, base: given['stripe-base'] };
}

function clientOfAws(region: string | undefined): DynamoDBClient {
  return new DynamoDBClient({ maxAttempts: 6, ...(region !== undefined && { region }) });
}

function clientAt(endpoint: string, region = 'ap-east-1'): DynamoDBClient {
  if (!URL.canParse(endpoint)) throw new UsageError(`--endpoint is no URL: ${endpoint}`);
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  // An engine at another address than Amazon's needs no credentials, and real ones must not go there.
  return new DynamoDBClient({ endpoint, region, credentials, maxAttempts: 6 });
}

function print(findings: Findings): void {
  console.table(
    Object.fromEntries(
      checkNames.map((check) => {
        const notMade = findings.notMade.get(check);
        const looked = findings.looked.get(check) ?? 0;
        const differences = findings.counted.get(check) ?? 0;
        return [
          check,
          notMade ? { 'looked at': '', differences: notMade } : { 'looked at': looked, differences },
        ];
      }),
    ),
  );
  for (const finding of findings.named) printName(finding);
  if (findings.unnamed > 0) console.log(`and ${findings.unnamed} more: --all names them`);
  console.log(verdictOf(findings));
}

function printName({ check, subject, says }: Finding): void {
  console.log(`${check}: ${subject}: ${says}`);
}

/** What was not compared with Stripe may differ from it, so the verdict does not say that everything holds. */
function verdictOf({ total, notMade }: Findings): string {
  if (total > 0) return `${total} differences.`;
  const why = notMade.get('3 Stripe');
  if (why === undefined) return 'Everything holds.';
  return `Everything that was checked holds. Invariant 3 was not checked: ${why}.`;
}

/** Audits one table; the exit code says how it went. */
async function main(): Promise<void> {
  const given = readArguments();
  if (given.help) {
    console.log(usage);
    return;
  }
  const { table, stripe, now } = await subjectOf(given);
  const say = (progress: string) => console.error(progress);
  const findings = new Findings(given.all ? printName : undefined);
  await auditTable({ table, now, say }, findings);
  if (stripe) {
    await checkStripe({ table, now, say, stripe: openStripe(stripe.key, stripe.base) }, findings);
    const until = stripeComparedUntil(now).toISOString();
    console.log(`Compared with Stripe until ${until}; what is younger may be on its way.`);
  } else {
    findings.notMade.set('3 Stripe', 'not asked: give --stripe-key-from');
  }
  print(findings);
  if (findings.total > 0) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  console.error(
    error instanceof UsageError ? `${message}\n\n${usage}` : `It could not be checked: ${name}: ${message}`,
  );
  process.exitCode = 2;
}
