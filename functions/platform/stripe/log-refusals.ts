import type Stripe from 'stripe';
import { log } from '#platform/log.ts';

type HttpClient = InstanceType<typeof Stripe.HttpClient>;

/**
 * The same HTTP client, which leaves one log line for each call that Stripe refuses or does not answer: the one place that every
 * call passes. The line holds the path, which has ids alone, and never the query or a word of either side.
 */
export function logRefusals(client: HttpClient): HttpClient {
  const logging: Pick<HttpClient, 'getClientName' | 'makeRequest'> = {
    getClientName: () => client.getClientName(),
    makeRequest: async (...call) => {
      const [, , path, method] = call;
      const about = { call: `${method} ${path.replace(/\?.*$/s, '')}` };
      const unanswered = (error: unknown): never => {
        log('warn', 'stripe-unanswered', about);
        throw error;
      };
      const answer = await client.makeRequest(...call).catch(unanswered);
      const status = answer.getStatusCode();
      if (status >= 400) {
        const requestId = answer.getHeaders()['request-id'];
        log('warn', 'stripe-refused', { ...about, status, requestId: requestId && String(requestId) });
      }
      const readBody = answer.toJSON.bind(answer);
      answer.toJSON = () => readBody().catch(unanswered);
      return answer;
    },
  };
  return logging as HttpClient;
}
