import { toPhotoSizes } from '#giving/campaigns/campaign-item.ts';
import { keys } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { type Item, toItem } from '#platform/table/table.ts';
import { type Photo, photoFaults, photoStates } from './photo.ts';

export function toPhotoItem({ slug, uploadId, alt, state, madeAt }: Photo): Item {
  return toItem(keys.photo(slug), 'photo', 1, { slug, uploadId, alt, state, madeAt: madeAt.toISOString() });
}

export function fromPhotoItem(item: Item): Photo {
  const fields = read(item);
  const alt = fields.record('alt');
  return {
    slug: fields.text('slug'),
    uploadId: fields.text('uploadId'),
    alt: { en: alt.text('en'), 'zh-HK': alt.text('zh-HK') },
    state: fields.oneOf('state', photoStates),
    fault: fields.maybeOneOf('fault', photoFaults),
    sizes: toPhotoSizes(fields.maybeList('sizes') ?? []),
    madeAt: fields.date('madeAt'),
  };
}
