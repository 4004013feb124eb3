import { describe, expect, inject, vi } from 'vitest';
import type { ExportAnswer } from '#accounting/exports/export-answer.ts';
import { hongKongMonth } from '#platform/clock.ts';
import { clientFor, secretKey } from '../../infra/local/test/support/stripe-account.ts';
import { huntPrivateStrings } from '../support/hunt-whole-run.ts';
import { story } from '../support/story.ts';
import {
  giveWholly,
  type Mutation,
  openTemplate,
  openWholeRun,
  type Resources,
} from '../support/whole-run.ts';

// Each starts a local cloud of its own, and a slow machine takes its time.
vi.setConfig({ testTimeout: 180_000 });

/** The template as it is synthesized, with the issuer of its tokens; and one whole run of it, for tests that do not mind what others gave. */
const test = story
  .extend('template', { scope: 'file' }, async ({}, { onCleanup }) => {
    const { assembly, issuer, changed, close } = await openTemplate();
    onCleanup(close);

    /** The whole run on the template with one piece taken out. */
    async function runWithout(mutate: Mutation): Promise<void> {
      const run = await openWholeRun(changed(mutate), inject('dynamodbUrl'));
      try {
        await giveWholly(run, first);
      } finally {
        await run.close();
      }
    }

    return { assembly, issuer, runWithout };
  })
  .extend('run', { scope: 'file' }, async ({ template: { assembly } }, { onCleanup }) => {
    const run = await openWholeRun(assembly, inject('dynamodbUrl'));
    onCleanup(() => run.close());
    return run;
  });

const first = { name: 'Mei Chan', email: 'mei.chan@example.org', amount: 48_800 };
const refunded = { ...first, email: 'refunded@example.org' };
const exported = { ...first, name: 'Ada Wong', email: 'ada.wong@example.org', amount: 48_900 };
const disputing = { ...first, email: 'disputing@example.org' };
const hidden = {
  name: 'Quentin Featherstone',
  displayName: 'Quentin of the Harbour',
  email: 'q.featherstone@example.org',
  amount: 12_345,
  hideName: true,
};

test('a gift goes the whole way, exactly once, and no private word reaches a log', async ({ run }) => {
  await giveWholly(run, first);
  await shown({ raised: first.amount, supporters: 1 });
  const { checkoutId } = await giveWholly(run, hidden);
  await shown({ raised: first.amount + hidden.amount, supporters: 2 });
  const reported = await story();
  expect(reported.checkout).toMatchObject({ status: 'paid', amount: hidden.amount });
  expect(reported.mails).toEqual([first.email, hidden.email]);

  await sendAgain(run.stripeUrl, checkoutId);
  await run.until('the duplicate is told apart', async () => outcomes().includes('duplicate'));
  expect(outcomes()).toEqual(['booked', 'booked', 'duplicate']);
  expect(await story()).toEqual(reported);

  const byteOrderMark = [0xef, 0xbb, 0xbf];
  expect([...(await run.moneyTable()).slice(0, 3)], 'as Lambda answers it').toEqual(byteOrderMark);
  const logs = run.cloud.functions.logs.map(({ line }) => line).join('\n');
  const page = await run.page();
  for (const text of [first.email, hidden.email, hidden.name, 'Featherstone']) {
    expect(logs).not.toContain(text);
    expect(page).not.toContain(text);
  }
  expect(run.cloud.problems).toEqual([]);

  /** Totals show within 15 seconds. */
  function shown(totals: { raised: number; supporters: number }) {
    return vi.waitFor(async () => expect(await run.campaign()).toMatchObject(totals), 15_000);
  }
  async function story() {
    const [campaign, gifts, checkout, mails] = await Promise.all([
      run.campaign(),
      run.gifts(),
      run.checkout(checkoutId),
      run.mails(),
    ]);
    return { campaign, gifts, checkout, mails: mails.flatMap(({ To }) => To[0]?.Address ?? []).sort() };
  }
  function outcomes() {
    const lines = run.cloud.functions.logs.filter(({ line }) => line.includes('checkout.session.completed'));
    return lines.map(({ line }) => /"outcome":"([\w-]+)"/.exec(line)?.[1]);
  }
});

test('invariant 7: a private string is in no public byte, log line, queue, book or metadata, and in mails only of its donor', async ({
  template: { assembly },
}) => {
  const run = await openWholeRun(assembly, inject('dynamodbUrl'));
  try {
    await huntPrivateStrings(run);
  } finally {
    await run.close();
  }
});

test('every schedule and a refund do with the rights of their functions’ Stripe keys', async ({
  run,
  template: { issuer },
}) => {
  await giveWholly(run, refunded);
  const stripe = clientFor(run.stripeUrl);
  const [charge] = (await stripe.charges.list({ limit: 1 })).data;
  const refund = await fetch(`${run.cloud.siteUrl}/api/staff/gifts/${charge?.payment_intent}/refunds`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await issuer.token(['finance'])}`,
      'content-type': 'application/json',
      'idempotency-key': 'a-refund-of-the-whole-run',
    },
    body: JSON.stringify({ amount: 10_000, reason: 'requested-by-giver' }),
  });
  expect([refund.status, await refund.text()]).toEqual([201, expect.any(String)]);
  // The first sweep of an hour compares all events.
  const hour = 3_600_000;
  const later = new Date(Math.ceil(Date.now() / hour + 3) * hour).toISOString();
  for (const name of ['sweep', 'books', 'night', 'month']) {
    const fired = await fetch(`${run.cloud.siteUrl}/__local/fire/${name}?at=${later}`, { method: 'POST' });
    expect([name, fired.status, await fired.text()]).toEqual([name, 200, expect.any(String)]);
  }
  const logs = run.cloud.functions.logs.map(({ line }) => line).join('\n');
  expect(logs).not.toContain('required permissions');
  expect(run.cloud.problems.filter((problem) => /refused|permission|failed/.test(problem))).toEqual([]);
});

test('an export goes the whole way: sign-in, outbox, queue, bucket, and a link that anybody may follow', {
  timeout: 120_000,
}, async ({ run, template: { issuer } }) => {
  await giveWholly(run, exported);
  const month = hongKongMonth(new Date());
  const headers = {
    authorization: `Bearer ${await issuer.token(['finance'])}`,
    'content-type': 'application/json',
    'idempotency-key': 'whole-run',
  };
  const path = `${run.cloud.siteUrl}/api/staff/exports`;
  const body = JSON.stringify({ kind: 'gifts', from: month, to: month, people: true });
  const asked = await fetch(path, { method: 'POST', headers, body });
  expect(asked.status).toBe(201);
  const { id } = (await asked.json()) as ExportAnswer;
  let url = '';
  await run.until('the export is done', async () => {
    const answer = (await (await fetch(`${path}/${id}`, { headers })).json()) as ExportAnswer;
    url = answer.url ?? '';
    return answer.state === 'done';
  });
  const file = await fetch(url);
  expect(file.headers.get('content-disposition')).toContain(`tideover-gifts-${month}.csv`);
  const row = (await file.text()).split('\r\n').find((line) => line.includes(exported.email)) ?? '';
  expect(row.split(',').slice(4)).toEqual([
    '489.00',
    '0.00',
    '0.00',
    '0.00',
    '"HKD"',
    '"en"',
    '0.00',
    '"stripe"',
    '""',
    '""',
    '""',
    '""',
    '""',
    `"${exported.name}"`,
    `"${exported.email}"`,
    '""',
    '""',
    '"no"',
  ]);
  expect((await fetch(url.replace(id, `exp_${'0'.repeat(32)}`))).status).toBe(403);
  const logs = JSON.stringify(run.cloud.functions.logs);
  expect([exported.name, exported.email].filter((secret) => logs.includes(secret))).toEqual([]);
});

test('a dispute goes the whole way: webhook, outbox, queue, Stripe again, books; the page follows', async ({
  run,
}) => {
  const { raised: before, supporters } = await run.campaign();
  await giveWholly(run, disputing);
  const stripe = clientFor(run.stripeUrl);
  const [charge] = (await stripe.charges.list({ limit: 1 })).data;
  const step = (path: string, form: Record<string, string>) =>
    fetch(`${run.stripeUrl}/__local/${path}`, { method: 'POST', body: new URLSearchParams(form) });
  await step(`charges/${charge?.id}/dispute`, {});
  // The alarm that rings counts as a problem of the run, so its own waiting would end here.
  const raised = (amount: number) =>
    vi.waitFor(async () => expect((await run.campaign()).raised).toBe(amount), 60_000);
  await raised(before);
  const [dispute] = (await stripe.disputes.list({ limit: 1 })).data;
  await step(`disputes/${dispute?.id}/move`, { step: 'win' });
  await raised(before + disputing.amount);
  expect((await run.campaign()).supporters).toBe(supporters + 1);
  expect(run.cloud.problems.filter((problem) => !problem.includes('"DisputeOpened"'))).toEqual([]);
});

/** Sends the event of a checkout's payment a second time and checks that it was answered 2xx. */
async function sendAgain(stripeUrl: string, checkoutId: string): Promise<void> {
  const list = await fetch(`${stripeUrl}/v1/events?type=checkout.session.completed`, {
    headers: { authorization: `Bearer ${secretKey}` },
  });
  const { data } = (await list.json()) as {
    data: { id: string; data: { object: { metadata: Record<string, string> } } }[];
  };
  const event = data.find(({ data: { object } }) => Object.values(object.metadata).includes(checkoutId));
  expect(event).toBeDefined();
  const sent = await fetch(`${stripeUrl}/__local/events/${event?.id}/send`, { method: 'POST' });
  expect(await sent.json()).toMatchObject({ data: [{ state: 'delivered', status: 200 }] });
}

describe('with one piece taken out of the template the run fails and the cause is named', () => {
  test.for<[string, Mutation, RegExp]>([
    [
      "the webhook's variable TABLE_NAME",
      withoutVariable('StripeWebhook', 'TABLE_NAME'),
      /tideover-dev-stripe-webhook failed: .*variable TABLE_NAME is missing/,
    ],
    [
      "the relay's variable MAIL_QUEUE_URL",
      withoutVariable('OutboxRelay', 'MAIL_QUEUE_URL'),
      /tideover-dev-outbox-relay failed: .*variable MAIL_QUEUE_URL is missing/,
    ],
    [
      "the webhook's grant dynamodb:PutItem",
      withoutGrant('StripeWebhook', 'dynamodb:PutItem'),
      /tideover-dev-stripe-webhook was refused.*dynamodb:PutItem on resource: .*:table\//,
    ],
    [
      "the relay's grant sqs:SendMessage on the mail queue",
      withoutGrant('OutboxRelay', 'sqs:SendMessage', /"Mail[0-9A-F]{8}"/),
      /tideover-dev-outbox-relay was refused.*sqs:SendMessage on resource: .*:tideover-dev-mail /,
    ],
    [
      "the relay's variable WORK_QUEUE_URL",
      withoutVariable('OutboxRelay', 'WORK_QUEUE_URL'),
      /tideover-dev-outbox-relay failed: .*variable WORK_QUEUE_URL is missing/,
    ],
    [
      "the relay's variable EXPORTER_NAME",
      withoutVariable('OutboxRelay', 'EXPORTER_NAME'),
      /tideover-dev-outbox-relay failed: .*variable EXPORTER_NAME is missing/,
    ],
    [
      "the mailer's grant ssm:GetParameter",
      withoutGrant('Mailer', 'ssm:GetParameter'),
      /tideover-dev-mailer was refused.*ssm:GetParameter on resource: .*\/tideover\/dev\/resend-api-key/,
    ],
    [
      "the mailer's variable RESEND_API_KEY_PARAMETER",
      withoutVariable('Mailer', 'RESEND_API_KEY_PARAMETER'),
      /tideover-dev-mailer failed: .*variable RESEND_API_KEY_PARAMETER is missing/,
    ],
    [
      "the webhook's route",
      without('AWS::ApiGatewayV2::Route', /POSTstripewebhook/),
      /No route of the HTTP API answers POST \/stripe\/webhook/,
    ],
    [
      "the webhook's Lambda permission",
      without('AWS::Lambda::Permission', /POSTstripewebhook/),
      /may not invoke tideover-dev-stripe-webhook for the route POST \/stripe\/webhook/,
    ],
    [
      "the relay's stream mapping",
      without('AWS::Lambda::EventSourceMapping', /^OutboxRelayStream/),
      /tideover-dev-outbox-relay is never invoked: no event source mapping/,
    ],
    [
      "the relay's filter",
      withoutFilter('OutboxRelay'),
      /tideover-dev-outbox-relay failed: .*stream mapping's filter let an item of entity "[\w-]+" through/,
    ],
    [
      "the projector's filter",
      withoutFilter('Projector'),
      /tideover-dev-projector failed: .*stream mapping's filter let an item of entity "[\w-]+" through/,
    ],
    [
      "the relay's partial failures",
      (resources) => {
        const [, mapping] = one(resources, 'AWS::Lambda::EventSourceMapping', /^OutboxRelayStream/);
        expect(mapping.FunctionResponseTypes).toBeDefined();
        delete mapping.FunctionResponseTypes;
      },
      /OutboxRelayStream\w+: tideover-dev-outbox-relay answers batchItemFailures.*without FunctionResponseTypes/,
    ],
    [
      "the mailer's queue mapping",
      without('AWS::Lambda::EventSourceMapping', /^MailerQueue/),
      /tideover-dev-mailer is never invoked: no event source mapping/,
    ],
  ])('%s', async ([_, mutate, cause], { template: { runWithout } }) => {
    await expect(runWithout(mutate)).rejects.toThrow(cause);
  });
});

/** The one resource of a type whose logical id matches: a mutation that meets nothing must not pass for one. */
function one(resources: Resources, type: string, id: RegExp): [string, Record<string, unknown>] {
  const found = Object.entries(resources).filter(([key, { Type }]) => Type === type && id.test(key));
  const [[key, resource] = ['', undefined]] = found;
  if (found.length !== 1 || !resource) throw new Error(`${found.length} resources ${type} match ${id}.`);
  return [key, resource.Properties ?? {}];
}

function without(type: string, id: RegExp): Mutation {
  return (resources) => {
    delete resources[one(resources, type, id)[0]];
  };
}

function withoutVariable(functionId: string, name: string): Mutation {
  return (resources) => {
    const [, properties] = one(resources, 'AWS::Lambda::Function', new RegExp(`^${functionId}[0-9A-F]{8}$`));
    const { Variables } = properties.Environment as { Variables: Record<string, unknown> };
    if (!(name in Variables)) throw new Error(`${functionId} has no variable ${name}.`);
    delete Variables[name];
  };
}

interface Statement {
  Action: string | string[];
  Resource: unknown;
}

/** @param target matches the statement's resource as JSON, when the action is granted on several */
function withoutGrant(functionId: string, action: string, target = /^/): Mutation {
  return (resources) => {
    const [, properties] = one(resources, 'AWS::IAM::Policy', new RegExp(`^${functionId}RoleDefaultPolicy`));
    const document = properties.PolicyDocument as { Statement: Statement[] };
    const holds = ({ Action, Resource }: Statement) =>
      [Action].flat().includes(action) && target.test(JSON.stringify(Resource));
    if (!document.Statement.some(holds)) throw new Error(`${functionId} is not granted ${action}.`);
    document.Statement = document.Statement.flatMap((statement) => {
      if (!holds(statement)) return [statement];
      const Action = [statement.Action].flat().filter((each) => each !== action);
      return Action.length > 0 ? [{ ...statement, Action }] : [];
    });
  };
}

function withoutFilter(functionId: string): Mutation {
  return (resources) => {
    const [, properties] = one(
      resources,
      'AWS::Lambda::EventSourceMapping',
      new RegExp(`^${functionId}Stream`),
    );
    if (!properties.FilterCriteria) throw new Error(`${functionId} has no filter.`);
    delete properties.FilterCriteria;
  };
}
