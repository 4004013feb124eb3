/** What a payment method costs: a share of the amount in basis points, and a fixed sum in cents. */
export interface FeeRate {
  readonly basisPoints: number;
  readonly fixed: number;
}

/** The rules of the account that the local Stripe plays: a charity's in Hong Kong. */
export interface AccountSettings {
  /** The API version that the whole project is pinned to. */
  readonly apiVersion: string;
  readonly country: string;
  readonly fees: { readonly card: FeeRate; readonly alipay: FeeRate };
  /** Smallest charge by currency, in cents, from Stripe's table of minimum amounts. */
  readonly smallestAmount: Readonly<Record<string, number>>;
  readonly largestAmount: number;
  /** Seconds from a payment until its balance transaction exists. Stripe makes it a moment later. */
  readonly balanceTransactionDelay: number;
  /** What the bank's dispute of a charge costs, in cents. Stripe keeps it. */
  readonly disputeFee: number;
  /** Seconds until a refund that is pending ends, or one that was sent comes back. */
  readonly refundDelay: number;
  /** Seconds that a dispute's answer may take. */
  readonly disputeAnswerTime: number;
  /** Seconds before each further try of a webhook that was not answered 2xx. */
  readonly retryDelays: readonly number[];
  /** Milliseconds that a webhook's receiver has for its answer. */
  readonly webhookTimeout: number;
}

/** A Hong Kong account as of November 2026. The fees are the published ones; an account's own may differ. */
export const hongKongAccount: AccountSettings = {
  apiVersion: '2026-10-28.endive',
  country: 'HK',
  fees: {
    card: { basisPoints: 340, fixed: 235 },
    alipay: { basisPoints: 220, fixed: 200 },
  },
  smallestAmount: { hkd: 400, usd: 50, eur: 50, gbp: 30 },
  largestAmount: 99_999_999,
  balanceTransactionDelay: 1,
  disputeFee: 8500,
  refundDelay: 5,
  disputeAnswerTime: 9 * 86_400,
  retryDelays: [1, 2, 5, 15, 60, 300, 1800, 3600, 7200, 14_400, 28_800, 57_600, 86_400],
  webhookTimeout: 20_000,
};
