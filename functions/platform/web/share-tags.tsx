import { type Bilingual, charity, type Language } from '#platform/charity.ts';
import { type AssetFile, assetPath } from './assets.ts';
import { htmlLanguage, localPath, otherLanguage } from './languages.ts';

/** The picture that a messenger or a social network shows beside a link. */
export interface ShareImage {
  readonly path: string;
  readonly type: 'image/png' | 'image/jpeg';
  readonly width: number;
  readonly height: number;
  readonly alt: Bilingual;
}

/** A file of ours that a link is shared with: each is 1200 × 630, PNG. */
export interface SharedAsset {
  readonly file: AssetFile;
  readonly alt: Bilingual;
}

/** The charity's own picture, for pages without one. */
export const usualImage: SharedAsset = {
  file: 'harbour.png',
  alt: {
    en: 'Drawing: a small boat with a red, white and blue sail crosses the harbour at sunset.',
    'zh-HK': '插圖：日落時分，一艘掛着紅白藍帆的小船駛過海港。',
  },
};

function asImage(shared: ShareImage | SharedAsset): ShareImage {
  if ('path' in shared) return shared;
  return { path: assetPath(shared.file), type: 'image/png', width: 1200, height: 630, alt: shared.alt };
}

const openGraphLocale: Readonly<Record<Language, string>> = { en: 'en_HK', 'zh-HK': 'zh_HK' };

interface ShareTagsProps {
  readonly language: Language;
  readonly path: string;
  readonly title: string;
  readonly description?: string;
  readonly site: string;
  readonly image?: ShareImage | SharedAsset;
}

/** Tags that tell search engines and messengers what a page is (ogp.me). They take absolute addresses only. */
export function ShareTags({
  language,
  path,
  title,
  description,
  site,
  image: shared = usualImage,
}: ShareTagsProps) {
  const image = asImage(shared);
  const addressIn = (each: Language) => site + localPath(each, path);
  return (
    <>
      <link rel="canonical" href={addressIn(language)} />
      <link rel="alternate" hreflang={htmlLanguage('en')} href={addressIn('en')} />
      <link rel="alternate" hreflang={htmlLanguage('zh-HK')} href={addressIn('zh-HK')} />
      <link rel="alternate" hreflang="x-default" href={addressIn('en')} />
      <meta property="og:type" content="website" />
      <meta property="og:site_name" content={charity.name[language]} />
      <meta property="og:title" content={title} />
      <meta property="og:description" content={description ?? charity.about[language]} />
      <meta property="og:url" content={addressIn(language)} />
      <meta property="og:locale" content={openGraphLocale[language]} />
      <meta property="og:locale:alternate" content={openGraphLocale[otherLanguage(language)]} />
      <meta property="og:image" content={site + image.path} />
      <meta property="og:image:type" content={image.type} />
      <meta property="og:image:width" content={String(image.width)} />
      <meta property="og:image:height" content={String(image.height)} />
      <meta property="og:image:alt" content={image.alt[language]} />
      <meta name="twitter:card" content="summary_large_image" />
    </>
  );
}
