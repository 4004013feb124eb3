import type { Campaign } from '#giving/campaigns/campaign.ts';
import type { Language } from '#platform/charity.ts';
import { type AssetFile, assetPath, isAssetFile } from '#platform/web/assets.ts';
import { type SharedAsset, type ShareImage, usualImage } from '#platform/web/share-tags.tsx';

interface PictureProps {
  readonly campaign: Campaign;
  readonly language: Language;
  /** In a list the title beside the picture says enough. */
  readonly inList?: boolean;
  /** The picture is below the first screen: the browser loads it when it comes into view. */
  readonly isBelow?: boolean;
}

/** Where a picture of a photo is served. */
export const photoPath = (hash: string) => `/pictures/${hash}`;

/** A campaign's picture, or the charity's own. Its size is stated, so that nothing on the page moves when it loads. */
export function Picture({ campaign, language, inList = false, isBelow = false }: PictureProps) {
  const own = campaign.picture;
  const loading = isBelow ? { loading: 'lazy' as const } : { fetchpriority: 'high' as const };
  if (own && 'sizes' in own) {
    const { sizes, alt } = own;
    return (
      <img
        class="hero photo"
        src={photoPath((sizes[1] ?? sizes[0])?.hash ?? '')}
        srcset={sizes.map(({ hash, width }) => `${photoPath(hash)} ${width}w`).join(', ')}
        sizes="(min-width: 56rem) 33rem, 100vw"
        alt={inList ? '' : alt[language]}
        width="640"
        height="360"
        {...loading}
      />
    );
  }
  const file: AssetFile = own && isAssetFile(own.file) ? own.file : 'harbour.svg';
  const alt = own?.file === file ? own.alt : usualImage.alt;
  return (
    <img
      class="hero"
      src={assetPath(file)}
      alt={inList ? '' : alt[language]}
      width="640"
      height="360"
      {...loading}
    />
  );
}

export function shareImageOf({ picture }: Campaign): ShareImage | SharedAsset {
  if (!picture) return usualImage;
  const { alt } = picture;
  if ('sizes' in picture) {
    const shared = picture.sizes.at(-1);
    if (!shared) return usualImage;
    return { path: photoPath(shared.hash), type: 'image/jpeg', ...shared, alt };
  }
  return isAssetFile(picture.shareFile) ? { file: picture.shareFile, alt } : usualImage;
}
