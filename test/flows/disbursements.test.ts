import { describe, expect } from 'vitest';
import { moneyAccounts } from '#accounting/accounts/account.ts';
import { createStaffApp } from '#apps/staff/staff-app.ts';
import type { Role } from '#kernel/staff/actor.ts';
import { toTotalsChange } from '#kernel/totals/totals-item.ts';
import { commit } from '#platform/table/commit.ts';
import type { Table } from '#platform/table/table.ts';
import { startConflicts } from '../support/conflicts.ts';
import { asDescribed } from '../support/described.ts';
import { fillAccount } from '../support/fill-account.ts';
import { storeCampaigns } from '../support/site.ts';
import { story } from '../support/story.ts';
import { everything, through } from '../support/table.ts';
import { raceForMoney } from '../support/unguarded.ts';

const now = new Date('2026-11-22T04:00:00Z');
const request = {
  campaign: 'emergency-cash',
  amount: 80_000,
  category: 'rent',
  recipient: 'F-0042',
  note: 'Half of November.',
};
const pdf = new Uint8Array([0x25, 0x50, 0x44, 0x46, 0x2d, 0x31, 0x2e, 0x37]);
/** `printf '%PDF-1.7' | sha256sum` */
const digest = '86edbaa24831badfa0a8b04bb410141e2ee4182b6d0014493fe262a7a331c20b';

/** The charity’s office, under a clock that the test moves. */
const it = story.extend('office', { auto: true }, async ({ table }) => {
  const clock = { now: now };
  await storeCampaigns(table);
  await raise(100_000);
  for (const account of moneyAccounts) await fillAccount(table, account, 100_000);
  const staff = staffOn(table);

  function staffOn(where: Table) {
    const as = (id: string, role: Role) =>
      asDescribed(
        createStaffApp({
          random: Math.random,
          table: where,
          clock: () => clock.now,
          actorOf: () => ({ id, roles: [role] }),
        }),
      );
    const people = {
      families: as('sub-families', 'families'),
      finance: as('sub-finance', 'finance'),
      second: as('sub-second', 'finance'),
      campaigns: as('sub-campaigns', 'campaigns'),
    };
    const post = async (who: keyof typeof people, path: string, body: unknown, key = path) => {
      const response = await people[who].request(`/api/staff/passed-on${path}`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
      });
      return { status: response.status, body: (await response.json()) as Answer };
    };
    const payOut = async (id: string, changes: Record<string, string | File | undefined> = {}, key = 'h') => {
      const form = new FormData();
      const fields = {
        day: '2026-11-22',
        from: 'cash',
        voucherNumber: 'V-7',
        voucher: new File([pdf], 'voucher.pdf'),
        ...changes,
      };
      for (const [name, value] of Object.entries(fields)) if (value !== undefined) form.append(name, value);
      const response = await people.families.request(`/api/staff/passed-on/${id}/hand-over`, {
        method: 'POST',
        body: form,
        headers: { 'idempotency-key': key },
      });
      return { status: response.status, body: (await response.json()) as Answer };
    };
    return { post, payOut, people };
  }

  /** Lets a campaign have raised this much. */
  async function raise(amount: number, campaign = 'emergency-cash'): Promise<void> {
    const change = { fund: campaign, month: '2026-11', raised: amount, sales: 0, supporters: 1 };
    await commit(table, () => ({ totals: toTotalsChange(change, 0) }));
  }

  async function approved(on = staff, key = 'r', amount = request.amount): Promise<string> {
    const { body } = await on.post('families', '', { ...request, amount }, key);
    await on.post('finance', `/${body.id}/approve`, {});
    return body.id;
  }

  const entries = () => everything(table, 'ledger-entry');

  const audits = async () =>
    (await everything(table, 'audit-entry'))
      .sort((a, b) => String(a.listOrder).localeCompare(String(b.listOrder)))
      .map(({ actor, action, before, after }) => ({ actor, action, before, after }));

  const enter = async (kind: string, body: object, on = staff) =>
    (await (
      await on.people.finance.request(`/api/staff/ledger/${kind}`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', 'idempotency-key': kind },
      })
    ).json()) as { code?: string };

  return { staff, clock, entries, audits, approved, staffOn, raise, enter };
});

interface Answer {
  readonly id: string;
  readonly state: string;
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly { pointer: string }[];
  readonly handOver: { readonly voucherDigest: string };
}

describe('money for a family', () => {
  it('is requested, approved by a second person, paid out against a voucher and acknowledged, each step in the audit', async ({
    table,
    office: { staff, clock, entries, audits },
  }) => {
    const { status, body } = await staff.post('families', '', request, 'r');
    expect([status, body.state]).toEqual([201, 'requested']);
    for (const [who, step, state] of [
      ['finance', 'approve', 'approved'],
      ['families', 'hand-over', 'handed-over'],
      ['finance', 'acknowledge', 'acknowledged'],
    ] as const) {
      clock.now = new Date(clock.now.getTime() + 60_000);
      const answer =
        step === 'hand-over' ? await staff.payOut(body.id) : await staff.post(who, `/${body.id}/${step}`, {});
      expect([answer.status, answer.body.state], step).toEqual([200, state]);
    }
    expect(await entries()).toEqual([
      expect.objectContaining({
        sourceId: body.id,
        kind: 'hand-over',
        month: '2026-11',
        sides: [
          { account: 'passed-on:emergency-cash', amount: 80_000 },
          { account: 'cash', amount: -80_000 },
        ],
      }),
    ]);
    expect(await audits()).toMatchObject([
      { actor: 'sub-families', action: 'passed-on.request', after: { state: 'requested', amount: 80_000 } },
      { actor: 'sub-finance', action: 'passed-on.approve', after: { state: 'approved' } },
      { actor: 'sub-families', action: 'passed-on.hand-over', after: { at: '2026-11-22', category: 'rent' } },
      { actor: 'sub-finance', action: 'passed-on.acknowledge', before: { state: 'handed-over' } },
    ]);
    const written = JSON.stringify([await entries(), await everything(table, 'audit-entry')]);
    for (const hidden of ['F-0042', 'Half of November', 'V-7']) expect(written).not.toContain(hidden);
  });

  it('is not approved by its requester, whatever the body says', async ({ office: { staff } }) => {
    const { body } = await staff.post('finance', '', request, 'r');
    const alone = await staff.post('finance', `/${body.id}/approve`, {});
    expect([alone.status, alone.body.code]).toEqual([409, 'second-person']);
    const disguised = await staff.post('finance', `/${body.id}/approve`, { by: 'sub-second' }, 'other');
    expect([disguised.status, disguised.body.errors[0]?.pointer]).toEqual([422, '/by']);
    const claimed = await staff.post('finance', '', { ...request, requestedBy: 'sub-second' }, 'r2');
    expect([claimed.status, claimed.body.errors[0]?.pointer]).toEqual([422, '/requestedBy']);
    expect((await staff.post('second', `/${body.id}/approve`, {})).body.state).toBe('approved');
  });

  it('is not paid out without an approval, twice, or after it was cancelled: nothing is half done', async ({
    office: { staff, entries, approved, audits },
  }) => {
    const { body } = await staff.post('families', '', request, 'r');
    const early = await staff.payOut(body.id);
    expect([early.status, early.body.code]).toEqual([409, 'passed-on-state']);
    const ended = await staff.post('families', `/${body.id}/cancel`, { reason: 'The family moved.' });
    expect(ended.body.state).toBe('cancelled');
    expect((await staff.post('finance', `/${body.id}/approve`, {})).status).toBe(409);
    expect(await entries()).toEqual([]);
    const other = await approved(staff, 'second');
    await staff.payOut(other);
    expect((await staff.payOut(other, {}, 'again')).body.code).toBe('passed-on-state');
    expect((await staff.post('finance', `/${other}/refuse`, { reason: 'Late.' })).status).toBe(409);
    expect(await entries()).toHaveLength(1);
    expect(JSON.stringify(await audits())).not.toContain('moved');
  });

  it('is the same for ever under one key, and another request under it is refused', async ({
    table,
    office: { staff, clock },
  }) => {
    const first = await staff.post('families', '', request, 'same');
    clock.now = new Date('2027-11-22T04:00:00Z');
    const again = await staff.post('families', '', request, 'same');
    expect(again).toEqual(first);
    const other = await staff.post('families', '', { ...request, amount: 1 }, 'same');
    expect([other.status, other.body.code]).toEqual([422, 'idempotency-key-reused']);
    expect((await staff.post('finance', '', request, 'same')).body.id).not.toBe(first.body.id);
    const approving = () => staff.post('second', `/${first.body.id}/approve`, {}, 'ok');
    expect(await approving()).toEqual(await approving());
    const paidOut = await staff.payOut(first.body.id, { day: '2027-11-22' });
    expect(await staff.payOut(first.body.id, { day: '2027-11-22' })).toEqual(paidOut);
    const changed = await staff.payOut(first.body.id, { day: '2027-11-22', from: 'bank' });
    expect(changed.body.code).toBe('idempotency-key-reused');
    expect(await everything(table, 'audit-entry')).toHaveLength(4);
  });

  it.for<[string, Record<string, unknown>, string]>([
    ['no amount', { amount: 0 }, '/amount'],
    ['a negative amount', { amount: -5 }, '/amount'],
    ['half a cent', { amount: 0.5 }, '/amount'],
    ['an unknown purpose', { category: 'lottery' }, '/category'],
    ['a name for a recipient', { recipient: 'Ada L' }, '/recipient'],
    ['a recipient of no known kind', { recipientKind: 'friend' }, '/recipientKind'],
    ['a mail address for a recipient', { recipient: 'ada@example.org' }, '/recipient'],
    ['an unknown campaign', { campaign: 'nowhere' }, '/campaign'],
    ['an empty note', { note: ' ' }, '/note'],
  ])('is refused with %s, naming the field', async ([_, changes, pointer], { table, office: { staff } }) => {
    const { status, body } = await staff.post('families', '', { ...request, ...changes }, 'r');
    expect([status, body.errors[0]?.pointer]).toEqual([422, pointer]);
    expect(await everything(table, 'disbursement')).toEqual([]);
  });

  it.for<[string, Record<string, string | File | undefined>, number, string]>([
    ['without a voucher', { voucher: undefined }, 422, '/voucher'],
    ['with a text for a voucher', { voucher: 'scan' }, 422, '/voucher'],
    ['with an empty voucher', { voucher: new File([], 'v.pdf') }, 422, '/voucher'],
    ['with a program named as a PDF', { voucher: new File(['MZ-program'], 'v.pdf') }, 422, '/voucher'],
    [
      'with a voucher that is too large',
      { voucher: new File([pdf, new Uint8Array(4 * 1024 * 1024)], 'v.pdf') },
      413,
      '/voucher',
    ],
    ['before it was approved', { day: '2026-11-20' }, 422, '/day'],
    ['on a day to come', { day: '2026-11-23' }, 422, '/day'],
    ['on a day that is none', { day: '2026-11-31' }, 422, '/day'],
    ['on a day of no month', { day: '9999-12-31' }, 422, '/day'],
    ['out of nowhere', { from: 'pocket' }, 422, '/from'],
    ['without a number', { voucherNumber: undefined }, 422, '/voucherNumber'],
  ])(
    'is not paid out %s, naming the field',
    async ([_, changes, status, pointer], { office: { approved, staff, entries } }) => {
      const id = await approved();
      const answer = await staff.payOut(id, changes);
      expect([answer.status, answer.body.errors[0]?.pointer]).toEqual([status, pointer]);
      expect(await entries()).toEqual([]);
    },
  );

  it('keeps the digest of the voucher, and nothing of the file', async ({
    table,
    office: { staff, approved },
  }) => {
    const { body } = await staff.payOut(await approved());
    expect(body.handOver.voucherDigest).toBe(digest);
    const other = await approved(staff, 'small', 100);
    const png = new File([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])], 'x');
    expect((await staff.payOut(other, { voucher: png })).status).toBe(200);
    expect(JSON.stringify(await everything(table))).not.toContain('PDF-1.7');
  });

  it('is listed newest first by the month of its request, for those who may read it', async ({
    office: { clock, staff },
  }) => {
    for (const key of ['one', 'two', 'three']) {
      clock.now = new Date(clock.now.getTime() + 1000);
      await staff.post('families', '', { ...request, note: key }, key);
    }
    const list = async (query: string) =>
      (await (await staff.people.finance.request(`/api/staff/passed-on${query}`)).json()) as {
        data: { note: string }[];
        nextCursor: string | null;
      };
    const first = await list('?limit=2');
    expect(first.data.map(({ note }) => note)).toEqual(['three', 'two']);
    const second = await list(`?limit=2&cursor=${first.nextCursor}`);
    expect([second.data.map(({ note }) => note), second.nextCursor]).toEqual([['one'], null]);
    expect((await list('?month=2026-10')).data).toEqual([]);
    expect((await staff.people.campaigns.request('/api/staff/passed-on')).status).toBe(403);
  });
});

describe('at the same moment', () => {
  it('one of approving and refusing wins, and the books hear of one', async ({
    table,
    office: { staff },
  }) => {
    const { body } = await staff.post('families', '', request, 'r');
    const answers = await Promise.all([
      staff.post('finance', `/${body.id}/approve`, {}, 'a'),
      staff.post('second', `/${body.id}/approve`, {}, 'b'),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await everything(table, 'audit-entry')).toHaveLength(2);
  });

  it('two payments do not take more than the fund holds; without the condition they would', async ({
    table,
    office: { staffOn, approved, entries, raise },
  }) => {
    // The cash box is fuller than the fund: only the fund can refuse.
    await fillAccount(table, 'cash', 200_000);
    const conflicts = await startConflicts();
    const over = staffOn(through(conflicts.url, table));
    const [one, two] = [await approved(over, 'one'), await approved(over, 'two')];
    const answers = await Promise.all([over.payOut(one), over.payOut(two)]);
    await conflicts.close();
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({
      code: 'not-in-fund',
      detail: 'The fund holds HK$200.00: less than HK$800.00.',
    });
    expect(await entries()).toHaveLength(1);

    await raise(100_000);
    const unguarded = through(table.client.config.endpoint ? await endpointOf(table) : '', table);
    raceForMoney(unguarded, { unguarded: true });
    const careless = staffOn(unguarded);
    const [three, four] = [await approved(careless, 'three'), await approved(careless, 'four')];
    const both = await Promise.all([careless.payOut(three), careless.payOut(four)]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect(await entries()).toHaveLength(3);
  });
});

describe('a fund', () => {
  const transfer = { from: 'emergency-cash', to: 'education', amount: 30_000, reason: 'School begins.' };

  it('does not transfer what was paid out, and does not pay out what was transferred', async ({
    office: { approved, staff, enter, raise },
  }) => {
    const id = await approved();
    await staff.payOut(id);
    expect(await enter('transfers', transfer)).toMatchObject({ code: 'not-in-fund' });
    await raise(10_000);
    expect(await enter('transfers', transfer)).not.toHaveProperty('code');
    const answer = await staff.payOut(await approved(staff, 'more', 1));
    expect(answer.body).toMatchObject({ code: 'not-in-fund' });
  });

  it('is not taken from twice by a transfer and a payment at once', async ({
    table,
    office: { staffOn, approved, enter, entries },
  }) => {
    const conflicts = await startConflicts();
    const over = staffOn(through(conflicts.url, table));
    const id = await approved(over);
    const [paidOut, moved] = await Promise.all([over.payOut(id), enter('transfers', transfer, over)]);
    await conflicts.close();
    const refused = [paidOut.body.code, moved.code].filter((code) => code !== undefined);
    expect(refused).toHaveLength(1);
    expect(await entries()).toHaveLength(1);
  });

  it('is paid out only from what the cash box or the bank holds by the books, which says what is missing', async ({
    office: { raise, approved, staff, entries, enter },
  }) => {
    await raise(200_000);
    const [more, id] = [await approved(staff, 'more', 100_001), await approved()];
    for (const from of ['cash', 'bank']) {
      const refused = await staff.payOut(more, { from });
      expect(refused).toMatchObject({
        status: 409,
        body: { code: 'not-in-account', errors: [{ pointer: '/from' }] },
      });
      expect(refused.body.detail).toContain(`the account ${from} holds HK$1,000.00: enter`);
    }
    expect(await entries()).toEqual([]);
    expect((await staff.payOut(id)).status).toBe(200);
    expect((await staff.payOut(more, { from: 'cash' })).body.detail).toContain('holds HK$200.00');
    await enter('cash-floats', { amount: 80_001 });
    expect((await staff.payOut(more, { from: 'cash' })).status).toBe(200);
    expect((await staff.payOut(await approved(staff, 'bank', 20_000), { from: 'bank' })).body).toMatchObject({
      code: 'not-in-account',
    });
  });

  it('does not empty one cash box twice for two funds at once; without the condition it would', async ({
    table,
    office: { raise, staffOn, approved },
  }) => {
    await raise(100_000, 'education');
    const ofTwoFunds = async (on: ReturnType<typeof staffOn>, key: string) => {
      const other = await on.post('families', '', { ...request, campaign: 'education' }, `${key} other`);
      await on.post('finance', `/${other.body.id}/approve`, {});
      const ids = [await approved(on, key), other.body.id];
      return (await Promise.all(ids.map((id) => on.payOut(id)))).map(({ body }) => body.code ?? body.state);
    };
    const address = await endpointOf(table);
    const [guarded, careless] = [through(address, table), through(address, table)];
    raceForMoney(guarded, { unguarded: false });
    expect((await ofTwoFunds(staffOn(guarded), 'guarded')).sort()).toEqual(['handed-over', 'not-in-account']);
    await raise(200_000);
    await raise(200_000, 'education');
    await fillAccount(table, 'cash', 80_000);
    raceForMoney(careless, { unguarded: true });
    expect(await ofTwoFunds(staffOn(careless), 'careless')).toEqual(['handed-over', 'handed-over']);
    expect(await everything(table, 'moves')).toContainEqual(
      expect.objectContaining({ pk: 'cash-moves', moved: -60_000 }),
    );
  });

  it('leaves a count of the cash without a difference when what was paid out is gone', async ({
    office: { staff, approved, enter, entries },
  }) => {
    await staff.payOut(await approved());
    await enter('cash-counts', { counted: 20_000, reason: 'The week ended.' });
    const counted = (await entries()).find(({ kind }) => kind === 'cash-count');
    expect(counted?.sides).toEqual([
      { account: 'cash', amount: 0 },
      { account: 'cash-difference', amount: 0 },
    ]);
  });
});

async function endpointOf(of: Table): Promise<string> {
  const { protocol, hostname, port } = (await of.client.config.endpoint?.()) ?? {
    protocol: '',
    hostname: '',
    port: '',
  };
  return `${protocol}//${hostname}:${port}`;
}
