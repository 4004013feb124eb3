import { isDonorId } from '#platform/id-shapes.ts';
import type { KeyedHash } from '#platform/ids.ts';
import { type Change, isNew } from '#platform/table/commit.ts';
import { keys } from '#platform/table/keys.ts';
import { read } from '#platform/table/read-item.ts';
import { type Item, type ItemsRead, toItem } from '#platform/table/table.ts';
import {
  ended,
  endOf,
  hasEnded,
  hasTimeToLive,
  removeTimeToLive,
  timeToLive,
} from '#platform/table/time-to-live.ts';
import type { SeparateChange } from '#platform/table/write-each.ts';

/** The name of an e-mail address: keyed, so that without the secret nobody finds it by trying addresses out. */
export function emailHash(hash: KeyedHash, email: string): string {
  return hash.of('donor-address', email.normalize('NFKC').trim().toLowerCase());
}

/** How long an address is known before a payment appears, in milliseconds: as long as the person of a checkout. */
const unpaidLifetime = 30 * 24 * 3_600_000;

/**
 * The item that leads from an e-mail address to its donor, whose id is random. A change of address and an erasure touch it alone.
 * It ends by itself unless a payment appears.
 */
export function toDonorItem(email: string, donor: string, now: Date): Item {
  const end = timeToLive('email', new Date(now.getTime() + unpaidLifetime));
  return toItem(keys.email(email), 'email', 1, { donor, ...end });
}

/** The donor of an address; undefined when it is not known, or its item has ended. */
export function donorIn(item: Item | undefined, now: Date): string | undefined {
  return item && !hasEnded(item, now) ? read(item).textThat('donor', isDonorId, "a donor's id") : undefined;
}

/** Whether the item of an address stays: a payment has appeared. */
export function isRecordedAddress(item: Item | undefined): boolean {
  return item !== undefined && endOf(item) === undefined;
}

/** Keeps an address for as long as there are gifts. */
export function toLastingDonorChange(email: string): SeparateChange {
  return {
    update: keys.email(email),
    set: removeTimeToLive,
    condition: hasTimeToLive,
  };
}

/**
 * Lets another address lead to a donor who has given, in place of the one before. An address that leads to another donor is left so.
 * @param read holds the items of both addresses
 */
export function toMovedAddressChanges(
  {
    donor,
    from,
    to,
    now,
  }: { readonly donor: string; readonly from: string; readonly to: string; readonly now: Date },
  read: ItemsRead,
): { readonly oldAddress?: Change; readonly newAddress?: Change } {
  const [old, other] = [read.itemAt(keys.email(from)), donorIn(read.itemAt(keys.email(to)), now)];
  const over = ended(now);
  const values = { ':donor': donor };
  return {
    ...(donorIn(old, now) === donor && {
      oldAddress: { remove: keys.email(from), condition: { expression: 'donor = :donor', values } },
    }),
    ...((other === undefined || other === donor) && {
      newAddress: {
        put: toItem(keys.email(to), 'email', 1, { donor }),
        condition: {
          expression: `${isNew.expression} OR donor = :donor OR ${over.expression}`,
          names: over.names,
          values: { ...values, ...over.values },
        },
      },
    }),
  };
}
