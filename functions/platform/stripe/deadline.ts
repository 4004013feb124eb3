import Stripe from 'stripe';
import { Problem } from '#platform/errors.ts';

/** Until when several calls of Stripe together have to be answered. */
export interface Deadline {
  /** Milliseconds that are left; below zero when it is over. */
  left(): number;
}

/** A deadline that begins now. */
export function deadlineIn(milliseconds: number): Deadline {
  const end = performance.now() + milliseconds;
  return { left: () => end - performance.now() };
}

type HttpClient = InstanceType<typeof Stripe.HttpClient>;
type Answer = Awaited<ReturnType<HttpClient['makeRequest']>>;

/** One for all, so that a connection to Stripe is used again. */
const shared = Stripe.createNodeHttpClient();

/**
 * An HTTP client for the SDK whose calls end in time: the SDK's own limit counts from the last byte, so an answer that trickles
 * would be waited for without end.
 *
 * @param deadline ends what is still under way then, and lets no call begin after it; without one only each call's own limit holds
 */
export function inTime(deadline?: Deadline): HttpClient {
  const client: Pick<HttpClient, 'getClientName' | 'makeRequest'> = {
    getClientName: () => shared.getClientName(),
    makeRequest: async (host, port, path, method, headers, body, protocol, timeout) => {
      const call = deadlineIn(Math.min(timeout, deadline?.left() ?? timeout));
      const answer = await before(call, () =>
        shared.makeRequest(host, port, path, method, headers, body, protocol, Math.ceil(call.left())),
      );
      return withBodyInTime(answer, call);
    },
  };
  return client as HttpClient;
}

function withBodyInTime(answer: Answer, call: Deadline): Answer {
  const readBody = answer.toJSON.bind(answer);
  answer.toJSON = () =>
    before(call, readBody).catch((error: unknown) => {
      (answer.getRawResponse() as { destroy?: () => void }).destroy?.();
      throw error;
    });
  return answer;
}

/** @throws the SDK's own error of a call that took too long */
async function before<T>(call: Deadline, work: () => Promise<T>): Promise<T> {
  if (call.left() <= 0) throw Stripe.HttpClient.makeTimeoutError();
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(Stripe.HttpClient.makeTimeoutError()), Math.ceil(call.left()));
  });
  try {
    return await Promise.race([work(), over]);
  } finally {
    clearTimeout(timer);
  }
}

/** How long all calls of Stripe of one request of the site may take together, in milliseconds: a donor waits. */
const siteTime = 8000;

/**
 * Stripe for one request of the site: the time for all its calls begins now.
 * @throws Problem `not-offered` on a stage that takes no cards
 */
export function stripeOfRequest({
  stripe,
  stripeTime = siteTime,
}: {
  readonly stripe?: ((deadline: Deadline) => Promise<Stripe>) | undefined;
  readonly stripeTime?: number | undefined;
}): () => Promise<Stripe> {
  if (!stripe) throw new Problem('not-offered', 'No cards are taken here: /give names the other ways.');
  const deadline = deadlineIn(stripeTime);
  return () => stripe(deadline);
}
