import { areParts, noParts, type Parts, partsWithin, wholeOf } from '#payments/received/parts.ts';
import type { PaymentFact } from '#payments/received/payment-fact.ts';
import { type SubjectKind, subjectKinds } from '#payments/received/subject.ts';
import type { Language } from '#platform/charity.ts';
import { isCheckoutId, isDonorId, isNetworkName, isSlug } from '#platform/id-shapes.ts';
import { type Checkout, partsOf } from './checkout.ts';

/** What Stripe keeps for us with a Session and its payment: ids and amounts, no name, address or comment. */
export interface PaymentMetadata {
  readonly checkoutId: string;
  readonly fund: string;
  readonly about: SubjectKind;
  readonly for: string | undefined;
  readonly language: Language;
  /** What was to be paid; undefined when it cannot be read. */
  readonly parts: Parts | undefined;
  readonly donor: string | undefined;
  /** The network that started the checkout, by its name in one window of ten minutes (`networkName`). */
  readonly network: string | undefined;
}

/** The metadata of a checkout's Session and PaymentIntent. A Session's own is not copied to its payment by Stripe. */
export function toMetadata(checkout: Checkout): Record<string, string> {
  const { gift, sales, cover } = partsOf(checkout);
  const meant = checkout.lines.flatMap((line) => (line.kind === 'gift' ? (line.for ?? []) : []))[0];
  return {
    tideover: '2',
    tideover_checkout: checkout.id,
    fund: checkout.fund,
    kind: checkout.subject.kind,
    gift: String(gift),
    sales: String(sales),
    cover: String(cover),
    language: checkout.language,
    ...(meant && { for: meant }),
    ...(checkout.donor && { donor: checkout.donor }),
    ...(checkout.network && { network: checkout.network }),
  };
}

type Stored = Readonly<Record<string, string>>;

/** The parts by the version of the metadata. Until version 2 it had none, and everything was a gift with its cover. */
const versions: Readonly<Record<string, (metadata: Stored) => Parts>> = {
  '1': ({ amount, cover }) => ({ ...noParts, gift: centsIn(amount), cover: centsIn(cover) }),
  '2': ({ gift, sales, cover }) => ({ gift: centsIn(gift), sales: centsIn(sales), cover: centsIn(cover) }),
};

/** Reads our metadata of any version; undefined when the payment belongs to another product of the account. */
export function fromMetadata(metadata: Stored | null | undefined): PaymentMetadata | undefined {
  const id = metadata?.tideover_checkout;
  const fund = metadata?.fund ?? metadata?.campaign;
  if (!id || !isCheckoutId(id) || !fund || !isSlug(fund)) return undefined;
  const parts = versions[metadata.tideover ?? '1']?.(metadata);
  return {
    checkoutId: id,
    fund,
    about: subjectKinds.find((kind) => kind === metadata.kind) ?? 'campaign',
    for: metadata.for !== undefined && isSlug(metadata.for) ? metadata.for : undefined,
    language: metadata.language === 'zh-HK' ? 'zh-HK' : 'en',
    parts: parts && areParts(parts) ? parts : undefined,
    donor: isDonorId(metadata.donor) ? metadata.donor : undefined,
    network: isNetworkName(metadata.network) ? metadata.network : undefined,
  };
}

/** Whether metadata names a checkout of ours, whatever else it holds. */
export function namesOurCheckout(metadata: Stored | null | undefined): boolean {
  const id = metadata?.tideover_checkout;
  return id !== undefined && isCheckoutId(id);
}

/**
 * The fact that Stripe took a sum under our metadata. What was taken is never refused: where the parts cannot be read or do not sum to
 * it, it is booked as taken, and a person is called.
 */
export function toPaymentFact(
  { checkoutId, fund, about, for: meant, language, parts, donor }: PaymentMetadata,
  taken: Pick<PaymentFact, 'paymentId' | 'currency' | 'at'> & { readonly amount: number },
): PaymentFact {
  const { amount, paymentId, currency, at } = taken;
  const isUnclear = parts === undefined || wholeOf(parts) !== amount;
  return {
    source: 'stripe',
    paymentId,
    checkoutId,
    fund,
    about,
    parts: partsWithin(amount, parts ?? noParts),
    currency,
    language,
    at,
    ...(donor && { donor }),
    ...(meant && { for: meant }),
    ...(isUnclear && { isUnclear }),
  };
}

/** No number where the text is none. */
function centsIn(text: string | undefined): number {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
}
