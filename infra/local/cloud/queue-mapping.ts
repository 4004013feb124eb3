import type { EventFilter } from './event-filter.ts';
import type { InvocationResult } from './instance.ts';
import { md5, type Queue, type ReceivedMessage } from './queue.ts';
import { systemAttributes } from './queues.ts';
import { batchItemFailures } from './stream-mapping.ts';

/**
 * Hands a queue's messages to a function. What the function took is deleted; what it failed stays hidden until its
 * visibility timeout ends and is then received again, as with Lambda's own pollers. Filtered messages are deleted.
 */
export function startQueueMapping(options: {
  queue: Queue;
  batchSize: number;
  maximumConcurrency: number;
  partialFailures: boolean;
  filter: EventFilter;
  invoke: (event: object) => Promise<InvocationResult>;
  region: string;
  closed: () => boolean;
}): void {
  const { queue, closed } = options;
  let running = 0;
  let timer: NodeJS.Timeout | undefined;
  const poll = (): void => {
    clearTimeout(timer);
    while (!closed() && running < options.maximumConcurrency) {
      const messages = queue.receive(options.batchSize);
      if (messages.length === 0) break;
      running += 1;
      void handleBatch(options, messages).finally(() => {
        running -= 1;
        poll();
      });
    }
    const next = queue.nextVisible();
    if (next !== undefined && !closed() && running < options.maximumConcurrency) {
      timer = setTimeout(poll, Math.min(next + 1, 60_000)).unref();
    }
  };
  queue.listen(poll);
  poll();
}

async function handleBatch(
  options: Parameters<typeof startQueueMapping>[0],
  messages: readonly ReceivedMessage[],
): Promise<void> {
  const { queue } = options;
  const records = messages.map((message) => ({ message, record: recordOf(message, queue, options.region) }));
  const wanted = records.filter(({ record }) => options.filter({ ...record, body: parsed(record.body) }));
  for (const entry of records) if (!wanted.includes(entry)) queue.delete(entry.message.receiptHandle);
  if (wanted.length === 0) return;
  const result = await options.invoke({ Records: wanted.map(({ record }) => record) });
  if (!result.ok) return;
  const failures = options.partialFailures ? batchItemFailures(result.value) : [];
  if (!failures) return;
  const known = new Set(wanted.map(({ message }) => message.messageId));
  // An unknown identifier fails the whole batch, as Lambda documents it.
  if (failures.some((id) => !known.has(id))) return;
  for (const { message } of wanted)
    if (!failures.includes(message.messageId)) queue.delete(message.receiptHandle);
}

function recordOf(message: ReceivedMessage, queue: Queue, region: string) {
  return {
    messageId: message.messageId,
    receiptHandle: message.receiptHandle,
    body: message.body,
    attributes: systemAttributes(message),
    messageAttributes: {},
    md5OfBody: md5(message.body),
    eventSource: 'aws:sqs',
    eventSourceARN: queue.settings.arn,
    awsRegion: region,
  };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
