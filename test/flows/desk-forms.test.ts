import { describe, expect } from 'vitest';
import { fieldsOf } from '../support/browser-form.ts';
import { deskOn } from '../support/desk.ts';
import { now } from '../support/payments.ts';
import { campaignStory } from '../support/story.ts';
import { everything } from '../support/table.ts';

const it = campaignStory.extend('forms', ({ table }) => {
  const desk = deskOn(table, 'admin', now);
  return { table, desk, other: deskOn(table, 'finance', now, undefined, 'sub-2') };
});

/** What a form says is wrong, by its fields, and in the order of its list. */
function faultsIn(html: string): Record<string, string> {
  const listed = /<div class="errors".*?<\/ul>/s.exec(html)?.[0] ?? '';
  const found = [...listed.matchAll(/<a href="#([^"]+)">([^<]*)<\/a>/g)];
  for (const [, name] of found) expect(html).toContain(`id="${name}-error"`);
  return Object.fromEntries(found.map(([, name = '', detail = '']) => [name, detail]));
}

const request = {
  ...{ campaign: 'emergency-cash', amount: '800', category: 'rent', recipient: 'F-0042' },
  ...{ recipientKind: 'family', note: '' },
};

describe('a form of the desk', () => {
  it('that is empty says at once all that is missing, in its own words', async ({
    forms: { table, desk },
  }) => {
    const before = await everything(table);
    const empty = await desk.send('/staff/enter-payment', { confirmed: 'yes' });
    expect(empty.status).toBe(422);
    expect(faultsIn(empty.html)).toEqual({
      means: '“How it came”: Please choose one.',
      amount: '“Amount in HK$”: Type an amount, such as 500 or 1,234.50.',
      fund: '“For which fund”: Please choose one.',
      day: '“Day on which it was received”: Please choose a day.',
      reference: '“Reference”: Please fill this in.',
      language: '“Language of the mail”: Please choose one.',
    });
    expect(Object.keys(faultsIn((await desk.send('/staff/request-disbursement')).html))).toEqual([
      ...['campaign', 'amount', 'category', 'recipient', 'recipientKind'],
    ]);
    expect(Object.keys(faultsIn((await desk.send('/staff/new-campaign')).html))).toEqual(
      expect.arrayContaining(['slug', 'target/kind', 'amount', 'opensAt']),
    );
    expect(await everything(table)).toEqual(before);
  });

  it.for([
    ['0', 'Type an amount above zero.'],
    ['-5', 'Type an amount above zero, without a minus sign.'],
    ['1,000,000', 'Type HK$999,999.99 or less.'],
    ['five', 'Type the amount in digits, such as 500 or 1,234.50.'],
  ] as const)('takes no amount of %s, and says so in dollars', async ([amount, sentence], { forms }) => {
    const { status, html } = await forms.desk.send('/staff/request-disbursement', { ...request, amount });
    expect([status, faultsIn(html)]).toEqual([422, { amount: `“Amount in HK$”: ${sentence}` }]);
  });

  it('takes the largest sum that its field says, and no more', async ({ forms: { desk } }) => {
    const whole = fieldsOf((await desk.get('/staff/campaigns/education/edit')).html);
    const save = async (changes: Readonly<Record<string, string>>) =>
      faultsIn((await desk.send('/staff/campaigns/education/edit', { ...whole, ...changes })).html);
    expect(await save({ 'target/goal': '10,000,000,000.01' })).toEqual({
      'target/goal': '“Goal in HK$”: Type HK$10,000,000,000.00 or less.',
    });
    expect(await save({ 'levels/0/amount': '0.50' })).toEqual({
      'levels/0/amount': expect.stringMatching(/^“Amount to choose 1, in HK\$”: Type HK\$\d+\.00 or more\.$/),
    });
    expect(await save({ 'target/goal': '1,000,000' })).toEqual({});
  });

  it('asks for a choice of its own and a day of the calendar, and shows no stored word', async ({
    forms,
  }) => {
    const { desk } = forms;
    const chosen = await desk.send('/staff/request-disbursement', { ...request, category: 'gold' });
    expect(faultsIn(chosen.html)).toEqual({ category: '“What for”: Please choose one.' });
    expect(chosen.html).toMatch(/<select[^>]*name="category"[^>]*><option value="">/);
    const entry = { means: 'fps', amount: '5', fund: 'education', reference: 'x', language: 'en' };
    const day = await desk.send('/staff/enter-payment', { ...entry, day: '2026-02-30' });
    expect(faultsIn(day.html).day).toMatch(/The calendar has no such day/);
  });

  it('for what was done meanwhile says that, without the operation’s words', async ({ forms }) => {
    const { table, desk, other } = forms;
    await desk.send('/staff/request-disbursement', { ...request, key: 'r', confirmed: 'yes' });
    const at = `/staff/disbursements/${String((await everything(table, 'disbursement'))[0]?.id)}`;
    const refused = await other.send(`${at}/refuse`, { key: 'a', confirmed: 'yes', reason: 'x' });
    expect(refused.status).toBe(303);
    const late = await other.send(`${at}/approve`, { key: 'b', confirmed: 'yes' });
    expect([late.status, late.html.includes('It is not at this step any more.')]).toEqual([409, true]);
    expect(late.html).not.toContain('is not possible now');
  });
});
