import jsQR from 'jsqr';

/**
 * Reads a QR code as a phone's camera does: the drawing's black squares as pixels.
 * @param svg squares of ten units in one path
 */
export function readQrCode(svg: string): string | undefined {
  const posting = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1]);
  const pixels = new Uint8ClampedArray(posting * posting * 4).fill(255);
  for (const [, x, y] of svg.matchAll(/M(\d+),(\d+)h10v10h-10z/g)) {
    for (let row = 0; row < 10; row += 1) {
      const start = ((Number(y) + row) * posting + Number(x)) * 4;
      for (let at = start; at < start + 40; at += 1) if (at % 4 !== 3) pixels[at] = 0;
    }
  }
  return jsQR(pixels, posting, posting)?.data;
}
