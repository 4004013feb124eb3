import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import { newSecret } from './ids.ts';

const algorithm = 'aes-256-gcm';
const [keyBytes, nonceBytes, tagBytes] = [32, 12, 16];

/** Key and nonce for one text alone: each sealing has a salt of its own, so that no pair of them comes twice. */
function keyOf(secret: string, purpose: string, salt: string) {
  const bytes = Buffer.from(hkdfSync('sha256', secret, salt, purpose, keyBytes + nonceBytes));
  return { key: bytes.subarray(0, keyBytes), nonce: bytes.subarray(keyBytes) };
}

/**
 * Encrypts a text so that only who has the secret can read it, or change it unseen.
 *
 * @param secret of at least 128 random bits
 * @param purpose keeps texts for different uses apart: one cannot stand in for another
 */
export function seal(text: string, secret: string, purpose: string): string {
  const salt = newSecret();
  const { key, nonce } = keyOf(secret, purpose, salt);
  const cipher = createCipheriv(algorithm, key, nonce);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `${salt}.${sealed.toString('base64url')}`;
}

/**
 * Reads what `seal` wrote.
 * @returns undefined when it was sealed with another secret, for another purpose, or changed
 */
export function unseal(sealedText: string, secret: string, purpose: string): string | undefined {
  const [salt = '', encoded = ''] = sealedText.split('.');
  const sealed = Buffer.from(encoded, 'base64url');
  if (sealed.length < tagBytes) return undefined;
  const { key, nonce } = keyOf(secret, purpose, salt);
  const decipher = createDecipheriv(algorithm, key, nonce);
  decipher.setAuthTag(sealed.subarray(-tagBytes));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, -tagBytes)), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}
