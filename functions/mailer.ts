import { SQSClient } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { openResend, type SendMail } from '#apps/mailer/resend-gateway.ts';
import { sendMail } from '#apps/mailer/send-mail.ts';
import { type QueuedMessage, sendToQueue } from '#kernel/outbox/enqueue.ts';
import { readInForce } from '#kernel/settings/read-settings.ts';
import { callLimits } from '#platform/call-limits.ts';
import { secret, variable } from '#platform/config.ts';
import { KeyedHash } from '#platform/ids.ts';
import { errorFields, log } from '#platform/log.ts';
import { withSettings } from '#platform/settings.ts';
import { openTable } from '#platform/table/table.ts';

const queue = {
  client: new SQSClient({ requestHandler: callLimits, cacheMiddleware: true }),
  url: variable('MAIL_QUEUE_URL'),
};
const apiKey = secret('RESEND_API_KEY_PARAMETER');
const hashKey = secret('HASH_KEY_PARAMETER');
let gateway: { key: string; send: SendMail } | undefined;

const ctx = {
  table: openTable(variable('TABLE_NAME')),
  siteUrl: variable('SITE_URL'),
  clock: () => new Date(),
  hash: async () => new KeyedHash(await hashKey()),
  send: async (...mail: Parameters<SendMail>) => {
    const key = await apiKey();
    if (gateway?.key !== key) gateway = { key, send: openResend(key) };
    return gateway.send(...mail);
  },
};

/** How long an invocation begins new mails, in milliseconds; the function's timeout is sixty seconds. */
const workingTime = 30_000;
/** The seconds after which a message that an invocation had no time for is delivered again. */
const returnAfter = 60;

/**
 * Lambda `mailer`: sends the messages of the mail queue, one after the other, at Resend's pace. Trouble of the account at Resend fails
 * no message, because no further attempt would help: the sweep requeues all that waits.
 */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  return withSettings(await readInForce(ctx), () => sendAll(event));
}

async function sendAll(event: SQSEvent): Promise<SQSBatchResponse> {
  const failed: string[] = [];
  const until = Date.now() + workingTime;
  for (const record of event.Records) {
    try {
      const queued = JSON.parse(record.body) as QueuedMessage;
      const { outboxKey } = queued;
      // A fresh message, because returning this one to the queue would count as a failed attempt.
      const later = (seconds: number) =>
        sendToQueue({ messages: [{ id: outboxKey, ...queued }], delay: seconds }, queue);
      if (Date.now() > until) {
        if ((await later(returnAfter)).length > 0) failed.push(record.messageId);
        continue;
      }
      const { kind, ...more } = await sendMail(outboxKey, ctx, queued.about);
      log(kind === 'account' || kind === 'failed-for-now' ? 'warn' : 'info', 'mail', {
        outboxKey,
        outcome: kind,
        ...more,
      });
      const wait = 'afterSeconds' in more ? more.afterSeconds : undefined;
      const isLost = wait !== undefined && (await later(wait)).length > 0;
      if (kind === 'failed-for-now' || isLost) failed.push(record.messageId);
    } catch (error) {
      log('error', 'mail-failed', { messageId: record.messageId, ...errorFields(error) });
      failed.push(record.messageId);
    }
  }
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}
