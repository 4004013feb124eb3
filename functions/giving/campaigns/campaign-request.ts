import * as z from 'zod/mini';
import { type Bilingual, charity, type Language, languages } from '#platform/charity.ts';
import { hasMonth, monthPattern } from '#platform/clock.ts';
import { type FieldError, Problem } from '#platform/errors.ts';
import { parseFields, text } from '#platform/http/fields.ts';
import { type Currency, largestPayment } from '#platform/money.ts';
import { assetFiles, isAssetFile } from '#platform/web/assets.ts';
import { renderMarkdown } from '#platform/web/markdown.ts';
import { type Campaign, type CampaignStatus, campaignStatuses, type Picture } from './campaign.ts';

/** The highest goal or budget: HK$10,000,000,000.00, in minor units. */
export const highestGoal = 1_000_000_000_000;
const mostLevels = 12;
const mostBudgets = 120;
const mostSources = 20;

const bilingual = (label: string, most: number, options: { lines?: boolean } = {}) =>
  z.strictObject(
    {
      en: text(`${label} in English`, most, options),
      'zh-HK': text(`${label} in Chinese`, most, options),
    },
    `${label} has the texts "en" and "zh-HK".`,
  );

/** A text of which one language may follow later. */
const translated = (label: string, most: number, options: { lines?: boolean } = {}) =>
  z.strictObject(
    {
      en: z.optional(text(`${label} in English`, most, options)),
      'zh-HK': z.optional(text(`${label} in Chinese`, most, options)),
    },
    `${label} has the texts "en" and "zh-HK".`,
  );

const cents = (label: string, least: number, most: number) =>
  z
    .int(`${label} is a whole number of cents, for example 50000 for HK$500.00.`)
    .check(
      z.minimum(least, `${label} is at least ${least}.`),
      z.maximum(most, `${label} is at most ${most}.`),
      z.describe('Minor units: 50000 is HK$500.00.'),
    );

const month = z
  .string('A month has the form 2026-11.')
  .check(z.regex(monthPattern, 'A month has the form 2026-11.'));

const moment = (label: string) => {
  const form = `${label} has the form 2026-11-22T00:00:00+08:00.`;
  return z.string(form).check(z.refine((value) => isMoment(value), form));
};

const target = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('fund'), goal: cents('The goal', 1, highestGoal) }),
    z.strictObject({
      kind: z.literal('monthly-budget'),
      firstMonth: month,
      budgets: z
        .array(
          z.strictObject(
            { from: month, amount: cents('A budget', 1, highestGoal) },
            'A budget has from and amount.',
          ),
          'The budgets are a list.',
        )
        .check(
          z.minLength(1, 'There is at least one budget.'),
          z.maxLength(mostBudgets, `There are at most ${mostBudgets} budgets.`),
          z.refine(
            (budgets) => budgets.every(({ from }, i) => i === 0 || (budgets[i - 1]?.from ?? '') < from),
            'The budgets are in the order of their months, each month once.',
          ),
        ),
    }),
  ],
  'The target has the kind "fund" or "monthly-budget".',
);

const levels = z
  .array(
    z.strictObject(
      {
        amount: cents('The amount of a level', charity.smallestGift, largestPayment),
        text: translated('The text of a level', 200),
      },
      'A level has amount and text.',
    ),
    'The levels are a list.',
  )
  .check(
    z.maxLength(mostLevels, `There are at most ${mostLevels} levels.`),
    z.refine(
      (list) => list.every(({ amount }, i) => i === 0 || (list[i - 1]?.amount ?? 0) < amount),
      'The levels are in the order of their amounts, each amount once.',
    ),
  );

const sources = z
  .array(
    z.strictObject(
      {
        text: bilingual('What a source says', 400, { lines: true }),
        publisher: bilingual('The publisher of a source', 200),
        date: z.optional(z.nullable(bilingual('The date of a source', 60))),
      },
      'A source has text, publisher and date.',
    ),
    'The sources are a list.',
  )
  .check(z.maxLength(mostSources, `There are at most ${mostSources} sources.`));

const pictureFile = (label: string, ending: 'svg' | 'png') => {
  const known = assetFiles.filter((file) => file.endsWith(`.${ending}`)).join(', ');
  return z
    .string(`${label} is the name of a file.`)
    .check(
      z.refine((name) => isAssetFile(name) && name.endsWith(`.${ending}`), `${label} is one of: ${known}.`),
    );
};

const pixels = z.int('A size in pixels is a whole number.').check(z.minimum(1), z.maximum(10_000));

const picture = z
  .strictObject(
    {
      file: z.optional(pictureFile('The picture', 'svg')),
      shareFile: z.optional(pictureFile('The picture for links that are shared', 'png')),
      sizes: z.optional(
        z
          .array(
            z.strictObject({
              hash: z.string().check(z.regex(/^[0-9a-f]{64}$/, 'The hash of a picture has 64 digits.')),
              width: pixels,
              height: pixels,
            }),
            'The sizes of a photo are a list.',
          )
          .check(z.minLength(1), z.maxLength(6)),
      ),
      alt: bilingual('What the picture shows', 200),
    },
    'A picture has file, shareFile and alt, a photo has sizes and alt.',
  )
  .check(
    z.refine(
      ({ file, shareFile, sizes }) => (sizes ? !file && !shareFile : file && shareFile),
      'A picture has file, shareFile and alt, a photo has sizes and alt.',
    ),
  );

function pictureOf({ file, shareFile, sizes, alt }: z.output<typeof picture>): Picture | undefined {
  if (sizes) return { sizes, alt };
  return file && shareFile ? { file, shareFile, alt } : undefined;
}

/** Every field of a campaign: the compiler demands a schema for each new one. */
type Fields = { readonly [Name in Exclude<keyof Campaign, 'awaits' | 'storyHtml'>]-?: z.ZodMiniType };

const fields = {
  slug: z.optional(z.string('The slug is the one of the address.')),
  status: z.optional(z.enum(campaignStatuses, `The status is one of: ${campaignStatuses.join(', ')}.`)),
  title: translated('The title', 120),
  summary: translated('The summary', 300, { lines: true }),
  story: translated('The story', 8000, { lines: true }),
  sources: z._default(sources, []),
  picture: z.optional(z.nullable(picture)),
  surplus: z.optional(z.nullable(bilingual('Where money above the goal goes', 400, { lines: true }))),
  // Answers say "HKD"; programs from before that still send the lower-case form that they once read.
  currency: z.enum(['HKD', 'hkd'], 'The currency is "HKD".'),
  target,
  levels,
  opensAt: moment('opensAt'),
  closesAt: z.optional(z.nullable(moment('closesAt'))),
} satisfies Fields;

export const campaignSchema = z.strictObject(fields);

/** A campaign as it is sent: without a status it keeps its own, and a new one is public. */
export type WrittenCampaign = Omit<Campaign, 'status'> & { readonly status: CampaignStatus | undefined };

/**
 * @param slug the slug in the address; the body may repeat it
 * @throws Problem `invalid` that names each wrong field
 */
export function parseCampaign(slug: string, body: unknown): WrittenCampaign {
  const { slug: named = slug, opensAt, closesAt, ...written } = parseFields(campaignSchema, body);
  if (named !== slug) throw wrong('/slug', 'The slug is the one of the address.');
  const texts = inBothLanguages(written);
  const campaign: WrittenCampaign = {
    ...written,
    ...texts,
    storyHtml: {
      en: renderMarkdown(texts.story.en),
      'zh-HK': renderMarkdown(texts.story['zh-HK']),
    },
    status: written.status,
    currency: 'hkd',
    sources: written.sources.map((source) => ({ ...source, date: source.date ?? undefined })),
    picture: written.picture ? pictureOf(written.picture) : undefined,
    surplus: written.surplus ?? undefined,
    slug,
    opensAt: new Date(opensAt),
    closesAt: closesAt ? new Date(closesAt) : undefined,
  };
  if (campaign.closesAt && campaign.closesAt <= campaign.opensAt) {
    throw wrong('/closesAt', 'closesAt is after opensAt.');
  }
  if (campaign.target.kind === 'monthly-budget') {
    const { firstMonth, budgets } = campaign.target;
    if ((budgets[0]?.from ?? '') > firstMonth) {
      throw wrong('/target/budgets/0/from', 'The first budget holds from firstMonth or earlier.');
    }
  }
  return campaign;
}

type Translated = { readonly [Each in Language]?: string | undefined };

interface Texts<Text> {
  readonly title: Text;
  readonly summary: Text;
  readonly story: Text;
  readonly levels: readonly { readonly amount: number; readonly text: Text }[];
}

/**
 * Gives every text in both languages: one that nothing was written in yet awaits its texts, and has those of the other meanwhile.
 * @throws Problem `invalid` that names what is missing of a language that was begun
 */
function inBothLanguages(texts: Texts<Translated>): Texts<Bilingual> & { awaits: Language | undefined } {
  const { title, summary, story, levels } = texts;
  const all = [title, summary, story, ...levels.map(({ text: said }) => said)];
  const begun = languages.filter((each) => all.some((said) => said[each] !== undefined));
  const written = begun.length === 0 ? languages : begun;
  const errors: FieldError[] = [];
  const whole = (said: Translated, name: string): Bilingual => {
    for (const each of written) {
      if (said[each] !== undefined) continue;
      errors.push({ pointer: `/${name}/${each}`, detail: `This text in ${nameOf[each]} is missing.` });
    }
    const { en = '', 'zh-HK': chinese = '' } = said;
    return { en: en || chinese, 'zh-HK': chinese || en };
  };
  const filled = {
    title: whole(title, 'title'),
    summary: whole(summary, 'summary'),
    story: whole(story, 'story'),
    levels: levels.map(({ amount, text: said }, i) => ({ amount, text: whole(said, `levels/${i}/text`) })),
    awaits: languages.find((each) => !written.includes(each)),
  };
  if (errors.length > 0) throw new Problem('invalid', errors[0]?.detail ?? '', { errors });
  return filled;
}

const nameOf: Bilingual = { en: 'English', 'zh-HK': 'Chinese' };

/** A campaign in the form of its request: staff can read it, change it and send it back. A language that is awaited has no texts. */
export function writtenCampaign({ opensAt, closesAt, awaits, storyHtml: _, ...written }: Campaign) {
  const said = ({ en, 'zh-HK': chinese }: Bilingual): Translated => ({
    ...(awaits !== 'en' && { en }),
    ...(awaits !== 'zh-HK' && { 'zh-HK': chinese }),
  });
  const { title, summary, story, levels } = written;
  return {
    ...written,
    ...{ title: said(title), summary: said(summary), story: said(story) },
    levels: levels.map(({ amount, text: does }) => ({ amount, text: said(does) })),
    currency: written.currency.toUpperCase() as Uppercase<Currency>,
    opensAt: opensAt.toISOString(),
    closesAt: closesAt?.toISOString() ?? null,
  };
}

/** An ISO time with an offset, to the second or finer, on an existing day and in a month that the books can have. */
function isMoment(value: string): boolean {
  const parts = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d:\d\d(\.\d{1,3})?(Z|[+-]\d\d:\d\d)$/.exec(value);
  if (!parts?.[1] || !hasMonth(new Date(value))) return false;
  // Date reads 31 February as 3 March.
  return new Date(`${parts[1]}T00:00:00Z`).toISOString().startsWith(parts[1]);
}

function wrong(pointer: string, detail: string): Problem {
  return new Problem('invalid', detail, { errors: [{ pointer, detail }] });
}
