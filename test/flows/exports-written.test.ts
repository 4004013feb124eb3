import { describe, expect, vi } from 'vitest';
import { exportStory, gifts, lease, minutes } from '../support/export-desk.ts';
import { everything, watchRequests } from '../support/table.ts';

/** Writers of an export that race, hang or fail. */
const it = exportStory.extend('writers', async ({ files, desk }) => {
  /** Lets two writers have read the export before one begins. */
  function raceToBegin({ unguarded }: { readonly unguarded: boolean }): void {
    let arrived = 0;
    let open = () => {};
    const bothArrived = new Promise<void>((resolve) => {
      open = resolve;
    });
    type Guarded = { ConditionExpression?: string; ExpressionAttributeValues?: Record<string, unknown> };
    desk.table.client.middlewareStack.add(
      (next) => async (args) => {
        const input = args.input as { TransactItems?: { Update?: Guarded }[] };
        for (const { Update } of input.TransactItems ?? []) {
          if (!Update?.ConditionExpression?.includes('attempts = :seen')) continue;
          arrived += 1;
          if (arrived === 2) open();
          await bothArrived;
          if (!unguarded) continue;
          delete Update.ConditionExpression;
          const { ':seen': _, ':before': __, ...values } = Update.ExpressionAttributeValues ?? {};
          Update.ExpressionAttributeValues = values;
        }
        return next(args);
      },
      { step: 'initialize', priority: 'low', name: 'raceToBegin' },
    );
  }

  /** A bucket that hangs until the test lets it go on. */
  function hangingFiles() {
    let goOn = () => {};
    let hangs = () => {};
    const released = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const reached = new Promise<void>((resolve) => {
      hangs = resolve;
    });
    const send = async (command: Parameters<typeof files.store.client.send>[0]) => {
      hangs();
      await released;
      return files.store.client.send(command);
    };
    const client = new Proxy(files.store.client, {
      get: (target, name) => (name === 'send' ? send : Reflect.get(target, name)),
    });
    return { store: { ...files.store, client }, reached, goOn };
  }

  const written = async (unguarded: boolean) => {
    await desk.give(1);
    const { id } = await desk.ask(gifts);
    raceToBegin({ unguarded });
    const sent = watchRequests(desk.table);
    const outcomes = await Promise.all([desk.run(id), desk.run(id)]);
    const listsRead = sent.filter(({ operation }) => operation === 'Query').length;
    return { id, outcomes: outcomes.sort(), listsRead };
  };

  const failQueriesAfter = (count: number) => {
    let left = count;
    desk.table.client.middlewareStack.add(
      (next, context) => (args) => {
        const { commandName } = context as { commandName?: string };
        if (commandName === 'QueryCommand' && left-- <= 0) throw new Error('the table hung');
        return next(args);
      },
      { step: 'initialize', name: 'failQueries' },
    );
  };

  return { written, failQueriesAfter, hangingFiles };
});

describe('duplicate messages', () => {
  it('at the same time would each write the whole file if nobody looked', async ({
    writers: { written },
  }) => {
    expect((await written(true)).listsRead).toBe(2 * 16);
  });

  it('at the same time write one file, once; one that comes later finds it done', async ({
    desk,
    files,
    clock,
    writers: { written },
  }) => {
    const { id, outcomes, listsRead } = await written(false);
    expect(outcomes).toEqual(['being-written', 'done']);
    expect(listsRead).toBe(16);
    expect(await desk.run(id)).toBe('already-over');
    expect((await files.objects.keys()).filter((key) => key.includes(id))).toEqual([`exports/${id}.csv`]);
    const [message] = (await everything(desk.table, 'outbox')).filter(({ exportId }) => exportId === id);
    expect(message).toMatchObject({ sentAt: clock.now.toISOString() });
    expect(message).not.toHaveProperty('list');
    expect(await desk.run(`exp_${'0'.repeat(32)}`)).toBe('gone');
  });
});

describe('a writer that ends in the middle', () => {
  it('leaves no file; the next attempt writes it whole', async ({
    desk,
    files,
    writers: { failQueriesAfter },
  }) => {
    await desk.give(1);
    const { id } = await desk.ask(gifts);
    failQueriesAfter(9);
    await expect(desk.run(id)).rejects.toThrow('the table hung');
    expect(await files.objects.facts(`exports/${id}.csv`)).toBeUndefined();
    expect(await desk.read(id)).toMatchObject({ state: 'asked', url: null, reason: null });
    desk.table.client.middlewareStack.remove('failQueries');
    expect(await desk.run(id)).toBe('done');
    expect((await desk.read(id)).rows).toBe(1);
  });

  it('without a word is waited for as long as it may run; what it ends later changes nothing', async ({
    desk,
    clock,
    writers: { hangingFiles },
  }) => {
    await desk.give(1);
    const { id } = await desk.ask(gifts);
    const hanging = hangingFiles();
    const first = desk.run(id, { files: hanging.store });
    await hanging.reached;
    expect((await desk.read(id)).state).toBe('running');
    clock.now = new Date(minutes(0).getTime() + lease - 1);
    expect(await desk.run(id)).toBe('being-written');
    clock.now = new Date(minutes(0).getTime() + lease);
    expect(await desk.run(id)).toBe('done');
    const done = await desk.read(id);
    clock.now = minutes(13);
    hanging.goOn();
    expect(await first).toBe('being-written');
    expect(await desk.read(id)).toMatchObject({
      ...done,
      url: expect.any(String),
      expiresAt: expect.any(String),
    });
  });

  it('four times is given up with the reason, and a person is called', async ({ desk, files }) => {
    const lines = vi.spyOn(console, 'log').mockImplementation(() => {});
    const { id } = await desk.ask(gifts);
    const nowhere = { ...files.store, bucket: 'no-such-bucket' };
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      await expect(desk.run(id, { files: nowhere })).rejects.toThrow();
    }
    expect(await desk.run(id, { files: nowhere })).toBe('failed');
    expect(await desk.read(id)).toMatchObject({ state: 'failed', reason: 'files-unavailable', url: null });
    expect(await desk.run(id)).toBe('already-over');
    expect(lines.mock.calls.flat().join()).toContain('"event":"ExportFailed"');
    lines.mockRestore();
  });
});
