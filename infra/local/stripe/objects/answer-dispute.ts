import type { Stripe } from 'stripe';
import type { Account, Origin } from '../account/account.ts';
import { invalidRequest } from '../protocol/errors.ts';
import type { Fields } from '../protocol/parameters.ts';
import type { updateDisputeFields } from './dispute-evidence.ts';
import { moveDispute, update } from './disputes.ts';
import { mergeMetadata } from './metadata.ts';

/**
 * `POST /v1/disputes/{id}`: metadata and evidence, which is submitted at once unless `submit` is false. As in Stripe's
 * test mode, the text `winning_evidence` wins and `losing_evidence` loses.
 */
export function answerDispute(
  account: Account,
  dispute: Stripe.Dispute,
  input: Fields<typeof updateDisputeFields>,
  origin: Origin,
): Stripe.Dispute {
  const { evidence } = input;
  if (evidence && !dispute.status.endsWith('needs_response')) {
    throw invalidRequest(`This dispute is ${dispute.status}; it takes no more evidence.`, 'evidence');
  }
  const isSubmitted = evidence !== undefined && input.submit !== false;
  const details = dispute.evidence_details;
  update(
    account,
    dispute,
    {
      ...(input.metadata !== undefined && { metadata: mergeMetadata(dispute.metadata, input.metadata) }),
      ...(input.intended_submission_method && {
        intended_submission_method: input.intended_submission_method,
      }),
      ...(evidence && {
        evidence: { ...dispute.evidence, ...evidence },
        evidence_details: {
          ...details,
          has_evidence: true,
          submission_count: details.submission_count + (isSubmitted ? 1 : 0),
          submission_method: isSubmitted ? 'manual' : details.submission_method,
        },
      }),
      ...(isSubmitted && { status: dispute.status.replace('needs_response', 'under_review') }),
    },
    origin,
  );
  const said = evidence?.uncategorized_text;
  if (isSubmitted && (said === 'winning_evidence' || said === 'losing_evidence')) {
    const isInquiry = dispute.status.startsWith('warning_');
    const end = said === 'winning_evidence' ? 'win' : 'lose';
    if (isInquiry && end === 'lose') moveDispute(account, dispute, 'escalate');
    else moveDispute(account, dispute, isInquiry ? 'close-inquiry' : end);
  }
  return dispute;
}

/** `POST /v1/disputes/{id}/close`: gives the dispute up, which loses it. */
export function acceptDispute(account: Account, dispute: Stripe.Dispute, origin: Origin): Stripe.Dispute {
  if (!dispute.status.endsWith('needs_response')) {
    throw invalidRequest(`This dispute is ${dispute.status}; it cannot be closed.`);
  }
  if (dispute.status === 'warning_needs_response') moveDispute(account, dispute, 'escalate');
  moveDispute(account, dispute, 'lose', undefined, origin);
  return dispute;
}
