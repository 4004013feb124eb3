import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { decideGift } from '../../functions/gifts/gift.ts';
import { toGiftItem } from '../../functions/gifts/gift-item.ts';
import { ledgerEntry } from '../../functions/ledger/ledger-entry.ts';
import { toLedgerEntryItem } from '../../functions/ledger/ledger-entry-item.ts';
import { readLedger } from '../../functions/ledger/read-ledger.ts';
import { commit, isNew } from '../../functions/table/commit.ts';
import { keys } from '../../functions/table/keys.ts';
import type { Item, Table } from '../../functions/table/table.ts';
import { everything, freshTable } from '../support/table.ts';
import { paidCheckout } from '../unit/paid-checkout.ts';

let table: Table;
beforeAll(async () => {
  table = await freshTable();
});

const transfer = ledgerEntry({
  sourceId: 'transfer_1',
  kind: 'transfer',
  sides: [
    { account: 'raised:education', amount: 100 },
    { account: 'raised:soup-kitchen', amount: -100 },
  ],
  currency: 'hkd',
  at: new Date('2026-10-31T15:59:59Z'),
});

describe('the ledger of a month', () => {
  it('holds each entry that counts in it, also those of gifts and those moved on from a closed month', async () => {
    const gifts = Array.from({ length: 130 }, (_, index) =>
      decideGift(paidCheckout({ paymentId: `pi_${index}`, at: new Date('2026-10-20T03:00:00Z') })),
    );
    const late = decideGift(paidCheckout({ paymentId: 'pi_late', at: new Date('2026-09-20T03:00:00Z') }));
    const moved = ledgerEntry(late.entry, '2026-10');
    const items: Item[] = [
      ...gifts.flatMap(({ gift, entry }) => [toGiftItem(gift), toLedgerEntryItem(entry)]),
      toGiftItem(late.gift),
      toLedgerEntryItem(moved),
      toLedgerEntryItem(transfer),
    ];
    for (const Item of items) await table.client.send(new PutCommand({ TableName: table.name, Item }));
    const found: string[] = [];
    for await (const page of readLedger(table, '2026-10', [late.gift.campaign])) {
      found.push(...page.map((entry) => entry.sourceId));
    }
    const wanted = [...gifts.map(({ gift }) => gift.paymentId), 'pi_late', 'transfer_1'];
    expect(found.sort()).toEqual(wanted.sort());
    const september: unknown[] = [];
    for await (const page of readLedger(table, '2026-09', [late.gift.campaign])) september.push(...page);
    expect(september).toEqual([]);
  });

  it('takes no entry that does not sum to zero, whoever made it, and nothing of what came with it', async () => {
    const wrong = { ...toLedgerEntryItem(transfer), sides: [{ account: 'stripe', amount: 1 }] };
    const marker: Item = { ...keys.attention('test', 'beside'), entity: 'attention' };
    await expect(
      commit(table, () => ({ marker: { put: marker }, wrong: { put: wrong, condition: isNew } })),
    ).rejects.toThrow('Ledger entry transfer_1: it needs two sides or more.');
    expect(await everything(table, 'attention')).toEqual([]);
  });
});

describe('a transaction', () => {
  it('takes items away and looks at others, all or nothing', async () => {
    const marker: Item = { ...keys.attention('test', 'kept'), entity: 'attention' };
    await commit(table, () => ({ marker: { put: marker, condition: isNew } }));
    const missing = keys.attention('test', 'missing');
    const refused = await commit(table, () => ({
      gone: { remove: marker },
      looked: { check: missing, condition: { expression: 'attribute_exists(pk)' } },
    }));
    expect(refused).toEqual({ committed: false, failed: new Map([['looked', undefined]]) });
    expect(await everything(table, 'attention')).toEqual([marker]);
    const taken = await commit(table, () => ({
      gone: { remove: marker, condition: { expression: 'attribute_exists(pk)' } },
      looked: { check: missing, condition: isNew },
    }));
    expect(taken).toEqual({ committed: true });
    expect(await everything(table, 'attention')).toEqual([]);
  });
});
