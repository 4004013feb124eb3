import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amidChinese, asksAndReceives, receiverWithStatus, statementText } from '#platform/receiver-words.ts';

const receiver = (en: string) => ({ receiver: { en, 'zh-HK': '甲會' } });

describe('the statement', () => {
  it.each([
    ['Drink For Justice', 'DRINK FOR JUSTICE'],
    ['Société d’Été', 'SOCIETE DETE'],
    ["Children's Meals & More", 'CHILDRENS MEALS & MORE'],
    ['The Hong Kong Association for Everything', 'THE HONG KONG'],
    ['Incomprehensibilities-And-More', 'INCOMPREHENSIBILITIES-'],
    ['A* <"B">\\ C', 'A B C'],
  ])('of a receiver named %s is %s unless set otherwise', (name, expected) => {
    expect(statementText(receiver(name))).toBe(expected);
    expect(statementText({ ...receiver(name), statementDescriptor: 'As Set' })).toBe('As Set');
  });

  it('is in Stripe’s form whatever the name, but for one of too few Latin characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (name) => {
        expect(statementText(receiver(name))).toMatch(/^$|^(?! )[^<>\\'"*\p{C}]{1,22}(?<! )$/u);
        expect(statementText(receiver(name))).toMatch(/^[\x20-\x7e]*$/);
      }),
    );
  });
});

describe('the receiver', () => {
  it('is named alone where no file number is configured, since the Inland Revenue registers no charities', () => {
    expect(receiverWithStatus('en', receiver('A Society'))).toBe('A Society');
    expect(receiverWithStatus('zh-HK', receiver('A Society'))).toBe('甲會');
  });

  it('is called tax-exempt under section 88, with its file number, where one is configured', () => {
    const of = { ...receiver('A Society'), section88: '91/12345' };
    expect(receiverWithStatus('en', of)).toBe(
      'A Society (tax-exempt charity under section 88, IR file 91/12345)',
    );
    expect(receiverWithStatus('zh-HK', of)).toBe(
      '甲會（根據《稅務條例》第 88 條獲豁免繳稅的慈善機構，檔案編號 91/12345）',
    );
  });

  it('asks itself only where both names are the same', () => {
    const asks = { en: 'A Society', 'zh-HK': '甲會' };
    expect(asksAndReceives({ ...receiver('A Society'), legalName: asks })).toBe(true);
    expect(asksAndReceives({ ...receiver('Another'), legalName: asks })).toBe(false);
  });
});

describe('a name amid Chinese words', () => {
  it.each([
    ['Drink For Justice', '由 Drink For Justice 承擔'],
    ['海山廚房有限公司', '由海山廚房有限公司承擔'],
    ['ABC 慈善基金', '由 ABC 慈善基金承擔'],
    ['難民協會（HK）', '由難民協會（HK）承擔'],
  ])('%s has a space beside Chinese only where it is not Chinese itself', (name, sentence) => {
    expect(`由${amidChinese(name)}承擔`).toBe(sentence);
  });
});
