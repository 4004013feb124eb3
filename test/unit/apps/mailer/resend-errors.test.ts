import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meaningOf } from '#apps/mailer/resend-errors.ts';
import { accountTroubles } from '#kernel/attention/mail-advice.ts';

const badTo =
  'Invalid `to` field. The email address needs to follow the `email@example.com` or `Name <email@example.com>` format.';
const testing =
  'You can only send testing emails to your own email address (me@example.com). To send emails to other recipients, please verify a domain at resend.com/domains, and change the `from` address to an email using this domain.';

describe('an error of Resend', () => {
  it.each([
    [
      'domain',
      { statusCode: 403, name: 'validation_error', message: 'The example.org domain is not verified.' },
    ],
    ['domain', { statusCode: 403, name: 'validation_error', message: testing }],
    ['domain', { statusCode: 403, error: testing }],
    [
      'domain',
      { statusCode: 422, name: 'validation_error', message: 'The domain example.org is not verified.' },
    ],
    ['key', { statusCode: 401, name: 'validation_error', message: 'API key is invalid' }],
    ['key', { statusCode: 400, name: 'validation_error', message: 'API key is invalid' }],
    ['key', { statusCode: 401, name: 'missing_api_key', message: 'Missing API Key' }],
    ['key', { statusCode: 401, name: 'restricted_api_key', message: 'Restricted to only send emails.' }],
    ['key', { statusCode: 403, name: 'restricted_api_key', message: 'API key is not active' }],
    ['key', { statusCode: 403, name: 'suspended_api_key', message: 'This API key is suspended' }],
    ['key', { statusCode: 403, name: 'invalid_api_key', message: 'API key is invalid.' }],
    ['key', { statusCode: 401 }],
    ['daily-quota', { statusCode: 429, name: 'daily_quota_exceeded', message: 'Used up.' }],
    ['monthly-quota', { statusCode: 429, name: 'monthly_quota_exceeded', message: 'Used up.' }],
    ['sender', { statusCode: 422, name: 'invalid_from_address', message: 'Invalid from field.' }],
    ['sender', { statusCode: 422, name: 'validation_error', message: 'Invalid `from` field.' }],
    ['sender', { statusCode: 400, name: 'validation_error', message: 'Invalid `reply_to` field.' }],
    ['access', { statusCode: 403, name: 'security_error', message: 'Something.' }],
    ['access', { statusCode: 403, name: 'of_next_year', message: 'Something.' }],
  ])('is trouble of the account, %s: %j', (trouble, error) => {
    expect(meaningOf(error)).toEqual({ kind: 'account', trouble });
  });

  it.each([
    ['invalid-address', { statusCode: 422, name: 'validation_error', message: badTo }],
    ['invalid-address', { statusCode: 400, name: 'validation_error', message: badTo }],
    ['invalid-address', { statusCode: 422, name: 'missing_required_field', message: 'Missing `to` field.' }],
    [
      'validation_error',
      { statusCode: 422, name: 'validation_error', message: 'The `subject` field is bad.' },
    ],
    ['validation_error', { statusCode: 400, name: 'validation_error', message: 'The `html` field is bad.' }],
    [
      'invalid_attachment',
      { statusCode: 422, name: 'invalid_attachment', message: 'Attachment must have …' },
    ],
    ['validation_error', { statusCode: 422, name: 'validation_error', message: 'Wrong.' }],
    ['invalid_idempotent_request', { statusCode: 409, name: 'invalid_idempotent_request', message: '…' }],
    ['invalid_idempotency_key', { statusCode: 400, name: 'invalid_idempotency_key', message: '…' }],
  ])('is about this mail, %s: %j', (reason, error) => {
    expect(meaningOf(error)).toEqual({ kind: 'refused', reason });
  });

  it.each([
    ['application_error', { statusCode: 500, name: 'application_error', message: '…' }],
    ['application_error', { statusCode: null, name: 'application_error', message: 'Unable to fetch data.' }],
    ['application_error', { statusCode: 502, name: 'application_error', message: 'Internal server error.' }],
    ['service_unavailable', { statusCode: 503, name: 'service_unavailable', message: '…' }],
    [
      'concurrent_idempotent_requests',
      { statusCode: 409, name: 'concurrent_idempotent_requests', message: '' },
    ],
    ['resource_locked', { statusCode: 409, name: 'resource_locked', message: '…' }],
    ['validation_error', { statusCode: 400, name: 'validation_error', message: 'An error was found.' }],
    ['not_found', { statusCode: 404, name: 'not_found', message: 'The requested endpoint does not exist.' }],
    ['of_next_year', { statusCode: 418, name: 'of_next_year', message: 'Who knows.' }],
    ['http_429', { statusCode: 429 }],
    ['unknown', null],
    ['unknown', 'text'],
    ['unknown', {}],
  ])('may pass by itself, %s: %j', (reason, error) => {
    expect(meaningOf(error)).toEqual({ kind: 'failed-for-now', reason });
  });

  it('may be a rate limit: too many requests a second', () => {
    expect(meaningOf({ statusCode: 429, name: 'rate_limit_exceeded', message: '' })).toEqual({
      kind: 'slow-down',
    });
  });

  it('never gives on a word of its message, which may hold an address', () => {
    const wild = fc.record({
      statusCode: fc.option(fc.constantFrom(200, 400, 401, 403, 404, 409, 413, 422, 429, 500, 503)),
      name: fc.oneof(
        fc.constantFrom('validation_error', 'ada@example.org', '__proto__', 'constructor'),
        fc.string(),
        fc.anything(),
      ),
      message: fc.oneof(fc.constantFrom(badTo, testing, 'ada@example.org'), fc.string(), fc.anything()),
    });
    fc.assert(
      fc.property(fc.oneof(wild, fc.anything()), (error) => {
        const meaning = meaningOf(error);
        if ('reason' in meaning) expect(meaning.reason).toMatch(/^[a-z0-9_-]{1,60}$/);
        if ('trouble' in meaning) expect(accountTroubles).toContain(meaning.trouble);
      }),
    );
  });
});
