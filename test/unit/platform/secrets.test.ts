import { describe, expect, it } from 'vitest';
import { readSecret, type SecretVariable } from '../../../functions/platform/secrets.ts';

const right: Readonly<Record<SecretVariable, string>> = {
  STRIPE_SECRET_KEY_PARAMETER: 'sk_test_0123456789abcdef',
  STRIPE_WEBHOOK_SECRET_PARAMETER: 'whsec_0123456789abcdef',
  RESEND_API_KEY_PARAMETER: 're_0123_456789abcdef',
  RESEND_WEBHOOK_SECRET_PARAMETER: 'whsec_MDEyMzQ1Njc4OWFiY2RlZg==',
  HASH_KEY_PARAMETER: '0123456789abcdef0123456789abcdef',
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
    ];
    for (const stored of others) {
      const read = readSecret(variable, stored);
      expect(Object.keys(read), stored).toEqual(['wrong']);
      if (stored.trim()) expect(JSON.stringify(read)).not.toContain(stored);
    }
  });
});
