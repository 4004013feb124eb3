import { custom, type ZodMiniCustom } from 'zod/mini';

/** A field of the configuration. Its sentence says what would be right, and completes "it must be …". */
export function field<T>(right: string, isRight: (value: unknown) => boolean): ZodMiniCustom<T, T> {
  return custom<T>(isRight, { error: right });
}

/** A text on one line, without blanks around it. */
export const line = (longest: number) =>
  field<string>(
    `a text of 1 to ${longest} characters on one line, without blanks around it`,
    (value) => isLine(value) && value.length <= longest,
  );

/** A whole number from one to another, both included. */
export const whole = (from: number, to: number, meaning: string) =>
  field<number>(
    `a whole number from ${from} to ${to}${meaning}`,
    (value) => Number.isSafeInteger(value) && Number(value) >= from && Number(value) <= to,
  );

export const yesOrNo = field<boolean>('true or false', (value) => typeof value === 'boolean');

/** One of some texts or numbers. */
export const oneOf = <T extends string | number>(values: readonly T[]) =>
  field<T>(`one of ${values.join(', ')}`, (value) => (values as readonly unknown[]).includes(value));

export const mailAddress = field<string>('an e-mail address like thanks@example.org', isMailAddress);

export const domain = field<string>(
  'a domain in small letters without scheme, port and path, like give.example.org',
  isDomain,
);

export const httpsUrl = field<string>('an address that begins with https://', (value) =>
  isAddress(value, ['https:'], isDomain),
);

/** A text without control characters, line ends and blanks around it; not empty. */
export function isLine(value: unknown): value is string {
  return (
    typeof value === 'string' && value !== '' && value.trim() === value && !/[\p{C}\u2028\u2029]/u.test(value)
  );
}

/** Whether a text is the address of a page: of one of the schemes, on a host that is taken, without a user's name. */
export function isAddress(
  value: unknown,
  schemes: readonly string[],
  takesHost: (host: string) => boolean,
): value is string {
  if (!isLine(value) || /\s/.test(value) || !URL.canParse(value)) return false;
  const { protocol, hostname, username, password } = new URL(value);
  // What the parser mends, such as `https:/host`, is not taken.
  const written = value.toLowerCase().startsWith(`${protocol}//${hostname}`);
  return written && schemes.includes(protocol) && takesHost(hostname) && username === '' && password === '';
}

/** Whether a text is a domain of two labels or more, in ASCII (RFC 1123, with IDNA's `xn--`), and no IP address. */
export function isDomain(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length <= 253 &&
    /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?=[a-z0-9-]*[a-z])[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(
      value,
    )
  );
}

/** An address of our own: a dot-atom in ASCII before the domain (RFC 5321), at most 64 characters. */
function isMailAddress(value: unknown): value is string {
  if (typeof value !== 'string') return false;
  const at = value.lastIndexOf('@');
  const local = value.slice(0, at);
  return (
    /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/.test(local) &&
    local.length <= 64 &&
    isDomain(value.slice(at + 1).toLowerCase())
  );
}
