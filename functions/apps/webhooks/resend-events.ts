import type { WebhookEventPayload } from 'resend';
import type { MailProblem } from '#kernel/outbox/mail-item.ts';
import { fromTags } from '#kernel/outbox/mail-tags.ts';
import { type RecordedProblem, recordMailProblem } from '#kernel/outbox/record-mail-problem.ts';
import type { Context } from '#platform/context/context.ts';

/**
 * Every type of Resend event that is taken, with what it says of the mail: at once the list that the endpoint subscribes to and the
 * dispatcher (resend.com/docs/webhooks/event-types).
 */
export const resendEventTable = {
  'email.bounced': 'bounced',
  'email.complained': 'complained',
  'email.suppressed': 'suppressed',
  'email.failed': 'failed',
} as const satisfies { readonly [Type in WebhookEventPayload['type']]?: MailProblem };

type TakenEvent = Extract<WebhookEventPayload, { type: keyof typeof resendEventTable }>;

/** Passes a verified event to the mail that its tags name. Addresses, subject and the server's text are not stored. */
export async function handleResendEvent(
  event: WebhookEventPayload,
  ctx: Pick<Context, 'table' | 'now'>,
): Promise<RecordedProblem | 'ignored' | 'not-ours'> {
  if (!isTaken(event)) return 'ignored';
  const mail = fromTags(event.data.tags);
  return mail ? recordMailProblem({ ...mail, problem: resendEventTable[event.type] }, ctx) : 'not-ours';
}

function isTaken(event: WebhookEventPayload): event is TakenEvent {
  return Object.hasOwn(resendEventTable, event.type);
}
