import { describe, expect, it } from 'vitest';
import { likelyMeant } from '#giving/gift-form/address-slip.ts';
import { type AddressFault, inOwnLetters, readMailAddress } from '#platform/mail-address.ts';

describe('an e-mail address that a person typed', () => {
  it.each([
    ['ann@example.org', 'ann@example.org'],
    ['a&b@example.org', 'a&b@example.org'],
    ["o'neill+gifts@example.org", "o'neill+gifts@example.org"],
    ['!#$%&*/=?^_`{|}~-x@example.org', '!#$%&*/=?^_`{|}~-x@example.org'],
    ['Ann.Lee@Example.ORG', 'Ann.Lee@example.org'],
    [' \u200bann@example.org\u00a0', 'ann@example.org'],
    ['\u202aann@example.org\u202c', 'ann@example.org'],
    ['ann＠example．org', 'ann@example.org'],
    ['ann@例子.香港', 'ann@xn--fsqu00a.xn--j6w193g'],
    ['ann@例子。香港', 'ann@xn--fsqu00a.xn--j6w193g'],
    ['ann@xn--fsqu00a.xn--j6w193g', 'ann@xn--fsqu00a.xn--j6w193g'],
    ['ann@münchen.example', 'ann@xn--mnchen-3ya.example'],
    ['a@b.co', 'a@b.co'],
    [`${'a'.repeat(64)}@example.org`, `${'a'.repeat(64)}@example.org`],
  ])('%j is taken as mail is sent to it', (typed, address) => {
    expect(readMailAddress(typed)).toEqual({ address });
  });

  it.each<[string, AddressFault]>([
    ['', 'empty'],
    [' \u200b', 'empty'],
    ['ann', 'no-at'],
    ['@example.org', 'no-at'],
    ['ann@', 'no-at'],
    ['ann@example', 'no-dot'],
    ['用戶@例子.香港', 'local-script'],
    ['renée@example.org', 'local-script'],
    ['"ann lee"@example.org', 'local'],
    ['a..b@example.org', 'local'],
    ['.a@example.org', 'local'],
    ['a b@example.org', 'local'],
    ['ann@home@example.org', 'local'],
    ['A <a@example.org>', 'local'],
    ['a@example.org, b@example.org', 'local'],
    [`${'a'.repeat(65)}@example.org`, 'local'],
    ['a\u0000@example.org', 'local'],
    ['a@example.org\r\nBcc: b@example.org', 'local'],
    ['ann@example..org', 'domain'],
    ['ann@-example.org', 'domain'],
    ['ann@example.org.', 'domain'],
    ['ann@exa mple.org', 'domain'],
    ['ann@127.0.0.1', 'domain'],
    ['ann@[127.0.0.1]', 'domain'],
    ['ann@example.org\n', 'domain'],
    [`ann@${`${'a'.repeat(60)}.`.repeat(5)}org`, 'too-long'],
  ])('%j is refused with the reason that holds: %s', (typed, fault) => {
    expect(readMailAddress(typed)).toEqual({ fault });
  });
});

describe('an address shown to its owner', () => {
  it.each([
    ['otto@xn--fsqu00a.xn--j6w193g', 'otto@例子.香港'],
    ['otto@xn--bcher-kva.example', 'otto@bücher.example'],
    ['otto@example.org', 'otto@example.org'],
    ['otto@xn--zzzzzzzz.example', 'otto@xn--zzzzzzzz.example'],
  ])('%s has its domain in its own letters: %s', (address, shown) => {
    expect(inOwnLetters(address)).toBe(shown);
  });
});

describe('a slip in an address', () => {
  it.each([
    ['gmial.com', 'gmail.com'],
    ['gamil.com', 'gmail.com'],
    ['gmail.co', 'gmail.com'],
    ['gmail.con', 'gmail.com'],
    ['gmai.com', 'gmail.com'],
    ['gnail.com', 'gmail.com'],
    ['hotmial.com', 'hotmail.com'],
    ['hotmal.com', 'hotmail.com'],
    ['yahoo.con', 'yahoo.com'],
    ['yaho.com.hk', 'yahoo.com.hk'],
    ['yahoo.com.kh', 'yahoo.com.hk'],
    ['outlok.com', 'outlook.com'],
    ['iclould.com', 'icloud.com'],
    ['netvigtor.com', 'netvigator.com'],
    ['netvgiatr.com', 'netvigator.com'],
    ['hkbn.ner', 'hkbn.net'],
    ['harbour.con', 'harbour.com'],
  ])('%s is likely %s', (typed, meant) => {
    expect(likelyMeant(`Ann@${typed}`)).toBe(`Ann@${meant}`);
  });

  it.each([
    ...[
      'gmail.com',
      'yahoo.com',
      'yahoo.com.hk',
      'hotmail.com',
      'netvigator.com',
      'hkbn.net',
      'mail.com',
      'gmx.com',
    ],
    ...[
      'ymail.com',
      'qq.com',
      '163.com',
      '126.com',
      'live.hk',
      'live.com',
      'me.com',
      'example.org',
      'hku.hk',
      'yahoo.co.uk',
    ],
    ...[
      'yahoo.com.tw',
      'yahoo.co.jp',
      'hotmail.co.uk',
      'proton.me',
      'xn--fsqu00a.xn--j6w193g',
      'refugeeunion.example',
    ],
  ])('is none where the domain is its own: %s', (domain) => {
    expect(likelyMeant(`ann@${domain}`)).toBeUndefined();
  });
});
