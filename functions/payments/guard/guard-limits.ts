import { charity } from '#platform/charity.ts';

const minute = 60_000;

/** The numbers that hold off card testing. They stand here only; why they are so: infra/decisions/0017. */
export interface GuardLimits {
  /** How long starts of an address and declined payments of a campaign are counted together, in milliseconds. */
  readonly window: number;
  /** Checkouts that one address may start in a window: a whole church behind one Wi-Fi. */
  readonly startsAnAddress: number;
  /** How long starts with one e-mail address are counted together, in milliseconds. */
  readonly emailWindow: number;
  /** Checkouts that may be started with one e-mail address in such a window. */
  readonly startsAnEmail: number;
  /** So many declined payments of a campaign in a window open its breaker, when they are more than the paid ones. */
  readonly declines: number;
  /**
   * So many starts below the raised minimum, by addresses that started before in the window, open the breaker, when they are more
   * than twice the paid ones. A few networks alone cannot reach it.
   */
  readonly smallStarts: number;
  /** What holds while the breaker is on. */
  readonly breakerOpen: {
    /** The smallest gift, minor units. */
    readonly minimum: number;
    readonly startsAnAddress: number;
    readonly startsAnEmail: number;
    /** Checkouts that a campaign may start in a minute for networks that had their sure place, or twice what was lately paid in one. */
    readonly startsAMinute: number;
    /** Checkouts that it may start in a minute for networks that had no place lately: their sure places. */
    readonly newAMinute: number;
    /** How long after its sure place a network has another one, in milliseconds. */
    readonly placeLifetime: number;
    /** Sure places that the networks of one wide IPv6 network (/48) have together in an hour. */
    readonly placesAWideNetwork: number;
  };
  /** Declined payments after which the Session of a checkout is ended, and all of them that count for the breaker. */
  readonly declinesACheckout: number;
  /** Declined payments of one network in a window that count for the breaker. */
  readonly declinesANetwork: number;
  /** Declined payments of one network in a window after which it starts nothing more, and each further one ends its Session. */
  readonly declinesToStop: number;
  /** Small starts of one network in a window that count for the breaker. */
  readonly smallStartsANetwork: number;
  /** From this amount on a gift is put under review, minor units. */
  readonly largeGift: number;
  /** A gift whose payment was declined so often before is put under review. */
  readonly declinesForReview: number;
}

/** The limits that hold. */
export const guardLimits: GuardLimits = {
  window: 10 * minute,
  startsAnAddress: 20,
  emailWindow: 60 * minute,
  startsAnEmail: 20,
  declines: 15,
  smallStarts: 60,
  breakerOpen: {
    minimum: Math.max(5_000, 2 * charity.smallestGift),
    startsAnAddress: 3,
    startsAnEmail: 5,
    startsAMinute: 1,
    newAMinute: 30,
    placeLifetime: 60 * minute,
    placesAWideNetwork: 20,
  },
  declinesACheckout: 5,
  declinesANetwork: 5,
  declinesToStop: 10,
  smallStartsANetwork: 5,
  largeGift: 5_000_000,
  declinesForReview: 4,
};
