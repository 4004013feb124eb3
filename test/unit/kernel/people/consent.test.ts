import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { consentGiven, consentVersion, consentWording, consentWordingOf } from '#kernel/people/consent.ts';
import { fromPersonItem, toPersonItem } from '#kernel/people/person-item.ts';
import { aCheckout, aPerson, now } from '../../../support/payments.ts';

/** Every wording that was ever shown, by version. A line is never changed: consents refer to it. */
const wordings: Readonly<Record<number, string>> = {
  1: 'JLzwjHf1nOs4z9LOzKxT51grroLDnvyXNV1zgctJt-Q',
  2: 'T7RbtAoNOtYWOGyAl99ifodaXGgElOMJLxxQw2RXBRg',
};

describe('consent to appeals by mail', () => {
  it('has a new version whenever its wording changes', () => {
    // The name is the charity's own; the digests are of the wording around this one.
    const wording = consentWordingOf({ en: 'Refugee Union', 'zh-HK': '難民協會' });
    const digest = createHash('sha256').update(JSON.stringify(wording)).digest('base64url');
    expect(wordings[consentVersion]).toBe(digest);
    expect(Math.max(...Object.keys(wordings).map(Number))).toBe(consentVersion);
  });

  it.each(['en', 'zh-HK'] as const)(
    'in %s is stored with the wording that was shown, version, language and time',
    (language) => {
      const person = aPerson(aCheckout(1), { marketingConsent: consentGiven(language, now) });
      expect(toPersonItem(person).marketingConsent).toEqual({
        wording: consentWording[language],
        version: consentVersion,
        language,
        at: now.toISOString(),
      });
      expect(fromPersonItem(toPersonItem(person))).toEqual(expect.objectContaining(person));
    },
  );

  it.each(['en', 'zh-HK'] as const)(
    'that was stored in %s before versions existed is read as the first wording',
    (language) => {
      const old = { wording: consentWording[language], at: now.toISOString() };
      const item = { ...toPersonItem(aPerson(aCheckout(1))), v: 1, marketingConsent: old };
      expect(fromPersonItem(item).marketingConsent).toEqual({ ...old, version: 1, language });
    },
  );
});
