/** A key that nobody but us makes. */
const ownKey = {
  is: /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]{32,}$/u,
  says: 'it has at least 32 characters, in one line and none of them invisible',
};

/** What each secret has to look like, by the variable that holds its parameter's name, and how that is said. */
const shapes = {
  STRIPE_SECRET_KEY_PARAMETER: {
    is: /^(?:sk|rk)_\w{8,}$/,
    says: 'it begins with sk_ or rk_, and only letters, digits and _ follow, at least eight',
  },
  STRIPE_WEBHOOK_SECRET_PARAMETER: {
    is: /^whsec_[\w+/=-]+$/,
    says: 'it begins with whsec_, and only letters, digits and _+/=- follow',
  },
  RESEND_API_KEY_PARAMETER: {
    is: /^re_\w+$/,
    says: 'it begins with re_, and only letters, digits and _ follow',
  },
  RESEND_WEBHOOK_SECRET_PARAMETER: {
    is: /^whsec_[A-Za-z0-9+/]+={0,2}$/,
    says: 'it is whsec_ and then base64',
  },
  HASH_KEY_PARAMETER: ownKey,
  SESSION_KEY_PARAMETER: ownKey,
} as const;

/** A variable that holds the name of a secret's parameter. */
export type SecretVariable = keyof typeof shapes;

/** What nobody sees and some pages, chats and documents put around what is copied: marks of no width and control characters. */
const unseen =
  /^[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]+|[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]+$/gu;

/** Quotes as a keyboard has them, and as a word processor or a chat makes them, whichever way round. */
const quoted = /^(?:"(.*)"|'(.*)'|`(.*)`|[“”„‟](.*)[“”„‟]|[‘’‚‛](.*)[‘’‚‛]|[«»](.*)[«»])$/su;

/**
 * Reads a secret as it was meant: without the line break, the spaces, the invisible marks or the quotes that were pasted along with it.
 * @returns the secret, or in words what it has to look like and does not; never a part of the value
 */
export function readSecret(
  variable: SecretVariable,
  stored: string,
): { readonly secret: string } | { readonly wrong: string } {
  const secret = withoutQuotes(stored.replaceAll(unseen, ''));
  const { is, says } = shapes[variable];
  return is.test(secret) ? { secret } : { wrong: says };
}

function withoutQuotes(text: string): string {
  const inside = quoted
    .exec(text)
    ?.slice(1)
    .find((each) => each !== undefined);
  return inside === undefined ? text : inside.replaceAll(unseen, '');
}
