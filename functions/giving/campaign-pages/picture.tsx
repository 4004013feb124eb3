import type { Campaign } from '#giving/campaigns/campaign.ts';
import type { Language } from '#platform/charity.ts';
import { type AssetFile, assetPath, isAssetFile } from '#platform/web/assets.ts';
import { type ShareImage, usualImage } from '#platform/web/share-tags.tsx';

interface PictureProps {
  readonly campaign: Campaign;
  readonly language: Language;
  /** In a list the title beside the picture says enough. */
  readonly inList?: boolean;
  /** The picture is below the first screen: the browser loads it when it comes into view. */
  readonly isBelow?: boolean;
}

/** A campaign's picture, or the charity's own. Its size is stated, so that nothing on the page moves when it loads. */
export function Picture({ campaign, language, inList = false, isBelow = false }: PictureProps) {
  const own = campaign.picture;
  const file: AssetFile = own && isAssetFile(own.file) ? own.file : 'harbour.svg';
  const alt = own?.file === file ? own.alt : usualImage.alt;
  return (
    <img
      class="hero"
      src={assetPath(file)}
      alt={inList ? '' : alt[language]}
      width="640"
      height="360"
      {...(isBelow ? { loading: 'lazy' as const } : { fetchpriority: 'high' as const })}
    />
  );
}

export function shareImageOf({ picture }: Campaign): ShareImage {
  return picture && isAssetFile(picture.shareFile)
    ? { file: picture.shareFile, alt: picture.alt }
    : usualImage;
}
