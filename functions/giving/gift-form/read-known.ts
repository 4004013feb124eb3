import { isPublic } from '#giving/campaigns/campaign.ts';
import { fromCampaignItem } from '#giving/campaigns/campaign-item.ts';
import { latestTimes } from '#giving/latest-gifts/latest-gifts-item.ts';
import { donorIn, emailHash, isRecordedAddress } from '#kernel/people/donor-item.ts';
import { fromCheckoutItem } from '#payments/checkout/checkout-item.ts';
import { askedPlace, guardKeys, watchCampaign } from '#payments/guard/guard-item.ts';
import { Problem } from '#platform/errors.ts';
import { isCheckoutId, isSlug } from '#platform/id-shapes.ts';
import { checkoutId, type KeyedHash } from '#platform/ids.ts';
import { type Key, keys } from '#platform/table/keys.ts';
import { readItems, type Table } from '#platform/table/table.ts';
import { hasEnded } from '#platform/table/time-to-live.ts';
import { emailStarts } from './ask-again.ts';
import { type GiftCheckoutRequest, parseGiftCheckout } from './checkout-request.ts';

/** Who asks for a checkout, and under which key. */
export interface Caller {
  /** The network address of the request (`requestContext.http.sourceIp`); stored as a keyed hash only. */
  readonly address: string;
  /** A repeated request has the same key. */
  readonly idempotencyKey: string;
  /** The donor's earlier checkout that this one replaces, unless that one is paid. */
  readonly replaces?: string | undefined;
  /** Whether the caller takes another key when the body changed under this one; otherwise a changed body counts here as a start. */
  readonly turns?: boolean;
}

export function giftCheckoutId(hash: KeyedHash, slug: string, caller: Caller): string {
  return checkoutId(hash, `campaigns/${slug}`, caller.address, caller.idempotencyKey);
}

export type Known = Awaited<ReturnType<typeof readKnown>>;

/** Reads everything that starting a checkout depends on, in one request. The campaign comes first: without it no field is wrong. */
export async function readKnown(
  { slug, body, caller }: { readonly slug: string; readonly body: unknown; readonly caller: Caller },
  { hash, now, table }: { readonly hash: KeyedHash; readonly now: Date; readonly table: Table },
) {
  if (!isSlug(slug)) throw noCampaign();
  const id = giftCheckoutId(hash, slug, caller);
  const request = checked(body);
  const starts =
    request instanceof Problem
      ? undefined
      : emailStarts(hash, { ...request, campaign: slug, address: caller.address }, now);
  const address = request instanceof Problem ? undefined : emailHash(hash, request.email);
  const place = askedPlace(hash, slug, caller.address, now);
  const earlierKey =
    caller.replaces && isCheckoutId(caller.replaces) && caller.replaces !== id
      ? keys.checkout(caller.replaces)
      : undefined;
  const read = await readItems(table, [
    keys.campaign(slug),
    keys.checkout(id),
    ...(starts?.keys ?? []),
    ...(address ? [keys.email(address)] : []),
    ...(starts ? [keys.latestGifts(slug), ...guardKeys(slug, place, now)] : []),
    ...(earlierKey ? [earlierKey] : []),
  ]);
  const campaignItem = read.itemAt(keys.campaign(slug));
  const campaign = campaignItem && fromCampaignItem(campaignItem);
  if (!campaign || !isPublic(campaign)) throw noCampaign();
  if (request instanceof Problem || !starts || !address) throw request;
  const checkoutAt = (key: Key | undefined) => {
    const item = key && read.itemAt(key);
    return item && fromCheckoutItem(item);
  };
  const startsAt = (key: Key) => {
    const item = read.itemAt(key);
    return item && !hasEnded(item, now) ? item : undefined;
  };
  const earlier = checkoutAt(earlierKey);
  return {
    id,
    request,
    campaign,
    checkout: checkoutAt(keys.checkout(id)),
    earlier: earlier?.subject.kind === 'campaign' && earlier.subject.slug === slug ? earlier : undefined,
    /** The address by its hash, and the donor whom it leads to; undefined where it is not known. */
    address,
    donor: donorIn(read.itemAt(keys.email(address)), now),
    /** Whether the address is kept: a payment has appeared. */
    isRecorded: isRecordedAddress(read.itemAt(keys.email(address))),
    starts,
    /** What was started with the e-mail address in the present window. */
    present: startsAt(starts.keys[0]),
    memory: starts.keys.flatMap((key) => startsAt(key) ?? []),
    watched: watchCampaign(slug, place, read, latestTimes(read.itemAt(keys.latestGifts(slug))), now),
  };
}

function checked(body: unknown): GiftCheckoutRequest | Problem {
  try {
    return parseGiftCheckout(body);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

function noCampaign(): Problem {
  return new Problem('not-found', 'There is no such campaign.');
}
