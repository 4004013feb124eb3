import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { disbursementSchema, reasonSchema } from '#accounting/disbursements/disbursement-request.ts';
import { entrySchemas } from '#accounting/journal/staff-entry-request.ts';
import { payoutReasonSchema } from '#accounting/payouts/payout-request.ts';
import { campaignSchema } from '#giving/campaigns/campaign-request.ts';
import { giftCheckoutSchema } from '#giving/gift-form/checkout-request.ts';
import { attentionNoteSchema } from '#kernel/attention/attention-api.ts';
import { faultOf, text } from '#platform/http/fields.ts';

const most = 300;
const lines = text('The message', most, { lines: true });
/** 300 characters as a textarea counts them, with its line breaks as a form posts them. */
const posted = `${'a'.repeat(148)}\r\n${'b'.repeat(151)}`;
const stored = posted.replace('\r\n', '\n');

describe('a text with a line break', () => {
  it('has as many characters as the browser counts: a line break is one, however it is posted', () => {
    expect(z.parse(lines, posted)).toBe(stored);
    expect(z.parse(lines, stored)).toBe(stored);
    expect(z.parse(lines, posted.replace('\r\n', '\r'))).toBe(stored);
    expect(z.safeParse(lines, `${posted}c`).success).toBe(false);
    expect(faultOf(`${posted}c`, most)).toBe('too-long');
    expect(faultOf(posted.replace('aa', 'a\u0007'), most)).toBe('unprintable');
  });

  const long = (length: number) => `${'a'.repeat(length - 152)}\r\n${'b'.repeat(151)}`;
  it.each<[string, z.ZodMiniType, number]>([
    ["a donor's comment", giftCheckoutSchema.shape.message, 300],
    ['why a disbursement is refused', reasonSchema.shape.reason, 300],
    ['the note of a disbursement', disbursementSchema.shape.note, 500],
    ['why a payout or a difference is accepted', payoutReasonSchema.shape.reason, 500],
    ['what was done about what needs a person', attentionNoteSchema.shape.note, 500],
    ['why a correction is entered', entrySchemas.corrections.shape.reason, 500],
    ["a campaign's summary", campaignSchema.shape.summary.shape.en, 300],
    ["a campaign's story", campaignSchema.shape.story.shape['zh-HK'], 8000],
  ])('of its whole length is taken and kept with a line feed, one more is not: %s', (_, schema, longest) => {
    const typed = long(longest);
    expect(z.safeParse(schema, typed)).toMatchObject({ success: true, data: typed.replace('\r\n', '\n') });
    expect(z.safeParse(schema, `${typed}c`).success).toBe(false);
  });
});

describe('the length of a text', () => {
  it('is that of UTF-16, as `maxlength` counts: most emoji are two', () => {
    const name = text('The name', 100);
    expect(z.safeParse(name, '名'.repeat(100)).success).toBe(true);
    expect(z.safeParse(name, '🙂'.repeat(50)).success).toBe(true);
    expect(z.safeParse(name, `${'🙂'.repeat(50)}a`).success).toBe(false);
  });

  it('never refuses what a textarea lets through, and takes nothing longer', () => {
    const pieces = fc.constantFrom('a', '名', '🙂', 'é', '👩‍👩‍👧', '\n', '\r\n', '\r', ' ');
    fc.assert(
      fc.property(
        fc.array(pieces, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 60 }),
        (all, limit) => {
          const typed = `x${all.join('')}`;
          // The textarea's value (HTML, "newline normalization"), which `maxlength` is held against.
          const value = typed.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
          const parsed = z.safeParse(text('It', limit, { lines: true }), typed);
          expect(parsed.success).toBe(value.length <= limit);
          if (parsed.success) expect(parsed.data).toBe(value);
        },
      ),
    );
  });
});
