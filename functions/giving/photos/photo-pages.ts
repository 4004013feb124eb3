import { campaignInPath } from '#giving/campaigns/campaign-input.ts';
import { readForEditing } from '#giving/campaigns/write-campaign.ts';
import type { DeclaredDeskPage } from '#kernel/staff/desk-context.ts';
import { answer, deskPage, foundFor } from '#kernel/staff/desk-endpoint.ts';
import type { DeskField } from '#kernel/staff/desk-input.ts';
import { deskForm } from '#kernel/staff/form-endpoint.ts';
import { permit } from '#kernel/staff/rights.ts';
import { readPhoto, takePhoto } from './begin-photo.ts';
import { beginEndpoint, uploadFormOf } from './photo-api.ts';
import { PhotoUpload } from './photo-desk.tsx';
import { photoWords as words } from './photo-words.ts';

const describe = deskForm({
  operation: beginEndpoint,
  path: '/staff/campaigns/{slug}/photo',
  read: ({ slug }, { table, actor }) =>
    readForEditing({ slug, permit: permit(actor, 'campaign.read') }, { table }),
  title: ({ campaign }) => words.title(campaign.title.en),
  about: () => words.intro,
  fields: (): DeskField[] => [
    { name: 'alt/en', kind: 'text', label: words.inEnglish(words.alt), hint: words.altHint },
    { name: 'alt/zh-HK', kind: 'text', label: words.inChinese(words.alt), isBeside: true },
  ],
  button: words.next,
  back: () => '/staff/campaigns',
  next: ({ slug }) => `/staff/campaigns/${slug}/photo/upload`,
  done: 'described',
});

const upload = deskPage({
  path: '/staff/campaigns/{slug}/photo/upload',
  right: 'campaign.write',
  input: { slug: campaignInPath() },
  read: async ({ slug }, { table, permit: allowed, ...ctx }) => {
    const [photo, { campaign }] = await Promise.all([
      readPhoto({ slug, permit: allowed }, { table }),
      readForEditing({ slug, permit: allowed }, { table }),
    ]);
    return { photo, title: campaign.title.en, upload: await uploadFormOf(photo, ctx) };
  },
  title: ({ title }) => words.title(title),
  show: PhotoUpload,
  again: ({ photo }) => (photo.state === 'asked' ? 2 : undefined),
  formsTo: ({ upload: form }) => (form ? new URL(form.url).origin : undefined),
});

/** Where the bucket leads the browser back to. Looking at it again changes nothing. */
const uploaded: DeclaredDeskPage = {
  ...{ method: 'get', path: '/staff/campaigns/:slug/photo/uploaded', right: 'campaign.write' },
  respond: (c, desk) =>
    answer(c, desk, async () => {
      const { table, now, permit: allowed } = foundFor(c, 'campaign.write', desk);
      const slug = c.req.param('slug') ?? '';
      await takePhoto({ slug, permit: allowed }, { table, now });
      return c.redirect(`/staff/campaigns/${slug}/photo/upload`, 303);
    }),
};

/** The pages on which a photo is uploaded. */
export const photoPages = [...describe, upload, uploaded];
