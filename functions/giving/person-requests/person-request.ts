/** What a person can ask for about what is kept of them (PDPO Cap. 486, parts 5 and 6A). */
export const requestKinds = ['access', 'correction', 'erasure', 'objection'] as const;

export type RequestKind = (typeof requestKinds)[number];

/** How a request ends. */
export const requestEnds = ['done', 'refused'] as const;

/** What a person asked for about what is kept of them. It holds no name: the payment leads to the person. */
export interface PersonRequest {
  readonly id: string;
  readonly kind: RequestKind;
  /** The Hong Kong day on which it was received, `YYYY-MM-DD`. */
  readonly day: string;
  /** Undefined where nobody found a payment of the person. */
  readonly paymentId: string | undefined;
  /** Whether a person of the staff saw who it is; no paper is copied. */
  readonly hasSeenIdentity: boolean;
  /** Who entered it: the subject of the sign-in. */
  readonly by: string;
  readonly enteredAt: Date;
  /** Undefined while it is open. */
  readonly end: RequestEnd | undefined;
}

export interface RequestEnd {
  readonly how: (typeof requestEnds)[number];
  /** Why it was refused, or what was done. */
  readonly reason: string | undefined;
  readonly by: string;
  readonly at: Date;
}

const day = 86_400_000;

/** The end of the fortieth day after it was received, on Hong Kong's clock. */
export function dueOf({ day: received }: Pick<PersonRequest, 'day'>): Date {
  return new Date(new Date(`${received}T23:59:00+08:00`).getTime() + 40 * day);
}

/** A request is kept for four years after its end: the law asks that for those that are refused. */
export function keptUntil({ at }: Pick<RequestEnd, 'at'>): Date {
  return new Date(at.getTime() + 4 * 365.25 * day);
}
