import { createMiddleware } from 'hono/factory';

/** API Gateway waits 30 seconds for a function, and then answers with a sentence of its own. Milliseconds. */
const longest = 25_000;

/**
 * Gives a request up when something that it waits for hangs, so that its answer is always one of ours.
 * @throws Error that is answered like any unexpected error
 */
export function answerInTime(most: number = longest) {
  return createMiddleware(async (_, next) => {
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`There was no answer within ${most} ms.`)), most);
    });
    try {
      await Promise.race([next(), over]);
    } finally {
      clearTimeout(timer);
    }
  });
}
