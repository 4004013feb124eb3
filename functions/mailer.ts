import { SQSClient } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { openResend, type SendMail } from './mail/resend-gateway.ts';
import { sendMail } from './mail/send-mail.ts';

import { offer } from './outbox/offer.ts';

import { callLimits } from './platform/call-limits.ts';

import { secret, variable } from './platform/config.ts';
import { errorFields, log } from './platform/log.ts';
import { openTable } from './table/table.ts';

const queue = { client: new SQSClient({ requestHandler: callLimits }), url: variable('MAIL_QUEUE_URL') };
const apiKey = secret('RESEND_API_KEY_PARAMETER');
let gateway: { key: string; send: SendMail } | undefined;

const deps = {
  table: openTable(variable('TABLE_NAME')),
  siteUrl: variable('SITE_URL'),
  clock: () => new Date(),
  send: async (...mail: Parameters<SendMail>) => {
    const key = await apiKey();
    if (gateway?.key !== key) gateway = { key, send: openResend(key) };
    return gateway.send(...mail);
  },
};

/** Lambda `mailer`: messages of the mail queue go out, one after the other, at Resend's pace. */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const failed: string[] = [];
  for (const record of event.Records) {
    try {
      const { outboxKey } = JSON.parse(record.body) as { outboxKey: string };
      const mailed = await sendMail(outboxKey, deps);
      log('info', 'mail', { outboxKey, outcome: mailed.kind });
      if (mailed.kind === 'slow-down') {
        // A fresh message, so that waiting for our turn does not count as a failed attempt.
        await offer(queue, [{ id: outboxKey, outboxKey }], mailed.afterSeconds);
      }
      if (mailed.kind === 'failed-for-now') failed.push(record.messageId);
    } catch (error) {
      log('error', 'mail-failed', { messageId: record.messageId, ...errorFields(error) });
      failed.push(record.messageId);
    }
  }
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}
