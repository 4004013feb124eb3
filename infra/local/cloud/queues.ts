import { z } from 'zod';
import { refusalOf } from '../template/access.ts';
import type { Model } from '../template/model.ts';
import { TemplateError } from '../template/template.ts';
import { md5, Queue, type ReceivedMessage } from './queue.ts';
import { jsonError, type Report, type ServiceCall } from './services.ts';

/** The queues of the template by ARN. */
export type Queues = ReadonlyMap<string, Queue>;

/** Makes the queues of the template, joined to their dead-letter queues. */
export function createQueues(model: Model, report: Report): Queues {
  const queues = new Map<string, Queue>();
  for (const resource of model.of('AWS::SQS::Queue')) {
    const { properties, id } = resource;
    const redrive = properties.RedrivePolicy;
    const arn = resource.attribute('Arn');
    const known = model.of('AWS::SQS::Queue').map((other) => other.attribute('Arn'));
    if (redrive && !known.includes(redrive.deadLetterTargetArn)) {
      throw new TemplateError(`${id}.RedrivePolicy: there is no queue ${redrive.deadLetterTargetArn}.`);
    }
    const name = resource.attribute('QueueName');
    const deadLetter = ({ body }: { body: string }) => {
      report(
        `Queue ${name}: a message was received ${redrive?.maxReceiveCount} times and is a dead letter now.`,
      );
      queues.get(redrive?.deadLetterTargetArn ?? '')?.send(body);
    };
    const settings = {
      name,
      arn,
      url: resource.ref,
      visibilityTimeout: properties.VisibilityTimeout,
      delay: properties.DelaySeconds,
      retention: properties.MessageRetentionPeriod,
      ...(redrive && {
        redrive: { deadLetterArn: redrive.deadLetterTargetArn, maxReceiveCount: redrive.maxReceiveCount },
      }),
    };
    queues.set(arn, new Queue(settings, deadLetter));
  }
  return queues;
}

const delay = z.int().min(0).max(900).optional();
const visibility = z.int().min(0).max(43_200);
const body = z.string().min(1).max(1_048_576);
const entries = <T extends z.ZodType>(entry: T) => z.array(entry).min(1).max(10);

const inputs = {
  SendMessage: z.strictObject({ QueueUrl: z.string(), MessageBody: body, DelaySeconds: delay }),
  SendMessageBatch: z.strictObject({
    QueueUrl: z.string(),
    Entries: entries(z.strictObject({ Id: z.string(), MessageBody: body, DelaySeconds: delay })),
  }),
  ReceiveMessage: z.strictObject({
    QueueUrl: z.string(),
    MaxNumberOfMessages: z.int().min(1).max(10).default(1),
    VisibilityTimeout: visibility.optional(),
    WaitTimeSeconds: z.int().min(0).max(20).optional(),
    AttributeNames: z.array(z.string()).optional(),
    MessageSystemAttributeNames: z.array(z.string()).optional(),
  }),
  DeleteMessage: z.strictObject({ QueueUrl: z.string(), ReceiptHandle: z.string() }),
  DeleteMessageBatch: z.strictObject({
    QueueUrl: z.string(),
    Entries: entries(z.strictObject({ Id: z.string(), ReceiptHandle: z.string() })),
  }),
  ChangeMessageVisibility: z.strictObject({
    QueueUrl: z.string(),
    ReceiptHandle: z.string(),
    VisibilityTimeout: visibility,
  }),
  GetQueueAttributes: z.strictObject({
    QueueUrl: z.string(),
    AttributeNames: z.array(z.string()).optional(),
  }),
  GetQueueUrl: z.strictObject({ QueueName: z.string(), QueueOwnerAWSAccountId: z.string().optional() }),
} as const;

type Operation = keyof typeof inputs;
type InputOf<T extends Operation> = z.infer<(typeof inputs)[T]>;

const operations: { [T in Operation]: (queue: Queue, input: InputOf<T>) => object | Response } = {
  SendMessage: (queue, input) => {
    const { id, md5: MD5OfMessageBody } = queue.send(input.MessageBody, input.DelaySeconds);
    return { MessageId: id, MD5OfMessageBody };
  },
  SendMessageBatch: (queue, input) => ({
    Successful: input.Entries.map((entry) => {
      const { id, md5: MD5OfMessageBody } = queue.send(entry.MessageBody, entry.DelaySeconds);
      return { Id: entry.Id, MessageId: id, MD5OfMessageBody };
    }),
    Failed: [],
  }),
  ReceiveMessage: (queue, input) => ({
    Messages: queue.receive(input.MaxNumberOfMessages, input.VisibilityTimeout).map((message) => ({
      MessageId: message.messageId,
      ReceiptHandle: message.receiptHandle,
      Body: message.body,
      MD5OfBody: md5(message.body),
      Attributes: systemAttributes(message),
    })),
  }),
  DeleteMessage: (queue, input) => {
    queue.delete(input.ReceiptHandle);
    return {};
  },
  DeleteMessageBatch: (queue, input) => {
    for (const { ReceiptHandle } of input.Entries) queue.delete(ReceiptHandle);
    return { Successful: input.Entries.map(({ Id }) => ({ Id })), Failed: [] };
  },
  ChangeMessageVisibility: (queue, input) =>
    queue.changeVisibility(input.ReceiptHandle, input.VisibilityTimeout)
      ? {}
      : jsonError('com.amazonaws.sqs#ReceiptHandleIsInvalid', 'The input receipt handle is invalid.'),
  GetQueueAttributes: (queue) => {
    const { visible, inFlight, delayed } = queue.counts();
    return {
      Attributes: {
        QueueArn: queue.settings.arn,
        ApproximateNumberOfMessages: String(visible),
        ApproximateNumberOfMessagesNotVisible: String(inFlight),
        ApproximateNumberOfMessagesDelayed: String(delayed),
        VisibilityTimeout: String(queue.settings.visibilityTimeout),
        DelaySeconds: String(queue.settings.delay),
      },
    };
  },
  GetQueueUrl: (queue) => ({ QueueUrl: queue.settings.url }),
};

// IAM has no action of its own for the batch calls: they need the single call's.
const actionOf = (operation: Operation) => `sqs:${operation.replace(/Batch$/, '')}`;

/** SQS over AWS's JSON protocol, for what the functions call. */
export function queueService(queues: Queues, report: Report): ServiceCall {
  return async (caller, operation, request) => {
    const refuse = (type: string, message: string) => {
      report(`${caller.name} was refused by SQS: ${message}`);
      return jsonError(type, message);
    };
    if (!isKnown(operation)) {
      const message = `The local cloud does not know the SQS operation ${operation}.`;
      return refuse('com.amazonaws.sqs#UnsupportedOperation', message);
    }
    const parsed = inputs[operation].safeParse(await request.json());
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const field = [operation, ...(issue?.path ?? [])].join('.');
      return refuse('com.amazonaws.sqs#InvalidParameterValue', `${field}: ${issue?.message}`);
    }
    const input = parsed.data;
    const queue = [...queues.values()].find(({ settings }) =>
      'QueueUrl' in input ? samePath(settings.url, input.QueueUrl) : settings.name === input.QueueName,
    );
    if (!queue) {
      const message = `The specified queue does not exist: ${'QueueUrl' in input ? input.QueueUrl : input.QueueName}`;
      return refuse('com.amazonaws.sqs#QueueDoesNotExist', message);
    }
    const refusal = refusalOf(caller, [{ action: actionOf(operation), resource: queue.settings.arn }]);
    if (refusal) return refuse('com.amazon.coral.service#AccessDeniedException', refusal);
    const run = operations[operation] as (queue: Queue, input: object) => object | Response;
    const answer = run(queue, input);
    if (answer instanceof Response) return answer;
    return new Response(JSON.stringify(answer), {
      headers: { 'content-type': 'application/x-amz-json-1.0' },
    });
  };
}

/** A received message's system attributes, as strings. */
export function systemAttributes(message: ReceivedMessage): Record<string, string> {
  return {
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    SentTimestamp: String(message.sentAt),
    SenderId: 'local',
  };
}

function isKnown(operation: string): operation is Operation {
  return operation in inputs;
}

function samePath(url: string, given: string): boolean {
  return URL.canParse(given) && new URL(url).pathname === new URL(given).pathname;
}
