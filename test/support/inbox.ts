import { openResend } from '#apps/mailer/resend-gateway.ts';
import { sendMail } from '#apps/mailer/send-mail.ts';
import { fromOutboxItem } from '#kernel/outbox/outbox-item.ts';
import type { Table } from '#platform/table/table.ts';
import { startLocalResend } from '../../infra/local/resend/server.ts';
import { now } from './payments.ts';
import { everything } from './table.ts';

const apiKey = 're_test_of_failures';

/** A local Resend with the mailer before it. */
export async function openInbox(table: Table) {
  const resend = await startLocalResend({ port: { port: 0 }, apiKey });
  process.env.RESEND_BASE_URL = resend.url;
  const send = openResend(apiKey);
  const ctx = { table, send, clock: () => now, siteUrl: 'https://give.example.org' };
  return {
    /** Works every mail of the outbox, sent or not, as if the queue held each of them. */
    sendAll: async () => {
      const outbox = (await everything(table, 'outbox')).filter(({ object }) => !object).map(fromOutboxItem);
      const outcomes: string[] = [];
      for (const { key } of outbox) outcomes.push((await sendMail(key, ctx)).kind);
      return outcomes;
    },
    /** How many mails arrived. */
    arrived: async () => {
      const inbox = (await (await fetch(`${resend.url}/api/v1/messages`)).json()) as { messages: unknown[] };
      return inbox.messages.length;
    },
    close: async () => {
      delete process.env.RESEND_BASE_URL;
      await resend.close();
    },
  };
}
