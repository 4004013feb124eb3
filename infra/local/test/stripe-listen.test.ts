import { createHash } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { SettingError } from '../settings.ts';
import { type ListenOptions, startStripeListen } from '../stripe-listen.ts';

/** What stands in for Stripe: the call that opens a listening session, and the socket its events come through. */
async function openListeningSessions(latestVersion: string) {
  const asked: URLSearchParams[] = [];
  const state = { status: 200, sockets: 0 };
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += String(chunk);
    });
    request.on('end', () => {
      asked.push(new URLSearchParams(body));
      response.statusCode = state.status;
      const { port } = server.address() as AddressInfo;
      response.end(
        JSON.stringify({
          websocket_id: 'cliws_1',
          websocket_url: `ws://127.0.0.1:${port}/subscribe`,
          websocket_authorized_feature: 'webhooks',
          default_version: '2024-06-20',
          latest_version: latestVersion,
          secret: 'whsec_listening',
          reconnect_delay: 5,
        }),
      );
    });
  });
  server.on('upgrade', (request, socket) => {
    const key = `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const accept = createHash('sha1').update(key).digest('base64');
    socket.write(
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
        `Sec-WebSocket-Accept: ${accept}\r\nSec-WebSocket-Protocol: stripecli-devproxy-v1\r\n\r\n`,
    );
    socket.on('error', () => {});
    state.sockets += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url, asked, state, close };
}

const eventTypes = ['checkout.session.completed', 'refund.updated'];

const options = (more: Partial<ListenOptions>): ListenOptions => ({
  stripeKey: 'sk_test_123456789012',
  eventTypes,
  webhookUrl: 'http://127.0.0.1:8787/stripe/webhook',
  report: () => {},
  ...more,
});

describe('stripe listen with the packaged command line', () => {
  let stripe: Awaited<ReturnType<typeof openListeningSessions>>;
  const open = async (version: string) => {
    stripe = await openListeningSessions(version);
  };
  afterEach(() => stripe.close());

  test('the secret comes from Stripe, events go to the webhook, and another version is reported in one sentence', async () => {
    await open('2027-01-01.other');
    const report = vi.fn();
    const listening = await startStripeListen(options({ apiBase: stripe.url, report }));
    try {
      expect(listening.webhookSecret).toBe('whsec_listening');
      await vi.waitFor(() => expect(stripe.state.sockets).toBe(1), 20_000);
      expect(stripe.asked.at(-1)?.get('forward_to_url')).toBe('http://127.0.0.1:8787/stripe/webhook');
      await vi.waitFor(() => expect(report).toHaveBeenCalled(), 20_000);
      expect(report.mock.calls).toEqual([
        [`Stripe sends its events in version 2027-01-01.other; the site is made for ${Stripe.API_VERSION}.`],
      ]);
    } finally {
      await listening.close();
    }
  });

  test.each([
    [401, 'Stripe does not know the key in STRIPE_SECRET_KEY'],
    [403, 'The restricted key in STRIPE_SECRET_KEY may not listen'],
    [503, 'Stripe answered 503'],
  ])('a session refused with %i ends in one sentence', async (status, sentence) => {
    await open(Stripe.API_VERSION);
    stripe.state.status = status;
    const attempt = startStripeListen(options({ apiBase: stripe.url }));
    await expect(attempt).rejects.toThrow(SettingError);
    await expect(attempt).rejects.toThrow(sentence);
  });

  test('without a network the sentence says so', async () => {
    await open(Stripe.API_VERSION);
    stripe.close();
    await expect(startStripeListen(options({ apiBase: stripe.url }))).rejects.toThrow(
      'Stripe cannot be reached; check the network, or remove STRIPE_SECRET_KEY to use the local Stripe.',
    );
  });
});

describe('stripe listen with a program that stands in for the command line', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tideover-fake-stripe-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** A program that prints the secret; any other call it logs, and then does as the test says. */
  async function fake(then: string): Promise<{ program: string; log: string }> {
    const program = join(folder, 'stripe');
    const log = join(folder, 'log');
    const lines = [
      '#!/bin/sh',
      'case "$*" in *--print-secret*) echo whsec_fake; exit 0;; esac',
      `echo "$$ $STRIPE_API_KEY $*" >> '${log}'`,
      then,
    ];
    await writeFile(program, `${lines.join('\n')}\n`);
    await chmod(program, 0o755);
    await writeFile(log, '');
    return { program, log };
  }
  const linesOf = async (log: string) => (await readFile(log, 'utf8')).split('\n').filter(Boolean);

  test('it forwards exactly the events of the site’s table, the key stays off the command line, and it ends with us', async () => {
    const { program, log } = await fake('exec sleep 600');
    const listening = await startStripeListen(options({ program }));
    const [line] = await vi.waitFor(async () => {
      const lines = await linesOf(log);
      expect(lines).toHaveLength(1);
      return lines;
    }, 10_000);
    const [pid = '', key, ...parameters] = line?.split(' ') ?? [];
    expect(key).toBe('sk_test_123456789012');
    expect(parameters).not.toContain('sk_test_123456789012');
    const events = parameters[parameters.indexOf('--events') + 1]?.split(',');
    expect(events).toEqual(eventTypes);
    expect(parameters.join(' ')).toContain('--forward-to http://127.0.0.1:8787/stripe/webhook');
    await listening.close();
    expect(() => process.kill(Number(pid), 0)).toThrow('ESRCH');
  });

  test('a program that ends by itself is reported and started again, until it is closed', async () => {
    const { program, log } = await fake('exit 1');
    const report = vi.fn();
    const listening = await startStripeListen(options({ program, report, pause: 10 }));
    await vi.waitFor(async () => expect((await linesOf(log)).length).toBeGreaterThan(2), 10_000);
    await listening.close();
    expect(report).toHaveBeenCalledWith('Stripe’s command line has ended; it is started again.');
  });

  test('a program that is not there is reported in one sentence', async () => {
    await expect(startStripeListen(options({ program: join(folder, 'none') }))).rejects.toThrow(
      "needs Stripe's command line",
    );
  });
});
