import { PhotonImage, resize, SamplingFilter } from '@silvia-odwyer/photon-node';
import type { OpenPhoto } from './make-pictures.ts';
import { isOnSide, type PhotoFacts, turned } from './photo-header.ts';

/** What of a photo is lost: nobody sees it, and a picture for a phone stays below 100 kB. Of 100. */
const quality = 78;

/** Unpacks a photo with the one library that needs no binary of a machine's own. @throws Error for one that cannot be read */
export function openPhoto(bytes: Uint8Array, { orientation }: PhotoFacts): OpenPhoto {
  const whole = PhotonImage.new_from_byteslice(bytes);
  const [width, height] = [whole.get_width(), whole.get_height()];
  return {
    at: (wanted) => {
      // On its side, the width is what becomes the height.
      const factor = wanted / (isOnSide(orientation) ? height : width);
      const [across, down] = [width, height].map((each) => Math.max(1, Math.round(each * factor)));
      const small = resize(whole, across ?? 1, down ?? 1, SamplingFilter.Triangle);
      const pixels = { width: small.get_width(), height: small.get_height(), rgba: small.get_raw_pixels() };
      small.free();
      const upright = turned(pixels, orientation);
      const image = new PhotonImage(upright.rgba, upright.width, upright.height);
      const jpeg = image.get_bytes_jpeg(quality);
      image.free();
      return { ...upright, jpeg };
    },
    close: () => whole.free(),
  };
}
