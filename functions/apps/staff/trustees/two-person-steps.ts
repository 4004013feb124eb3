import { disbursementApproval } from '#accounting/disbursements/approve-disbursement.ts';
import type { TwoPersonStep } from '#kernel/trustees/two-person-step.ts';

/** Every kind of step that needs a second person, each with its approval. */
const twoPersonSteps: readonly TwoPersonStep[] = [disbursementApproval];

/** The step of a kind; undefined when there is none. */
export function stepOf(kind: string): TwoPersonStep | undefined {
  return twoPersonSteps.find((step) => step.kind === kind);
}
