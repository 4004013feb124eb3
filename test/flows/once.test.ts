import { describe, expect } from 'vitest';
import { beginBooks } from '#accounting/accounts/begin-books.ts';
import { createStaffApp } from '#apps/staff/staff-app.ts';
import { Problem } from '#platform/errors.ts';
import { commit, isNew } from '#platform/table/commit.ts';
import { type KeyedRequest, once } from '#platform/table/once.ts';
import { toItem } from '#platform/table/table.ts';
import { asDescribed } from '../support/described.ts';
import { storeCampaigns } from '../support/site.ts';
import { story } from '../support/story.ts';
import { everything } from '../support/table.ts';
import { raceUnderOneKey } from '../support/unguarded.ts';

const start = new Date('2026-11-22T04:00:00Z');

const keyed: KeyedRequest = { caller: 'sub-1', route: 'things', key: 'a key', body: { amount: 1 } };

/** The staff’s desk, under a clock that the test moves. */
const it = story.extend('desk', async ({ table }) => {
  const clock = { now: start };

  async function post(path: string, body: object, { key = 'a key', actor = 'sub-1' } = {}) {
    const actorOf = () => ({ id: actor, roles: ['finance'] as const });
    const app = asDescribed(createStaffApp({ random: Math.random, table, clock: () => clock.now, actorOf }));
    const response = await app.request(`/api/staff/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as { id?: string; code?: string } };
  }
  let made = 0;

  /** Makes a thing under a key, once. */
  const make = (request: Partial<KeyedRequest> = {}, refuse?: Problem) =>
    once<string>(
      { table, now: clock.now },
      { ...keyed, ...request },
      {
        attempt: async (record) => {
          if (refuse) throw refuse;
          made += 1;
          const id = `thing-${made}`;
          const thing = { put: toItem({ pk: id, sk: 'thing' }, 'thing', 1, {}), condition: isNew };
          return (await commit(table, () => ({ thing, once: record(id) }))).committed ? id : undefined;
        },
        answer: async (id) => id,
      },
    );

  return { clock, post, make };
});

const request = { campaign: 'education', amount: 80_000, category: 'rent', recipient: 'F-0042' };

describe('two requests under one key at the same moment', () => {
  it.beforeEach(async ({ table, desk: { clock } }) => {
    await storeCampaigns(table);
    // Else the two first entries would differ by which of them begins the books.
    await beginBooks({ table, now: clock.now });
  });

  describe.each<[path: string, body: object, effect: string]>([
    ['ledger/fee-reimbursements', { amount: 500 }, 'ledger-entry'],
    ['passed-on', request, 'disbursement'],
    ['exports', { kind: 'gifts', from: '2026-11', to: '2026-11', people: false }, 'export'],
  ])('to %s', (path, body, effect) => {
    const both = <T>(post: (path: string, body: object) => Promise<T>) =>
      Promise.all([post(path, body), post(path, body)]);

    it('would both have their effect, did it not keep the item of its request', async ({
      table,
      desk: { post },
    }) => {
      raceUnderOneKey(table, { recorded: false });
      expect((await both(post)).map(({ status }) => status)).toEqual([201, 201]);
      expect(await everything(table, effect)).toHaveLength(2);
    });

    it('have it once, and get the same answer', async ({ table, desk: { post } }) => {
      raceUnderOneKey(table, { recorded: true });
      const [one, other] = await both(post);
      expect(one.status).toBe(201);
      expect(other).toEqual(one);
      expect(await everything(table, effect)).toHaveLength(1);
      expect(await everything(table, 'audit-entry')).toHaveLength(1);
    });
  });

  it('to take one step take it once, and both get the answer that it is taken', async ({
    table,
    desk: { post },
  }) => {
    const { body } = await post('passed-on', request);
    raceUnderOneKey(table, { recorded: true });
    const approve = () => post(`passed-on/${body.id}/approve`, {}, { actor: 'sub-2' });
    const [one, other] = await Promise.all([approve(), approve()]);
    expect([one.status, (one.body as { state?: string }).state]).toEqual([200, 'approved']);
    expect(other).toEqual(one);
    expect(await everything(table, 'audit-entry')).toHaveLength(2);
  });
});

describe('a key', () => {
  it('is one of its caller and route alone', async ({ desk: { make } }) => {
    expect(await make()).toBe('thing-1');
    expect(await make({ caller: 'sub-2' })).toBe('thing-2');
    expect(await make({ route: 'others' })).toBe('thing-3');
    expect(await make({ key: 'another' })).toBe('thing-4');
    expect(await make()).toBe('thing-1');
    // No caller's name and key run into another's.
    expect(await make({ caller: 'sub-1#things', route: '' })).toBe('thing-5');
  });

  it('with another body is refused, also when the request would be refused', async ({ desk: { make } }) => {
    await make();
    const reused = { code: 'idempotency-key-reused' };
    await expect(make({ body: { amount: 2 } })).rejects.toMatchObject(reused);
    const refusal = new Problem('not-in-fund', 'There is nothing left.');
    await expect(make({ body: { amount: 2 } }, refusal)).rejects.toMatchObject(reused);
    expect(await make({}, refusal)).toBe('thing-1');
  });

  it('of a refused request is not used up: what was refused may be asked again, and otherwise', async ({
    table,
    desk: { make },
  }) => {
    await expect(make({}, new Problem('not-found', 'Not yet.'))).rejects.toMatchObject({ code: 'not-found' });
    expect(await everything(table, 'once')).toEqual([]);
    expect(await make({ body: { amount: 2 } })).toBe('thing-1');
  });

  it('is remembered for ten years, as long as books are kept and longer, and then counts as gone', async ({
    desk: { clock, make },
  }) => {
    await make();
    clock.now = new Date('2036-11-22T03:00:00Z');
    expect(await make()).toBe('thing-1');
    clock.now = new Date('2036-11-23T04:00:01Z');
    expect(await make()).toBe('thing-2');
    expect(await make()).toBe('thing-2');
  });

  it('stands nowhere as it was sent, and neither does what was said with it', async ({
    table,
    desk: { make },
  }) => {
    const said = { note: 'for Juniper Ash' };
    await make({ key: 'juniper@example.org', body: said });
    const [item] = await everything(table, 'once');
    expect(item).toMatchObject({ route: 'things', answerId: 'thing-1', at: start.toISOString(), v: 1 });
    expect(JSON.stringify(item)).not.toMatch(/juniper/i);
  });

  it('may be of any length and signs, and so may the route', async ({ desk: { make } }) => {
    const odd = { key: '~'.repeat(255), route: 'x'.repeat(3000), caller: '施'.repeat(128) };
    expect(await make(odd)).toBe(await make(odd));
    const unknown = new Problem('not-found', 'There is nothing with this id.');
    await expect(make({ ...odd, route: '\ud800' }, unknown)).rejects.toThrow(unknown);
  });

  it('is asked for again when something came between', async ({ table, desk: { clock } }) => {
    let tries = 0;
    const answer = await once<string>({ table, now: clock.now }, keyed, {
      attempt: async () => {
        tries += 1;
        return tries < 3 ? undefined : 'done';
      },
      answer: async (id) => id,
    });
    expect([answer, tries]).toEqual(['done', 3]);
  });
});
