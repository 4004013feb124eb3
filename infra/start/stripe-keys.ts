import { randomBytes } from 'node:crypto';
import {
  type StripeKeyOwner,
  type StripeKeyRights,
  stripeKeyOwners,
  stripeKeyParameter,
  stripeKeyRights,
} from '../constructs/stripe-key-rights.ts';

/** Restricted keys of the local Stripe, one a function, with the rights that the deployment guide asks for. */
export function restrictedKeys(): ReadonlyMap<StripeKeyOwner, string> {
  return new Map(
    stripeKeyOwners.map((owner) => [owner, `rk_test_${owner}_${randomBytes(12).toString('hex')}`]),
  );
}

/** The same keys as the local Stripe takes them: what each may do. */
export function rightsByKey(keys: ReadonlyMap<StripeKeyOwner, string>): ReadonlyMap<string, StripeKeyRights> {
  return new Map([...keys].map(([owner, key]) => [key, stripeKeyRights[owner]]));
}

/** Each function's parameter with its key; one key for all where there are no others. */
export function stripeKeyParameters(
  stage: string,
  keys: ReadonlyMap<StripeKeyOwner, string> | string,
): ReadonlyMap<string, string> {
  return new Map(
    stripeKeyOwners.map((owner) => [
      `/tideover/${stage}/${stripeKeyParameter(owner)}`,
      typeof keys === 'string' ? keys : (keys.get(owner) ?? ''),
    ]),
  );
}
