/** What the first bytes of a photo say of it. */
export interface PhotoFacts {
  readonly kind: 'jpeg' | 'png';
  readonly width: number;
  readonly height: number;
  /** How it is to be turned, as EXIF counts: 1 as it is, 3 upside down, 6 and 8 on its side, the others mirrored. */
  readonly orientation: number;
}

const pngMark = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Reads what a JPEG or PNG says of itself, without unpacking it; undefined for anything else. */
export function readPhotoHeader(bytes: Uint8Array): PhotoFacts | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (pngMark.every((byte, index) => bytes[index] === byte)) {
      return { kind: 'png', width: view.getUint32(16), height: view.getUint32(20), orientation: 1 };
    }
    return bytes[0] === 0xff && bytes[1] === 0xd8 ? jpegFacts(view) : undefined;
  } catch (error) {
    // The file ends before it has said how large it is.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Walks over the segments of a JPEG (ITU T.81, annex B) up to the one that states its size. */
function jpegFacts(view: DataView): PhotoFacts | undefined {
  let orientation = 1;
  for (let at = 2; view.getUint8(at) === 0xff; ) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = view.getUint16(at + 2);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      return { kind: 'jpeg', height: view.getUint16(at + 5), width: view.getUint16(at + 7), orientation };
    }
    if (marker === 0xe1) orientation = exifOrientation(view, at + 4) ?? orientation;
    at += 2 + length;
  }
  return undefined;
}

const orientationTag = 0x0112;

/** The orientation in a segment of EXIF (CIPA DC-008, 4.6); undefined where it says none. */
function exifOrientation(view: DataView, at: number): number | undefined {
  if (view.getUint32(at) !== 0x45786966) return undefined;
  const tiff = at + 6;
  const isLittle = view.getUint16(tiff) === 0x4949;
  const directory = tiff + view.getUint32(tiff + 4, isLittle);
  const entries = view.getUint16(directory, isLittle);
  for (let entry = 0; entry < entries; entry += 1) {
    const field = directory + 2 + entry * 12;
    if (view.getUint16(field, isLittle) === orientationTag) return view.getUint16(field + 8, isLittle);
  }
  return undefined;
}

/** Whether a photo is to be turned on its side: its width is then its height. */
export function isOnSide(orientation: number): boolean {
  return orientation >= 5 && orientation <= 8;
}

/** Pixels of four bytes, row by row. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
}

/** Turns pixels as an orientation says, on white where they are transparent. */
export function turned({ width, height, rgba }: Pixels, orientation: number): Pixels {
  const onSide = isOnSide(orientation);
  const [newWidth, newHeight] = onSide ? [height, width] : [width, height];
  const out = new Uint8Array(rgba.length);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [toX, toY] = placeOf(x, y, { width, height, orientation });
      const [from, to] = [(y * width + x) * 4, (toY * newWidth + toX) * 4];
      const alpha = (rgba[from + 3] ?? 255) / 255;
      for (let part = 0; part < 3; part += 1) {
        out[to + part] = Math.round((rgba[from + part] ?? 0) * alpha + 255 * (1 - alpha));
      }
      out[to + 3] = 255;
    }
  }
  return { width: newWidth, height: newHeight, rgba: out };
}

function placeOf(
  x: number,
  y: number,
  {
    width,
    height,
    orientation,
  }: { readonly width: number; readonly height: number; readonly orientation: number },
): readonly [number, number] {
  const [right, bottom] = [width - 1 - x, height - 1 - y];
  const places: Readonly<Record<number, readonly [number, number]>> = {
    2: [right, y],
    3: [right, bottom],
    4: [x, bottom],
    5: [y, x],
    6: [bottom, x],
    7: [bottom, right],
    8: [y, right],
  };
  return places[orientation] ?? [x, y];
}
