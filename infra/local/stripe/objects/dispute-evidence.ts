import type { Stripe } from 'stripe';
import {
  allUnsupported,
  boolean,
  fields,
  list,
  metadataUpdate,
  oneOf,
  text,
} from '../protocol/parameters.ts';

const textNames = [
  'access_activity_log',
  'billing_address',
  'cancellation_policy_disclosure',
  'cancellation_rebuttal',
  'customer_email_address',
  'customer_name',
  'customer_purchase_ip',
  'duplicate_charge_explanation',
  'duplicate_charge_id',
  'product_description',
  'refund_policy_disclosure',
  'refund_refusal_explanation',
  'service_date',
  'shipping_address',
  'shipping_carrier',
  'shipping_date',
  'shipping_tracking_number',
  'uncategorized_text',
] as const;
const fileNames = [
  'cancellation_policy',
  'customer_communication',
  'customer_signature',
  'duplicate_charge_documentation',
  'receipt',
  'refund_policy',
  'service_documentation',
  'shipping_documentation',
  'uncategorized_file',
] as const;

const textReaders = Object.fromEntries(textNames.map((name) => [name, text(150_000)])) as Record<
  (typeof textNames)[number],
  ReturnType<typeof text>
>;

/** Parameters of `POST /v1/disputes/{id}`. Files cannot be given. */
export const updateDisputeFields = {
  evidence: fields({ ...textReaders, ...allUnsupported('appeal', 'enhanced_evidence', ...fileNames) }),
  expand: list(text()),
  intended_submission_method: oneOf('manual', 'prefer_manual', 'prefer_smart_disputes', 'smart_disputes'),
  metadata: metadataUpdate,
  submit: boolean,
};

/** The evidence of a new dispute: what the charge knows of the payer. */
export function blankEvidence(charge: Stripe.Charge): Stripe.Dispute.Evidence {
  const names = [...textNames, ...fileNames];
  const nothing = Object.fromEntries(names.map((name) => [name, null])) as Record<
    (typeof textNames)[number] | (typeof fileNames)[number],
    null
  >;
  return {
    ...nothing,
    customer_email_address: charge.billing_details.email,
    customer_name: charge.billing_details.name,
    enhanced_evidence: {},
  };
}
