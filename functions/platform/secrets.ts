/** What each secret has to look like, by the variable that holds its parameter's name, and how that is said. */
const shapes = {
  STRIPE_SECRET_KEY_PARAMETER: { is: /^(?:sk|rk)_\w{8,}$/, says: 'it begins with sk_ or rk_' },
  STRIPE_WEBHOOK_SECRET_PARAMETER: { is: /^whsec_[\w+/=-]+$/, says: 'it begins with whsec_' },
  RESEND_API_KEY_PARAMETER: { is: /^re_\w+$/, says: 'it begins with re_' },
  RESEND_WEBHOOK_SECRET_PARAMETER: {
    is: /^whsec_[A-Za-z0-9+/]+={0,2}$/,
    says: 'it is whsec_ and then base64',
  },
  HASH_KEY_PARAMETER: { is: /^.{32,}$/s, says: 'it has at least 32 characters' },
} as const;

/** A variable that holds the name of a secret's parameter. */
export type SecretVariable = keyof typeof shapes;

/**
 * Reads a secret as it was meant: without the line break, the spaces or the quotes that were pasted along with it.
 * @returns the secret, or in words what it has to look like and does not; never a part of the value
 */
export function readSecret(
  variable: SecretVariable,
  stored: string,
): { readonly secret: string } | { readonly wrong: string } {
  const secret = withoutQuotes(stored.trim());
  const { is, says } = shapes[variable];
  return is.test(secret) ? { secret } : { wrong: says };
}

function withoutQuotes(text: string): string {
  return /^(["'])(.*)\1$/s.exec(text)?.[2]?.trim() ?? text;
}
