import { domainToASCII, domainToUnicode } from 'node:url';

/** Why a typed text is no e-mail address that mail can reach, for a sentence about it. */
export type AddressFault = 'empty' | 'too-long' | 'no-at' | 'no-dot' | 'local-script' | 'local' | 'domain';

/** An e-mail address as mail is sent to it, or why it is none. */
export type TypedAddress = { readonly address: string } | { readonly fault: AddressFault };

/** The longest address (RFC 5321, section 4.5.3.1.3, without its angle brackets). */
export const longestAddress = 254;

/** What browsers let stand before the "@" (HTML, "valid e-mail address"). */
const localPart = /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+$/;
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Reads an e-mail address as a person typed it: without spaces and invisible marks around it, full-width characters as usual ones,
 * its domain in ASCII (`例子.香港` as `xn--…`, in small letters). What browsers call valid is taken, if mail can reach it: a domain has
 * a dot (RFC 5321), and before the "@" stand ASCII characters alone, because Amazon SES, which sends for Resend, does not
 * speak SMTPUTF8 (RFC 6531).
 */
export function readMailAddress(typed: string): TypedAddress {
  const text = plain(typed);
  if (text === '') return { fault: 'empty' };
  const at = text.lastIndexOf('@');
  if (at < 1 || at === text.length - 1) return { fault: 'no-at' };
  const [local, given] = [text.slice(0, at), text.slice(at + 1)];
  if (/[^\x20-\x7e]/.test(local) && !/\p{Cc}/u.test(local)) return { fault: 'local-script' };
  if (!localPart.test(local) || /^\.|\.\.|\.$/.test(local) || local.length > 64) return { fault: 'local' };
  if (/[\s\p{Cc}%/?#:\\[\]@]/u.test(given)) return { fault: 'domain' };
  if (!given.includes('.')) return { fault: 'no-dot' };
  const domain = domainToASCII(given);
  const labels = domain.split('.');
  if (labels.length < 2 || !labels.every((each) => label.test(each)) || /^\d+$/.test(labels.at(-1) ?? '')) {
    return { fault: 'domain' };
  }
  const address = `${local}@${domain}`;
  return address.length > longestAddress ? { fault: 'too-long' } : { address };
}

/**
 * An address as its owner would write it: with its domain in its own letters (`例子.香港`), where these lead back to the same domain.
 * @param address as `readMailAddress` gives it
 */
export function inOwnLetters(address: string): string {
  const at = address.lastIndexOf('@') + 1;
  const domain = address.slice(at);
  const letters = domainToUnicode(domain);
  return letters !== '' && domainToASCII(letters) === domain.toLowerCase()
    ? address.slice(0, at) + letters
    : address;
}

function plain(typed: string): string {
  return typed
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replaceAll(/[\u3002\uff61]/g, '.')
    .replaceAll(/^[\p{Zs}\t]+|[\p{Zs}\t]+$/gu, '');
}
