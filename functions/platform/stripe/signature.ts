import Stripe from 'stripe';

/** Why a body is not accepted as Stripe's: it has no signature, one of another form, one older than five minutes, or one of other bytes. */
export type SignatureFault = 'missing' | 'malformed' | 'old' | 'mismatch';

/** A signature is valid for so many seconds (docs.stripe.com/webhooks/signature), so that a recorded event cannot be replayed later. */
const tolerance = 300;

/**
 * Checks Stripe's signature of a body. Whatever the header holds, it is answered and not thrown.
 *
 * @param payload the body as it came, as text
 * @param header `Stripe-Signature`: `t=…,v1=…`, with one `v1` for each secret while a secret is rolled
 * @param now milliseconds since 1970
 * @returns undefined when it holds
 */
export function signatureFault(
  payload: string,
  header: string | undefined,
  secret: string,
  now = Date.now(),
): SignatureFault | undefined {
  if (!header) return 'missing';
  const parts = header.split(',').map((part) => part.trim());
  const times = parts.filter((part) => /^t=\d{1,12}$/.test(part));
  const signatures = parts.filter((part) => /^v1=[0-9a-f]{64}$/.test(part));
  const [time] = times;
  if (time === undefined || times.length > 1 || signatures.length === 0) return 'malformed';
  const { signature: checker } = Stripe.webhooks;
  if (!checker) throw new Error('The stripe package has no check of signatures.');
  try {
    // The package throws errors of any kind at parts that are none, such as an empty `v1=`: it gets only what is one.
    checker.verifyHeader(payload, [time, ...signatures].join(','), secret, tolerance);
    return undefined;
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeSignatureVerificationError)) throw error;
    return Number(time.slice(2)) < now / 1000 - tolerance ? 'old' : 'mismatch';
  }
}
