import { createHash } from 'node:crypto';
import { Problem } from '#platform/errors.ts';

/** Lambda takes 6 MB of a request, and base64 makes a file a third longer (Lambda quotas, "Invocation payload"). Bytes. */
export const largestVoucher = 4 * 1024 * 1024;

const beginnings: Readonly<Record<string, readonly number[]>> = {
  PDF: [0x25, 0x50, 0x44, 0x46, 0x2d],
  JPEG: [0xff, 0xd8, 0xff],
  PNG: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
};

/**
 * The digest of a voucher's file: it proves later that the paper kept in the office is the one that was sent. The file is read for this
 * alone and not stored: it holds a family's name.
 *
 * @param file the value of the form's field; the first bytes decide its type, never its name
 * @returns SHA-256, 64 hexadecimal digits
 * @throws Problem that names `/voucher`: it is missing, empty, too large, or no PDF, JPEG or PNG
 */
export async function voucherDigest(file: unknown): Promise<string> {
  if (!(file instanceof File)) throw wrong('Send the voucher as a file: a PDF, JPEG or PNG.');
  if (file.size === 0) throw wrong('The voucher is an empty file.');
  if (file.size > largestVoucher) {
    const detail = 'The voucher has at most 4 MB.';
    throw new Problem('body-too-large', detail, { errors: [{ pointer: '/voucher', detail }] });
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  const known = Object.values(beginnings).some((begin) => begin.every((byte, at) => bytes[at] === byte));
  if (!known) throw wrong('The voucher is a PDF, JPEG or PNG.');
  return createHash('sha256').update(bytes).digest('hex');
}

function wrong(detail: string): Problem {
  return new Problem('invalid', detail, { errors: [{ pointer: '/voucher', detail }] });
}
