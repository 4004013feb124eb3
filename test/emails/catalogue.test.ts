import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { catalogue, type MailFacts, type MailName, mailLanguages } from '../../emails/catalogue.ts';
import { renderMail } from '../../emails/render.tsx';

const names = Object.keys(catalogue) as MailName[];
/** Those that donors get. */
const ofDonors = ['gift-received', 'gift-refunded', 'promise-made'] as const;
const mails = names.flatMap((name) =>
  mailLanguages.flatMap((language) => {
    const usual = catalogue[name].previews[language];
    return [
      { name, language, variant: 'usual', facts: usual },
      ...Object.entries(catalogue[name].variants).map(([variant, change]) => ({
        name,
        language,
        variant,
        facts: change(usual),
      })),
    ];
  }),
);
// Characters that only Simplified Chinese writes; each has a Traditional form that these mails need.
const simplifiedOnly =
  /[谢给们这为过还让说请问个来时会对关开电邮链节页确认实现总应该费资产业东银钱礼赠题错误单从号]/u;

/** Each mail has facts of its own, which a test of all mails cannot name. */
const render = (name: MailName, facts: object) => renderMail(name, facts as never);

/** Every string in a value, however deep. */
function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(strings);
}

/** The facts with every string but the language and links passed through a function. */
function rewrite(facts: MailFacts[MailName], change: (text: string) => string): MailFacts[MailName] {
  const json = JSON.stringify(facts, (key, value: unknown) =>
    typeof value === 'string' && key !== 'language' && !value.startsWith('http') ? change(value) : value,
  );
  return JSON.parse(json) as MailFacts[MailName];
}

describe.each(mails)('$name in $language, $variant', ({ name, language, facts }) => {
  const mail = renderMail(name, facts);

  it('is a whole HTML document in its language, with a title and one heading', () => {
    expect(mail.html).toMatch(/^<!DOCTYPE html/);
    expect(mail.html).toMatch(new RegExp(`<html [^>]*lang="${language}"`));
    expect(mail.html).toMatch(/<title>[^<]+<\/title>/);
    expect(mail.html.match(/<h1[\s>]/g)).toHaveLength(1);
    expect(mail.html).toMatch(/<\/html>$/);
  });

  it('has a subject of one line that an inbox can show', () => {
    expect(mail.subject).toMatch(/^\P{Cc}{5,250}$/u);
  });

  it('has no hole where a fact should stand', () => {
    for (const part of Object.values(mail)) expect(part).not.toMatch(/undefined|NaN|\[object|null/);
  });

  it('says every fact in its text part, and every link in both parts', () => {
    const { language: _, ...said } = facts;
    for (const fact of strings(said)) expect(mail.text).toContain(fact);
    for (const link of strings(said).filter((text) => text.startsWith('https://'))) {
      expect(mail.html).toContain(`href="${link}"`);
    }
  });

  it('shows HTML in any fact as text', () => {
    const attack = '<script>alert("1")</script>';
    const attacked = renderMail(
      name,
      rewrite(facts, (text) => text + attack),
    );
    expect(attacked.html).not.toContain('<script');
    expect(attacked.html).toContain('&lt;script&gt;');
    expect(attacked.text).toContain(attack);
  });

  it('keeps its subject on one line when a fact holds line breaks', () => {
    const broken = rewrite(facts, (text) => `${text}\r\nBcc: everyone@example.org\u2028`);
    expect(renderMail(name, broken).subject).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
  });

  it('renders the same facts to the same bytes', () => {
    expect(renderMail(name, structuredClone(facts))).toEqual(mail);
  });
});

describe.each(names)('%s', (name) => {
  it('is written in Traditional characters and addresses the reader politely', () => {
    const { subject, text } = renderMail(name, catalogue[name].previews['zh-HK']);
    expect(subject + text).not.toMatch(simplifiedOnly);
    expect(text).toContain('您');
    expect(text).not.toContain('你');
  });
});

describe('trustee-asked', () => {
  it('names sum, fund and requester, and leads to the one step and our mailbox', () => {
    for (const language of mailLanguages) {
      const facts = catalogue['trustee-asked'].previews[language];
      const { html, text } = renderMail('trustee-asked', facts);
      for (const part of [html, text]) {
        for (const fact of [facts.amount, facts.fund, facts.requester, facts.until])
          expect(part).toContain(fact);
      }
      const links = [...html.matchAll(/href="([^"]+)"/g)].map(([, link]) => link);
      expect(new Set(links)).toEqual(new Set([facts.url, `mailto:${facts.charity.replyTo}`]));
    }
  });
});

describe.each(ofDonors)('%s', (name) => {
  it('leads to nothing but public pages and our mailbox, as it may be passed on', () => {
    for (const language of mailLanguages) {
      const facts = catalogue[name].previews[language];
      const { html, text } = renderMail(name, facts);
      const links = [...html.matchAll(/href="([^"]+)"/g)].map(([, link]) => link);
      expect(new Set(links)).toEqual(new Set([facts.campaignUrl, `mailto:${facts.charity.replyTo}`]));
      expect(html + text).not.toContain('/thanks/');
    }
  });

  it('says that it is not a receipt, and nothing else of receipts or taxes', () => {
    const others = /receipt|deductib|收據|扣稅/i;
    for (const language of mailLanguages) {
      const { subject, html, text } = renderMail(name, catalogue[name].previews[language]);
      const said = language === 'en' ? 'It is not a receipt.' : '並非收據。';
      for (const part of [html, text]) {
        expect(part).toContain(said);
        expect(part.replace(said, '')).not.toMatch(others);
      }
      expect(subject).not.toMatch(others);
    }
  });

  it('names who receives the money, the text of the statement and the reference, and leaves out what is not given', () => {
    for (const language of mailLanguages) {
      const { receiver, statement, reference, ...rest } = catalogue[name].previews[language];
      const whole = render(name, catalogue[name].previews[language]);
      for (const part of [whole.html, whole.text])
        for (const fact of [receiver, statement, reference]) expect(part).toContain(fact ?? '');
      const bare = render(name, rest);
      expect(bare.html + bare.text).not.toMatch(
        /(?:Received by|Paid back by|收款機構|退款機構|參考編號|Reference)(?:: |：|<)/,
      );
    }
  });
});

// A retried attempt compares its bytes with the template's: a changed template stops the mails that Resend may have taken.
it.each([
  ['gift-received', 'en', '17a1ae8ecf86c766'],
  ['gift-received', 'zh-HK', '3b11641c07fd4366'],
  ['gift-refunded', 'en', 'e12da2af40fd7a4c'],
  ['gift-refunded', 'zh-HK', '63654af9309b89f3'],
  ['promise-made', 'en', '4583c727e666ae2d'],
  ['promise-made', 'zh-HK', '933a705123dde3e4'],
] as const)(
  '%s in %s without a cover has the bytes that it had when it was last changed on purpose',
  (name, language, digest) => {
    const facts = catalogue[name].previews[language];
    const { subject, html, text } = render(name, facts);
    expect(createHash('sha256').update([subject, html, text].join('\0')).digest('hex').slice(0, 16)).toBe(
      digest,
    );
  },
);

it('a mail says nothing of how far a campaign is where the facts leave it out', () => {
  const { progress, ...facts } = catalogue['gift-received'].previews.en;
  const { html, text } = renderMail('gift-received', facts);
  expect(html + text).not.toContain(progress?.aim);
  expect(html).not.toContain('class="bar-gift"');
  expect(text).not.toMatch(/\n{3}/);
});

it.each([
  [58, 63, ['58%', '5%', '37%']],
  [0, 1, ['1%', '99%']],
  [63, 63, ['62%', '1%', '37%']],
  [97, 130, ['97%', '3%']],
  [120, 130, ['99%', '1%']],
  [0, 0, ['100%']],
])('a bar from %i%% to %i%% is drawn of cells that fill it', (before, after, widths) => {
  const usual = catalogue['gift-received'].previews.en;
  const { html } = renderMail('gift-received', {
    ...usual,
    progress: { reached: 'a', aim: 'b', before, after },
  });
  expect([...html.matchAll(/class="bar-\w+" width="([^"]+)"/g)].map(([, width]) => width)).toEqual(widths);
});

it.each(names.filter((name) => name !== 'what-waits'))(
  '%s lets a name stand in its own direction',
  (name) => {
    for (const language of mailLanguages) {
      const { html } = render(name, { ...catalogue[name].previews[language], name: 'נועה לוי' });
      expect(html).toMatch(/<h1[^>]*>(?:[^<]*)<span dir="auto">נועה לוי<\/span>/);
    }
  },
);

it('a template that the catalogue does not have is refused by its name', () => {
  const facts = catalogue['gift-received'].previews.en;
  expect(() => renderMail('constructor' as MailName, facts)).toThrow('no mail template "constructor"');
});
