/** A mailbox in Mailpit's form. `Name` is empty when there is none. */
export interface Mailbox {
  readonly Name: string;
  readonly Address: string;
}

// ASCII only, as Resend's own sender (SES) demands of addresses; names may hold any letters.
const addressShape =
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}$/;
const namedShape = /^(?<name>[^<>]*)<(?<address>[^<>]+)>$/;

/**
 * Reads `email@example.com` or `Name <email@example.com>`.
 *
 * @returns undefined when the text is neither, or holds a line break or another control character
 */
export function parseMailbox(text: string): Mailbox | undefined {
  if (/\p{Cc}/u.test(text)) return undefined;
  const named = namedShape.exec(text.trim());
  const address = (named?.groups?.address ?? text).trim();
  if (!addressShape.test(address)) return undefined;
  const name = (named?.groups?.name ?? '').trim().replace(/^"(.*)"$/, '$1');
  return { Name: name, Address: address };
}
