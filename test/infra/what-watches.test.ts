import { describe, expect, inject, vi } from 'vitest';
import { readAlarms } from '../../infra/local/cloud/alarms.ts';
import { Metrics } from '../../infra/local/cloud/metrics.ts';
import { buildModel } from '../../infra/local/template/model.ts';
import { clientFor } from '../../infra/local/test/support/stripe-account.ts';
import { story } from '../support/story.ts';
import { everything, existingTable } from '../support/table.ts';
import {
  giveWholly,
  type Mutation,
  openTemplate,
  openWholeRun,
  type WholeRun,
} from '../support/whole-run.ts';

// Each starts a local cloud of its own, and a slow machine takes its time.
vi.setConfig({ testTimeout: 180_000 });

const minute = 60_000;
const gift = { name: 'Mei Chan', email: 'mei.chan@example.org', amount: 48_800 };

/** The template as it is synthesized, and local clouds of it with one piece changed, whose time the test moves on. */
const it = story.extend('watched', { scope: 'file' }, async ({}, { onCleanup }) => {
  const { assembly, issuer, changed, close } = await openTemplate();
  onCleanup(close);

  async function running(mutate: Mutation, act: (run: Watched) => Promise<void>): Promise<void> {
    let ahead = 0;
    const now = () => Date.now() + ahead;
    const run = await openWholeRun(changed(mutate), inject('dynamodbUrl'), now);
    try {
      await act({
        ...run,
        token: () => issuer.token(['finance']),
        ringing: () => ringing(run, now()),
        pass: async (minutes, blind = '') => {
          const until = now() + minutes * minute;
          const rang = new Set(ringing(run, now()));
          for (const { name, at } of run.cloud.schedules.due(now(), until)) {
            ahead = at - Date.now();
            await run.cloud.schedules.fire(name, new Date(at));
            await pulseSeen(run, blind);
            for (const alarm of ringing(run, now())) rang.add(alarm);
          }
          ahead = Math.max(ahead, until - Date.now());
          return [...rang, ...ringing(run, now()).filter((each) => !rang.has(each))].sort();
        },
      });
    } finally {
      await run.close();
    }
  }
  return { assembly, changed, running };
});

interface Watched extends WholeRun {
  readonly token: () => Promise<string>;
  /** The alarms that ring now. */
  readonly ringing: () => string[];
  /**
   * Lets time go by: what falls due is fired, in order.
   * @param blind a reader of the stream that never sees the sweep's pulse
   * @returns the alarms that rang meanwhile
   */
  readonly pass: (minutes: number, blind?: string) => Promise<string[]>;
}

/** Waits until the readers of the stream have what the sweep sent through it. */
async function pulseSeen({ cloud }: WholeRun, blind: string): Promise<void> {
  const table = existingTable(cloud.tables[0] ?? '');
  await vi.waitFor(async () => {
    const [pulse] = await everything(table, 'pulse');
    const seen = await everything(table, 'pulse-seen');
    for (const reader of ['outbox-relay', 'projector'].filter((each) => pulse && each !== blind)) {
      const at = seen.find(({ pk }) => String(pk).endsWith(`#${reader}`))?.sentAt;
      expect([reader, at]).toEqual([reader, pulse?.sentAt]);
    }
  }, 30_000);
}

function ringing({ cloud }: WholeRun, now: number): string[] {
  return cloud.alarms
    .filter((alarm) => alarm.stateAt(new Date(now)) === 'ALARM')
    .map(({ logicalId }) => logicalId.replace(/^Alarms|[0-9A-F]{8}$/g, ''))
    .sort();
}

/** The kinds for which a person was called. */
function called({ cloud }: WholeRun): string[] {
  const lines = cloud.functions.logs.map(({ line }) => line).filter((line) => line.startsWith('{"_aws"'));
  return [...new Set(lines.map((line) => (JSON.parse(line) as { event: string }).event))];
}

/** Changes the one resource of a type whose logical id begins so: a change that meets nothing must not pass for one. */
function change(type: string, id: string, act: (properties: Record<string, unknown>) => void): Mutation {
  return (resources) => {
    const found = Object.entries(resources).filter(([key, { Type }]) => Type === type && key.startsWith(id));
    const [[, resource] = ['', undefined]] = found;
    if (found.length !== 1 || !resource)
      throw new Error(`${found.length} resources ${type} begin with ${id}.`);
    act(resource.Properties as Record<string, unknown>);
  };
}

const withoutMapping = (id: string) =>
  change('AWS::Lambda::EventSourceMapping', id, (properties) => {
    properties.Enabled = false;
  });

const withoutVariable = (id: string, name: string): Mutation =>
  change('AWS::Lambda::Function', id, ({ Environment }) => {
    const { Variables } = Environment as { Variables: Record<string, unknown> };
    if (!(name in Variables)) throw new Error(`${id} has no variable ${name}.`);
    delete Variables[name];
  });

async function dispute({ stripeUrl }: WholeRun): Promise<void> {
  const [charge] = (await clientFor(stripeUrl).charges.list({ limit: 1 })).data;
  await fetch(`${stripeUrl}/__local/charges/${charge?.id}/dispute`, { method: 'POST', body: '' });
}

async function askForExport({ cloud, token }: Watched): Promise<void> {
  const answer = await fetch(`${cloud.siteUrl}/api/staff/exports`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await token()}`,
      'content-type': 'application/json',
      'idempotency-key': 'watched',
    },
    body: JSON.stringify({ kind: 'ledger', from: '2026-11', to: '2026-11' }),
  });
  expect(answer.status, await answer.text()).toBe(201);
}

const rings = (watched: Watched, alarms: readonly string[]) =>
  vi.waitFor(() => expect(watched.ringing()).toEqual(alarms), 60_000);

describe('in health', () => {
  it('no alarm rings: a gift goes the whole way, and an hour goes by with all that falls due', async ({
    watched: { running },
  }) => {
    await running(
      () => {},
      async (run) => {
        await giveWholly(run, gift);
        expect(await run.pass(60)).toEqual([]);
        expect(called(run)).toEqual([]);
        const fired = run.cloud.functions.logs.filter(({ line }) => line.includes('"outbox-requeued"'));
        expect(fired.length).toBeGreaterThanOrEqual(12);
      },
    );
  });
});

describe('with one piece taken away the right alarm rings, and no other', () => {
  it('the schedule of the sweep: it is silent', async ({ watched: { running } }) => {
    const off = change('AWS::Scheduler::Schedule', 'Schedulessweep', (properties) => {
      properties.State = 'DISABLED';
    });
    await running(off, async (run) => {
      expect(await run.pass(14)).toEqual([]);
      expect(await run.pass(2)).toEqual(['SweepIsSilent']);
    });
  });

  it.for<[mapping: string, need: string, blind?: string]>([
    ['MailerQueue', 'OutboxWaits'],
    ['OutboxRelayStream', 'StreamIsBehind', 'outbox-relay'],
    ['ProjectorStream', 'StreamIsBehind', 'projector'],
  ])('the mapping %s: a person is called, %s', async ([id, need, blind], { watched: { running } }) => {
    await running(withoutMapping(id), async (run) => {
      await run.pay(gift);
      expect(await run.pass(16, blind)).toEqual([]);
      // What the relay did not hand on the sweep did.
      if (blind) await run.until('the mail came', async () => (await run.mails()).length > 0);
      expect(await run.pass(14, blind)).toEqual(['NeedsPerson']);
      expect(called(run)).toEqual([need]);
    });
  });

  it('the mapping of the worker: a person is called, OutboxWaits', async ({ watched: { running } }) => {
    await running(withoutMapping('WorkerQueue'), async (run) => {
      await giveWholly(run, gift);
      await dispute(run);
      const work = [...run.cloud.queues.values()].find(({ settings }) => settings.name.endsWith('-work'));
      await run.until('the refresh waits', async () => (work?.counts().visible ?? 0) > 0);
      expect(await run.pass(20)).toEqual(['NeedsPerson']);
      expect(called(run)).toEqual(['OutboxWaits']);
    });
  });

  it('what the exporter needs: functions fail, and the export is a dead letter', async ({
    watched: { running },
  }) => {
    await running(withoutVariable('Exporter', 'FILES_BUCKET'), async (run) => {
      await askForExport(run);
      await rings(run, ['DeadLetters', 'FunctionsFail']);
    });
  });

  it('the dead letters of the exporter: functions fail, and a person is called for what waits', async ({
    watched: { running },
  }) => {
    const mutate: Mutation = (resources) => {
      withoutVariable('Exporter', 'FILES_BUCKET')(resources);
      const [id = ''] = Object.keys(resources).filter(
        (key) => resources[key]?.Type === 'AWS::Lambda::EventInvokeConfig',
      );
      delete resources[id];
    };
    await running(mutate, async (run) => {
      await askForExport(run);
      await rings(run, ['FunctionsFail']);
      expect(await run.pass(20)).toEqual(['FunctionsFail', 'NeedsPerson']);
      expect(called(run)).toEqual(['OutboxWaits']);
    });
  });

  it('what the webhook needs: it answers errors', async ({ watched: { running } }) => {
    await running(withoutVariable('StripeWebhook', 'TABLE_NAME'), async (run) => {
      await run.pay(gift);
      await rings(run, ['FunctionsFail', 'WebhookAnswersErrors']);
    });
  });

  it('what the site needs: the API answers errors, from the fifth on', async ({ watched: { running } }) => {
    await running(withoutVariable('Site', 'TABLE_NAME'), async (run) => {
      const ask = async (times: number) => {
        for (let time = 0; time < times; time += 1) await fetch(run.cloud.siteUrl);
      };
      await ask(4);
      expect(run.ringing()).toEqual(['FunctionsFail']);
      await ask(1);
      expect(run.ringing()).toEqual(['ApiAnswersErrors', 'FunctionsFail']);
    });
  });
});

describe('2,000 refreshes at once', () => {
  const worker = 'tideover-dev-worker';

  /** Floods the queue, gives while it is worked through, and tells how many workers ran at most. */
  async function flood(run: Watched, refreshes: number): Promise<{ most: number; waitedWhenPaid: number }> {
    const work = [...run.cloud.queues.values()].find(({ settings }) => settings.name.endsWith('-work'));
    if (!work) throw new Error('There is no queue work.');
    for (let number = 0; number < refreshes; number += 1) {
      work.send(JSON.stringify({ outboxKey: `refresh/dispute/evt_${number}` }));
    }
    let most = 0;
    const look = setInterval(() => {
      most = Math.max(most, run.cloud.functions.running(worker));
    }, 5);
    try {
      const { checkoutId } = await run.pay(gift);
      await run.until('paid', async () => (await run.checkout(checkoutId)).status === 'paid');
      const waitedWhenPaid = work.counts().visible;
      await vi.waitFor(() => expect(work.bodies()).toEqual([]), 120_000);
      return { most, waitedWhenPaid };
    } finally {
      clearInterval(look);
    }
  }

  it('leave the webhook its share: two workers at most, and a gift is booked while they wait', async ({
    watched: { running },
  }) => {
    await running(
      () => {},
      async (run) => {
        const { most, waitedWhenPaid } = await flood(run, 2_000);
        expect(most).toBe(2);
        expect(waitedWhenPaid).toBeGreaterThan(0);
        expect(run.ringing()).toEqual([]);
      },
    );
  });

  it('take whatever there is without the queue’s maximum concurrency', async ({ watched: { running } }) => {
    const unlimited = change('AWS::Lambda::EventSourceMapping', 'WorkerQueue', (properties) => {
      expect(properties.ScalingConfig).toEqual({ MaximumConcurrency: 2 });
      properties.ScalingConfig = { MaximumConcurrency: 1_000 };
    });
    await running(unlimited, async (run) => expect((await flood(run, 500)).most).toBeGreaterThan(4));
  });
});

describe('an alarm that could never ring', () => {
  const place = {
    region: 'ap-east-1',
    account: '111122223333',
    siteUrl: 'http://127.0.0.1:1',
    servicesUrl: 'http://127.0.0.1:2',
  };

  it.for<[string, Mutation, RegExp]>([
    [
      'of a function that is not there',
      change('AWS::CloudWatch::Alarm', 'AlarmsSweepIsSilent', (properties) => {
        properties.Dimensions = [{ Name: 'FunctionName', Value: 'nobody' }];
      }),
      /AlarmsSweepIsSilent.*nothing in the local cloud records .*nobody/,
    ],
    [
      'of a route without metrics of its own',
      change('AWS::ApiGatewayV2::Stage', 'FrontDoorStage', ({ RouteSettings }) => {
        const settings = RouteSettings as Record<string, Record<string, unknown>>;
        delete settings['POST /stripe/webhook']?.DetailedMetricsEnabled;
      }),
      /AlarmsWebhookAnswersErrors.*nothing in the local cloud records/,
    ],
    [
      'that nobody hears',
      (resources) => {
        for (const [id, { Type }] of Object.entries(resources)) {
          if (Type === 'AWS::SNS::Subscription') delete resources[id];
        }
      },
      /AlarmActions: nobody subscribes/,
    ],
  ])('%s is refused', ([_, mutate, cause], { watched: { changed } }) => {
    expect(() => readAlarms(buildModel(changed(mutate), place), new Metrics(), 0)).toThrow(cause);
  });
});
