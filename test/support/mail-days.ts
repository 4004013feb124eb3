import type { Mailed } from '#apps/mailer/mail-context.ts';
import { Pace } from '#apps/mailer/pace.ts';
import { openResend } from '#apps/mailer/resend-gateway.ts';
import { sendMail } from '#apps/mailer/send-mail.ts';
import type { OutboxChannels } from '#kernel/outbox/enqueue.ts';
import { requeue } from '#kernel/outbox/requeue.ts';
import type { Table } from '#platform/table/table.ts';
import { startLocalResend } from '../../infra/local/resend/server.ts';
import type { TroubleName } from '../../infra/local/resend/troubles.ts';
import { now } from './payments.ts';

const apiKey = 're_test_of_days';
const minute = 60_000;

interface Listed {
  readonly ID: string;
  readonly To: readonly { readonly Address: string }[];
}

/** The mailer before a local Resend, on a clock that moves only when a test says so. */
export async function openMailDays(table: Table) {
  let at = now.getTime();
  const clock = () => new Date(at);
  const resend = await startLocalResend({ port: { port: 0 }, apiKey, now: () => at });
  process.env.RESEND_BASE_URL = resend.url;
  const pace = new Pace(
    () => at,
    async (milliseconds) => {
      at += milliseconds;
    },
  );
  const ctx = { table, send: openResend(apiKey, pace), clock, siteUrl: 'https://give.example.org' };
  const requeued: string[] = [];
  const mailed: Mailed[] = [];
  const send = async (key: string) => {
    const outcome = await sendMail(key, ctx);
    mailed.push(outcome);
    return outcome;
  };
  const channels: OutboxChannels = {
    mail: async (messages) => {
      requeued.push(...messages.map(({ outboxKey }) => outboxKey));
      return [];
    },
    work: async () => [],
    exports: async () => [],
    pictures: async () => [],
  };
  const post = (path: string, body: unknown) =>
    fetch(`${resend.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  return {
    ctx,
    mailed,
    send,
    clock,
    resendUrl: resend.url,
    /** Lets time go by, with a sweep every so many minutes; the mailer takes what the sweep requeues. */
    pass: async (minutes: number, every = 20) => {
      const end = at + minutes * minute;
      while (at < end) {
        at = Math.min(end, (Math.floor(at / (every * minute)) + 1) * every * minute);
        requeued.length = 0;
        await requeue({ table, channels, now: clock() });
        for (const key of [...requeued]) await send(key);
      }
    },
    trouble: (trouble: TroubleName) => post('/__local/trouble', { trouble }),
    outage: (status: number | null, accept = false) => post('/__local/outage', { status, accept }),
    inbox: async () =>
      ((await (await fetch(`${resend.url}/api/v1/messages?limit=200`)).json()) as { messages: Listed[] })
        .messages,
    close: async () => {
      delete process.env.RESEND_BASE_URL;
      await resend.close();
    },
  };
}
