import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';

/** A fetch-style request handler: what `app.fetch` of a Hono app is. */
export type FetchHandler = (request: Request) => Response | Promise<Response>;

/** A port to listen on. `explicit` ports were asked for by name and are never swapped for another. */
export interface PortChoice {
  /** TCP port on 127.0.0.1; 0 lets the system choose. */
  readonly port: number;
  /** The environment variable that set the port, when one did: a taken port is then an error. */
  readonly explicit?: string;
}

/** A local server that is listening. */
export interface RunningServer {
  /** For example `http://127.0.0.1:8787`, without a trailing slash. */
  readonly url: string;
  readonly port: number;
  /** Ends open connections and frees the port. */
  close(): Promise<void>;
}

/** Thrown when a port that was asked for by name is taken. The message is one sentence for the terminal. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';
}

const localHost = /^(127\.0\.0\.1|localhost)(:\d+)?$/;

/**
 * Serves a fetch-style handler on 127.0.0.1. Requests whose Host is neither 127.0.0.1 nor localhost are answered
 * 421, so that a web page elsewhere cannot reach the laptop through a name of its own (DNS rebinding).
 *
 * @param handler answers each request; its request URL carries the Host the client sent
 * @param choice the port; a taken default moves to the next free one, a taken explicit port is an error
 * @throws PortTakenError when an explicit port is taken
 */
export async function serveLocally(handler: FetchHandler, choice: PortChoice): Promise<RunningServer> {
  return listenLocally(getRequestListener(handler), choice);
}

/**
 * The same for a handler of Node's own form.
 *
 * @throws PortTakenError when an explicit port is taken
 */
export async function listenLocally(listener: RequestListener, choice: PortChoice): Promise<RunningServer> {
  const server = createServer((request, response) => {
    if (localHost.test(request.headers.host ?? '')) return listener(request, response);
    response.writeHead(421, { 'content-type': 'text/plain; charset=utf-8' });
    response.end('This local server answers to 127.0.0.1 and localhost only.\n');
  });
  await listen(server, choice);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

async function listen(server: Server, choice: PortChoice): Promise<void> {
  for (let port = choice.port; ; port += 1) {
    const error = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
      server.once('error', resolve);
      server.listen(port, '127.0.0.1', () => {
        server.off('error', resolve);
        resolve(undefined);
      });
    });
    if (!error) return;
    if (error.code !== 'EADDRINUSE') throw error;
    refuseTaken(port, choice);
  }
}

/**
 * Finds a port for a program that cannot choose one itself, and reports early that one asked for by name is taken.
 *
 * @param choice the port; a taken default moves to the next free one
 * @returns a port that was free a moment ago
 * @throws PortTakenError when an explicit port is taken
 */
export async function freePort(choice: PortChoice): Promise<number> {
  const probe = createServer();
  await listen(probe, choice);
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

function refuseTaken(port: number, { explicit }: PortChoice): void {
  if (!explicit) return;
  throw new PortTakenError(`Port ${port} is taken; choose another with ${explicit}, or stop what uses it.`);
}
