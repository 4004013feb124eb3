import { describe, expect, it } from 'vitest';
import { readSecret, type SecretVariable } from '#platform/secrets.ts';

const right: Readonly<Record<SecretVariable, string>> = {
  STRIPE_SECRET_KEY_PARAMETER: 'sk_test_0123456789abcdef',
  STRIPE_WEBHOOK_SECRET_PARAMETER: 'whsec_0123456789abcdef',
  RESEND_API_KEY_PARAMETER: 're_0123_456789abcdef',
  RESEND_WEBHOOK_SECRET_PARAMETER: 'whsec_MDEyMzQ1Njc4OWFiY2RlZg==',
  HASH_KEY_PARAMETER: '0123456789abcdef0123456789abcdef',
  SESSION_KEY_PARAMETER: 'fedcba9876543210fedcba9876543210',
};
const variables = Object.keys(right) as SecretVariable[];

describe('a stored secret', () => {
  it.each(variables)('of %s is read without what was pasted along with it', (variable) => {
    const secret = right[variable];
    const pasted = [
      secret,
      `${secret}\n`,
      `${secret}\r\n`,
      ` ${secret} `,
      `"${secret}"\n`,
      `' ${secret} '`,
      `\ufeff${secret}`,
      `${secret}\ufeff`,
      `${secret}\u200b`,
      `\u200e${secret}\u200f\n`,
      `\u00ad${secret}\u2060`,
      `“${secret}”`,
      `”${secret}”`,
      `„${secret}“\u200b`,
      `‘${secret}’\n`,
      `«\u00a0${secret}\u00a0»`,
      `\`${secret}\``,
    ];
    for (const stored of pasted) expect(readSecret(variable, stored)).toEqual({ secret });
  });

  it.each(variables)('of %s that is another one is refused, in words that hold nothing of it', (variable) => {
    const others = [
      '',
      ' \n',
      'any text',
      'pk_test_0123456789abcdef',
      `${right[variable].slice(0, 6)} with a gap`,
      `${right[variable].slice(0, 12)}\n${right[variable].slice(12)}0123456789`,
      `${right[variable].slice(0, 12)}\r\n${right[variable].slice(12)}0123456789`,
      `${right[variable].slice(0, 12)}\u2028${right[variable].slice(12)}0123456789`,
      `${right[variable].slice(0, 12)}\u200b${right[variable].slice(12)}0123456789`,
    ];
    for (const stored of others) {
      const read = readSecret(variable, stored);
      expect(Object.keys(read), stored).toEqual(['wrong']);
      if (stored.trim()) expect(JSON.stringify(read)).not.toContain(stored);
    }
  });

  it.each(variables)('of %s that only begins as it should is refused for what follows', (variable) => {
    const broken = `${right[variable].slice(0, 12)}\u200b${right[variable].slice(12)}`;
    const { wrong } = readSecret(variable, broken) as { readonly wrong: string };
    expect(wrong).toMatch(/follow|then base64|none of them invisible/);
  });
});
